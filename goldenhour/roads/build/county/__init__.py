"""An invented county: its land, its roads and its people, drawn from a seed in kilometres east and north of a square."""
