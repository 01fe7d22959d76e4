"""Dispatch policies: who may be sent where, as data for the one decision.

closest                   whoever is free and arrives soonest
closest-with-redispatch   and units on the way to something less urgent may be taken off it
district-first            and a unit of the call's own district goes, unless it would be late and another less so
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldenhour.calls.natures import PRIORITIES
from goldenhour.errors import BadInput

USUAL_REDISPATCH = ((2, 1), (3, 1), (4, 1), (3, 2), (4, 2))  # To the more urgent; none leaves a 3 for a 4.
DISTRICT_FIRST = "district-first"
NAMES = ("closest", "closest-with-redispatch", DISTRICT_FIRST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the decision may do. All that the kernel sees of it is a table, a flag per unit and a margin."""

    name: str
    redispatch: frozenset[tuple[int, int]] = frozenset()  # (from, to): off a call of `from` to one of `to`.
    own_district_first: bool = False
    district_margin_s: float = 0.0  # How late beyond its target a unit of the own district may be and still go first.

    def __post_init__(self) -> None:
        wrong = [pair for pair in self.redispatch if not set(pair) <= set(PRIORITIES)]
        if wrong:
            msg = f"{self.name}: priorities are 1 to 4, got {wrong[0]}."
            raise ValueError(msg)
        if any((to, start) in self._reach() for start, to in self.redispatch):
            msg = f"{self.name}: redispatch goes in a circle, so two calls could take a unit from each other for ever."
            raise ValueError(msg)
        if not self.district_margin_s >= 0:
            msg = f"{self.name}: district_margin_s must be 0 or more, got {self.district_margin_s}."
            raise ValueError(msg)

    def _reach(self) -> set[tuple[int, int]]:
        """Return every (from, to) that some chain of redispatches leads to."""
        reach = set(self.redispatch)
        while True:
            more = {(a, d) for a, b in reach for c, d in reach if b == c} | {(a, a) for a, b in reach if a == b}
            if more <= reach:
                return reach
            reach |= more

    def table(self) -> NDArray[np.bool_]:
        """Return `redispatch` as the kernel reads it: shape (5, 5), [from, to], priorities 1 to 4."""
        table = np.zeros((5, 5), np.bool_)
        for start, to in self.redispatch:
            table[start, to] = True
        return table


def policy_named(
    name: str, *, redispatch: Iterable[tuple[int, int]] | None = None, district_margin_s: float = 0.0
) -> Policy:
    """Return a policy by name.

    Args:
        name: one of NAMES.
        redispatch: the region's own pairs, from the less to the more urgent; None takes the usual ones. `closest`
            takes none.
        district_margin_s: for `district-first`.

    Raises:
        BadInput: there is no such policy, or the pairs go in a circle.
    """
    if name not in NAMES:
        raise BadInput(
            code="unknown_policy",
            what=f'there is no policy "{name}".',
            do=f"Pick one of {', '.join(NAMES)}.",
            where="policy",
        )
    pairs = USUAL_REDISPATCH if redispatch is None else tuple((int(start), int(to)) for start, to in redispatch)
    try:
        return Policy(
            name=name,
            redispatch=frozenset() if name == "closest" else frozenset(pairs),
            own_district_first=name == DISTRICT_FIRST,
            district_margin_s=district_margin_s if name == DISTRICT_FIRST else 0.0,
        )
    except ValueError as wrong:
        raise BadInput(code="policy", what=str(wrong), do="Correct the pairs.", where="redispatch") from None
