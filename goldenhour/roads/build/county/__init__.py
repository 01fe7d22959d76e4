"""An invented county, drawn from a seed: its land and its roads, in kilometres east and north of a square."""
