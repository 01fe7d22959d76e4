"""Hospitals and equivalent facilities: what they can do, whether they divert, where a patient should go."""
