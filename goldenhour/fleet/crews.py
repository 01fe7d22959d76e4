"""Crews as a unit's agency asserts them. Who is really aboard, and what that counts for, is the workforce's."""

from goldenhour.workforce.crews import LEVELS, level_at_least
from goldenhour.workforce.shifts import ALWAYS, Shift, Shifts

__all__ = ["ALWAYS", "LEVELS", "Shift", "Shifts", "level_at_least"]
