"""Dispatch: who should go, why, who was passed over, and what is missing."""
