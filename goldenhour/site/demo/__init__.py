"""The demo: a county that lives by itself, on a database of its own, through the same endpoints that people use."""
