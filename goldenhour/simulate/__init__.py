"""Simulate: a clock that runs fast, calls to come, and the very same decisions."""
