"""Move-up: which free unit could wait where instead, with the cover that wins and costs. It proposes; people order.

A point is covered when a free unit drives there within the dated target. A unit that is driving to its post counts from
there: it is nearly there, and else its post would be filled twice.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from goldenhour.dated import TIERS, Rule, read_rules
from goldenhour.dispatch.cover_kernels import moves
from goldenhour.errors import BadInput

SHIPPED = Path(__file__).with_name("move_up.yaml")
OWN = "move_up.yaml"  # In a region's folder: what holds there.
MOST = 5  # Proposals; a longer list is no proposal.
WHOLE = 1_000_000_000_000  # The demand of a region, in whole parts, so that sums are exact and ties are ties.
_NUMBERS = ("drive_s", "least_share", "longest_drive_s", "quiet_s")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRule:
    """What counts as covered, and what is worth proposing."""

    rule: Rule
    drive_s: float  # A point within this drive of a free unit is covered.
    least_share: float  # Of the demand, wins less costs: from there on a move is proposed.
    longest_drive_s: float  # To the post: a longer one is not proposed.
    quiet_s: float  # So long a declined move is not proposed again.


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One free unit to one post."""

    unit: str
    post: str
    wins: float  # Share of the expected demand that is covered by it and was not.
    costs: float  # Share that is no longer.
    drive_s: float
    before: float  # Share covered as the units stand.

    @property
    def after(self) -> float:
        """Return the share covered once the unit is there."""
        return self.before + self.wins - self.costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Who could move where, the best first."""

    covered: float  # Share of the expected demand that some free unit reaches in time.
    moves: tuple[Move, ...]


def propose(
    units: Sequence[str],
    posts: Sequence[str],
    *,
    near: NDArray[np.bool_],
    reach: NDArray[np.bool_],
    demand: NDArray[np.int64],
    drive_us: NDArray[np.int64],
    rule: CoverRule,
    not_again: Collection[tuple[str, str]] = (),
) -> Proposal:
    """Return the moves that are worth it.

    Ranked by what they win less what they cost, then by the shorter drive, then by the order of units and posts. Each
    unit and each post is named once: its best.

    Args:
        units: the free ones, in a lasting order.
        posts: in a lasting order.
        near: (units, points) covered from where each stands, or is going.
        reach: (posts, points) covered from each post.
        demand: (points,) in parts of WHOLE, see `parts_of`.
        drive_us: (units, posts) microseconds to drive there without lights.
        rule: what counts.
        not_again: (unit, post) that were declined just now.
    """
    if not len(units) or not len(posts):
        return Proposal(covered=0.0, moves=())
    wins, costs = np.empty((2, len(units), len(posts)), np.int64)
    covered = int(moves(near, reach, demand, wins, costs))
    net = wins - costs
    could = (net >= round(rule.least_share * WHOLE)) & (net > 0) & (drive_us <= rule.longest_drive_s * 1e6)
    u, p = np.nonzero(could)
    order = np.lexsort((p, u, drive_us[u, p], -net[u, p]))
    found: list[Move] = []
    taken: set[str] = set()
    for at in order.tolist():
        unit, post = units[u[at]], posts[p[at]]
        if (unit, post) in not_again or unit in taken or f"post/{post}" in taken:
            continue
        taken |= {unit, f"post/{post}"}
        here = (u[at], p[at])
        found.append(
            Move(
                unit=unit,
                post=post,
                wins=int(wins[here]) / WHOLE,
                costs=int(costs[here]) / WHOLE,
                drive_s=int(drive_us[here]) / 1e6,
                before=covered / WHOLE,
            )
        )
        if len(found) == MOST:
            break
    return Proposal(covered=covered / WHOLE, moves=tuple(found))


def parts_of(weight: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return expected demand as whole parts of WHOLE, (points,).

    >>> parts_of(np.array([3.0, 1.0])).tolist()
    [750000000000, 250000000000]
    """
    parts: NDArray[np.int64] = np.rint(weight / weight.sum() * WHOLE).astype(np.int64)
    return parts


@cache
def load_cover(paths: Sequence[Path] = (SHIPPED,)) -> tuple[CoverRule, ...]:
    """Return the rules of these files.

    Args:
        paths: a tuple, so that each set of files is read once.

    Raises:
        BadInput: a line is wrong; it says where.
    """
    rules, _ = read_rules(paths, section="move_up", fields=set(_NUMBERS))
    return tuple(_cover(rule) for rule in rules)


def _cover(rule: Rule) -> CoverRule:
    said = {name: rule.says.get(name) for name in _NUMBERS}
    if any(not isinstance(one, int | float) or isinstance(one, bool) or one < 0 for one in said.values()):
        raise BadInput(
            code="cover_line",
            what=f"needs {', '.join(_NUMBERS)}, each 0 or more.",
            do="See goldenhour/dispatch/move_up.yaml.",
            where=rule.where,
        )
    return CoverRule(rule=rule, **{name: float(one or 0) for name, one in said.items()})


def cover_on(rules: Sequence[CoverRule], day: date) -> CoverRule | None:
    """Return the rule that holds on a day, the nearest tier's; None where none does."""
    held = [one for one in rules if one.rule.in_force(day)]
    return max(held, key=lambda one: TIERS.index(one.rule.tier), default=None)
