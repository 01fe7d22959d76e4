"""The log: each fact once, in order, for ever. Everything else can be rebuilt from it."""
