"""The region that this deployment serves."""
