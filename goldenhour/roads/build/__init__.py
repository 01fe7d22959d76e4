"""Region builders: one module a kind of source. Each returns a `Draft`; `region.py` checks and writes it."""
