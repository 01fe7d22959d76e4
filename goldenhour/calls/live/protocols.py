"""The cards and scripts of this deployment: those shipped, the agency's own beside them, and who stands for which."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from goldenhour.calls.cards import SHIPPED, Approval, Protocol, Worded, load_protocol, words_of
from goldenhour.calls.checklists import InForce, checklists_on
from goldenhour.calls.events import CardApprovalWithdrawn, CardApproved
from goldenhour.calls.live.by import By
from goldenhour.calls.live.models import CardApproval
from goldenhour.errors import BadInput, NotFound
from goldenhour.log.live.store import writing
from goldenhour.roads.live import region

OWN = "protocols"  # The folder of the agency's own cards and scripts in its region.
KINDS = ("card", "script", "checklist")


def folders() -> tuple[Path, ...]:
    """Return where cards and scripts are read from, the agency's own last."""
    own = region.get_region().folder / OWN if region.is_known() else None
    return (SHIPPED, own) if own is not None and own.is_dir() else (SHIPPED,)


def is_training() -> bool:
    """Return whether cards that nobody approved may be asked: only where no real caller is."""
    return bool(settings.GOLDENHOUR_DEMO)


def local_day(at: datetime) -> date:
    """Return the day of a moment by the place's own calendar."""
    return at.astimezone(region.time_zone()).date()


def approvals() -> tuple[Approval, ...]:
    """Return every approval that was given and not withdrawn."""
    return tuple(
        Approval(
            kind=one.kind,
            id=one.card,
            version=one.version,
            words=one.words,
            by=one.by,
            start=one.start,
            until=one.until,
        )
        for one in CardApproval.objects.order_by("kind", "card", "version")
    )


def protocol_on(day: date) -> Protocol:
    """Return the cards and scripts that may be asked on a day.

    Raises:
        BadInput: a card is wrong, or in a real service too few are approved; the words say which.
    """
    return _loaded(day, folders(), approvals(), live=not is_training())


def every_card_on(day: date) -> Protocol:
    """Return the cards and scripts in force on a day, whoever stands for them.

    Raises:
        BadInput: a card is wrong.
    """
    return _loaded(day, folders(), approvals(), live=False)


@lru_cache(maxsize=64)
def _loaded(day: date, where: tuple[Path, ...], given: tuple[Approval, ...], *, live: bool) -> Protocol:
    return load_protocol(day, where, live=live, approvals=given)


def crews_lists_on(day: date, *, every: bool = False) -> InForce:
    """Return the checklists that crews see on a day; `every`: whoever stands for them.

    Raises:
        BadInput: a list is wrong.
    """
    return checklists_on(day, folders(), live=not (every or is_training()), approvals=approvals())


def _named(day: date, name: str) -> tuple[str, Worded]:
    """Return the kind and the card, script or checklist of a name such as "card arrest"."""
    kind, _, one = name.partition(" ")
    protocol = every_card_on(day)
    known: dict[str, dict[str, Worded]] = {
        "card": dict(protocol.cards),
        "script": dict(protocol.scripts),
        "checklist": {each.id: each for each in crews_lists_on(day, every=True).lists},
    }
    found = known.get(kind, {}).get(one)
    if found is None:
        do = 'Name it like "card arrest", "script naloxone", "checklist airway".'
        raise NotFound(code="no_card", what=f"There is no {name!r}.", do=do)
    return kind, found


def cards_approve(*, names: Sequence[tuple[str, str]], until: date, by: By) -> None:
    """Let a medical director stand for cards, scripts and checklists as they are worded now.

    Args:
        names: of each, such as "card arrest", with the hash of the words that were read.
        until: the first day on which nobody stands for them any more.
        by: the medical director.

    Raises:
        NotFound: there is no such card or script.
        BadInput: the words are others than those that were read, or the end is no later day.
    """
    today = local_day(by.at)
    if until <= today:
        raise BadInput(code="until", what=f"{until} is not after today.", do="Give a later day.", where="until")
    found = [(*_named(today, name), words) for name, words in names]
    for kind, one, words in found:
        if words_of(one) != words:
            what = f"{kind} {one.id} is worded otherwise than what was read."
            raise BadInput(code="words_changed", what=what, do="Read it anew, then approve it.", where="words")
    with writing("cards", at=by.at, actor=by.actor, device=by.device, id=by.id) as record:
        if record.earlier:
            return
        for kind, one, words in found:
            record(
                CardApproved(
                    kind=kind,
                    card=one.id,
                    version=one.rule.version,
                    words=words,
                    by=by.actor,
                    start=today.isoformat(),
                    until=until.isoformat(),
                )
            )


def cards_withdraw(*, names: Sequence[str], reason: str, by: By) -> None:
    """Let nobody stand for these any more.

    Raises:
        NotFound: nobody does.
    """
    with writing("cards", at=by.at, actor=by.actor, device=by.device, id=by.id) as record:
        if record.earlier:
            return
        for name in names:
            kind, _, card = name.partition(" ")
            standing = list(CardApproval.objects.filter(kind=kind, card=card))
            if not standing:
                what = f"Nobody has approved {name!r} here."
                raise NotFound(code="not_approved", what=what, do="An approval in the card's own file ends there.")
            for one in standing:
                record(CardApprovalWithdrawn(kind=kind, card=card, version=one.version, reason=reason))
