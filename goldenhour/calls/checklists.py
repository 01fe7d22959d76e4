"""Checklists of crews: short lists to be ticked on the scene, which a physician approves as they do triage cards.

Dated data of an agency (protocols/checklists). Until one is approved it is for training and says so on the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from goldenhour.calls.cards import APPROVAL, SHIPPED, Approval, is_approved, name_of, refuse_half_approval
from goldenhour.dated import TIERS, Rule, read_rules
from goldenhour.errors import BadInput

_ITEM = {"key", "say"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to see to."""

    key: str
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """One list in one version."""

    rule: Rule
    title: str
    items: tuple[Item, ...]

    @property
    def id(self) -> str:
        """Return its id."""
        return self.rule.id

    @property
    def kind(self) -> str:
        """Return what it is among all that a physician stands for."""
        return "checklist"


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The lists of one day."""

    lists: tuple[Checklist, ...]  # By id.
    training: frozenset[str]  # "checklist arrest": nobody stands for these, or no longer.


def checklists_on(
    day: date, folders: Sequence[Path] = (SHIPPED,), *, live: bool = False, approvals: Sequence[Approval] = ()
) -> InForce:
    """Return the checklists in force on a day; of several of one id, the one of the nearest tier.

    Args:
        day: on the local calendar of the centre.
        folders: each with checklists/; the agency's own beside or instead of those shipped.
        live: leave out what is not approved; False keeps it, for training.
        approvals: those beside the ones that stand in the files.

    Raises:
        BadInput: a list is wrong.
    """
    found = [(one, is_approved(one, day, approvals)) for one in _read(tuple(folders)) if one.rule.in_force(day)]
    found.sort(key=lambda pair: TIERS.index(pair[0].rule.tier))
    kept = {one.id: (one, fine) for one, fine in found if fine or not live}  # The nearer one is put in last.
    return InForce(
        lists=tuple(kept[name][0] for name in sorted(kept)),
        training=frozenset(name_of(one) for one, fine in kept.values() if not fine),
    )


@cache
def _read(folders: tuple[Path, ...]) -> tuple[Checklist, ...]:
    files = sorted(file for folder in folders for file in (folder / "checklists").glob("*.yaml"))
    rules, _ = read_rules(files, section="checklists", fields={"title", "items"} | APPROVAL)
    return tuple(map(_checklist, rules))


def _checklist(rule: Rule) -> Checklist:
    refuse_half_approval(rule)
    lines = rule.says.get("items") or []
    good = isinstance(lines, list) and all(isinstance(one, dict) and set(one) == _ITEM for one in lines)
    keys = [one["key"] for one in lines] if good else []
    if not keys or len(set(keys)) < len(keys) or not rule.says.get("title"):
        raise BadInput(
            code="checklist",
            what="needs a title, and items with a key of their own and what they say.",
            do="See its siblings.",
            where=rule.where,
        )
    return Checklist(
        rule=rule,
        title=str(rule.says["title"]),
        items=tuple(Item(key=str(one["key"]), say=str(one["say"])) for one in lines),
    )
