"""Calls: what the caller said, where it is, how urgent, and the clock from the first ring."""
