"""Which calls are listened to again: every arrest, and a share of the others, drawn by the call itself. Pure."""

import hashlib
from datetime import date
from functools import cache
from pathlib import Path

from goldenhour.dated import read_rules
from goldenhour.errors import BadInput

SHIPPED = Path(__file__).with_name("review.yaml")


def draw(call: str) -> float:
    """Return a number in [0, 1) that only the call decides: the same in every replay, and nobody can choose it.

    Args:
        call: the id of the event that made the call, random as given out.
    """
    return int.from_bytes(hashlib.sha256(f"review {call}".encode()).digest()[:8]) / 2**64


@cache
def _shares(file: Path) -> tuple[tuple[date, date | None, float], ...]:
    rules, _ = read_rules([file], section="shares", fields={"share"})
    for rule in rules:
        share = rule.says.get("share")
        if not isinstance(share, int | float) or not 0 <= share <= 1:
            raise BadInput(code="share", what="the share is no number from 0 to 1.", do="Correct it.", where=rule.where)
    return tuple((rule.start, rule.end, float(rule.says["share"])) for rule in rules)


def share_on(day: date, file: Path = SHIPPED) -> float:
    """Return the share of other calls that is reviewed, of those received that day; 0 before the first known one."""
    return next((share for start, end, share in _shares(file) if start <= day and (end is None or day < end)), 0.0)


def is_drawn(call: str, day: date, file: Path = SHIPPED) -> bool:
    """Return whether a call that was received that day is on the list by chance."""
    return draw(call) < share_on(day, file)
