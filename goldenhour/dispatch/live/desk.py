"""The desk asks the one decision: who should go to this call, now."""
