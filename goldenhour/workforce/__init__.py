"""Workforce: who the people are, what they may do here today and why, how they train, and who is aboard."""
