"""From facts to people: what an event does to somebody's credentials, and what a change would take from a place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from goldenhour.log.event import Event
from goldenhour.workforce.credentials import (
    Affiliation,
    Change,
    Credential,
    Immunisation,
    Kind,
    Person,
    Service,
    Status,
    What,
    rank,
)
from goldenhour.workforce.events import (
    AffiliationBegun,
    AffiliationEnded,
    CredentialCorrected,
    CredentialIssued,
    CredentialLapsed,
    CredentialReinstated,
    CredentialRenewed,
    CredentialRestricted,
    CredentialRevoked,
    CredentialSurrendered,
    CredentialSuspended,
    CredentialVerified,
    PersonAdded,
    PersonEdited,
)

WHO = ("given_name", "family_name", "born", "email", "phone", "languages", "immunisations")
CHANGES: Mapping[type[Event], What] = {
    CredentialIssued: What.ISSUED,
    CredentialRenewed: What.RENEWED,
    CredentialLapsed: What.LAPSED,
    CredentialSuspended: What.SUSPENDED,
    CredentialRestricted: What.RESTRICTED,
    CredentialReinstated: What.REINSTATED,
    CredentialRevoked: What.REVOKED,
    CredentialSurrendered: What.SURRENDERED,
    CredentialCorrected: What.CORRECTED,
    CredentialVerified: What.VERIFIED,
}
MOST_DROPPED = 0.05  # Of a place's live-licensed people: a change that takes more waits for a second person.
LOOK_AHEAD = timedelta(days=90)  # What would be lost later is warned of in its own time.


def day_or_none(text: str) -> date | None:
    """Return a day of an event; "" is none."""
    return date.fromisoformat(text) if text else None


def text_of(day: date | None) -> str:
    """Return a day as an event says it; none is ""."""
    return day.isoformat() if day else ""


def immunisations_of(text: str) -> tuple[Immunisation, ...]:
    """Return the immunisations of "hepatitis_b 2021;tetanus 2019"."""
    pairs = (one.rsplit(" ", 1) for one in text.split(";") if one)
    return tuple(Immunisation(name=name, year=int(year)) for name, year in pairs)


def immunisations_text(found: Iterable[Immunisation]) -> str:
    """Return immunisations as an event says them."""
    return ";".join(f"{one.name} {one.year}" for one in found)


def change_said(fact: Any, *, position: int = 0, actor: str = "", at: datetime | None = None) -> Change:
    """Return what an event of a credential does to it."""
    what = CHANGES[type(fact)]
    starts = what in {What.ISSUED, What.RENEWED}
    return Change(
        what=what,
        day=date.fromisoformat(fact.start if starts else fact.day),
        until=day_or_none(getattr(fact, "until", "")),
        start=None if starts else day_or_none(getattr(fact, "start", "")),
        level=fact.level if what is What.CORRECTED else "",
        strikes=getattr(fact, "strikes", 0),
        holds_until=day_or_none(getattr(fact, "holds_until", "")),
        words=fact.how if what is What.VERIFIED else getattr(fact, "reason", ""),
        position=position,
        actor=actor,
        at=at,
    )


def person_after(person: Person | None, facts: Sequence[Event]) -> Person:
    """Return somebody as they will be after these facts; None is nobody yet.

    Facts that are not recorded yet have no position; they follow all that are.
    """
    for count, fact in enumerate(facts, start=1):
        if isinstance(fact, PersonAdded | PersonEdited):
            who: dict[str, Any] = {name: getattr(fact, name) for name in WHO}
            who["born"] = day_or_none(fact.born)
            who["languages"] = tuple(one for one in fact.languages.split(";") if one)
            who["immunisations"] = immunisations_of(fact.immunisations)
            person = replace(person or Person(id=fact.person), **who)
        elif person is None:
            msg = "The first fact of somebody is that they were added."
            raise ValueError(msg)
        elif isinstance(fact, AffiliationBegun | AffiliationEnded):
            person = replace(person, affiliations=_affiliations(person.affiliations, fact))
        elif isinstance(fact, CredentialIssued):
            new = Credential(
                id=fact.credential,
                kind=Kind(fact.kind),
                place=fact.place,
                issuer=fact.issuer,
                level=fact.level,
                name=fact.name,
                number=fact.number,
                history=(change_said(fact, position=_after_all(person) + count),),
            )
            person = replace(person, credentials=(*person.credentials, new))
        elif type(fact) in CHANGES:
            person = replace(person, credentials=_changed(person, fact, _after_all(person) + count))
    assert person is not None
    return person


def facts_of(person: Person) -> list[Event]:
    """Return the facts that put somebody into the books as they are: who, what they hold and held, where they serve."""
    who = {name: getattr(person, name) for name in ("given_name", "family_name", "email", "phone")}
    found: list[Event] = [
        PersonAdded(
            person=person.id,
            born=text_of(person.born),
            languages=";".join(person.languages),
            immunisations=immunisations_text(person.immunisations),
            **who,
        )
    ]
    for one in person.credentials:
        found += [_fact_of(person.id, one, change) for change in one.history]
    for own in person.affiliations:
        found.append(
            AffiliationBegun(
                person=person.id,
                agency=own.agency,
                service=own.service.value,
                pay=own.pay,
                role=own.role,
                practice=own.practice,
                director=own.director,
                start=text_of(own.start),
            )
        )
        if own.end is not None:
            found.append(AffiliationEnded(person=person.id, agency=own.agency, end=text_of(own.end), reason=""))
    return found


_BY_WHAT = {what: kind for kind, what in CHANGES.items()}


def _fact_of(person: str, one: Credential, change: Change) -> Event:
    kind: Any = _BY_WHAT[change.what]
    own: dict[str, Any] = {"person": person, "credential": one.id}
    if change.what is What.ISSUED:
        own |= {"kind": one.kind.value, "place": one.place, "issuer": one.issuer, "level": one.level}
        own |= {"name": one.name, "number": one.number}
    if change.what in {What.ISSUED, What.RENEWED}:
        return kind(**own, start=text_of(change.day), until=text_of(change.until))  # type: ignore[no-any-return]
    own["day"] = text_of(change.day)
    if change.what is What.VERIFIED:
        return kind(**own, how=change.words)  # type: ignore[no-any-return]
    if change.what is What.CORRECTED:
        own |= {"start": text_of(change.start), "level": change.level, "strikes": change.strikes}
        own |= {"holds_until": text_of(change.holds_until), "proposal": ""}
    if change.what in {What.CORRECTED, What.SUSPENDED, What.RESTRICTED}:
        own["until"] = text_of(change.until)
    return kind(**own, reason=change.words)  # type: ignore[no-any-return]


def _after_all(person: Person) -> int:
    return max((one.position for credential in person.credentials for one in credential.history), default=0)


def _changed(person: Person, fact: Any, position: int) -> tuple[Credential, ...]:
    change = change_said(fact, position=position)
    number = getattr(fact, "number", "")
    return tuple(
        replace(one, history=(*one.history, change), number=number or one.number) if one.id == fact.credential else one
        for one in person.credentials
    )


def _affiliations(own: tuple[Affiliation, ...], fact: AffiliationBegun | AffiliationEnded) -> tuple[Affiliation, ...]:
    if isinstance(fact, AffiliationEnded):
        end = date.fromisoformat(fact.end)
        ending = [one for one in own if one.agency == fact.agency and one.end is None]
        kept = [replace(one, end=end) if one in ending else one for one in own]
        return tuple(one for one in kept if one.end is None or one.start < one.end)
    new = Affiliation(
        agency=fact.agency,
        service=Service(fact.service),
        start=date.fromisoformat(fact.start),
        pay=fact.pay,
        role=fact.role,
        practice=fact.practice,
        director=fact.director,
    )
    return (*own, new)


# ---------------------------------------------------------------- what a change would take


@dataclass(frozen=True, slots=True)
class Drop:
    """How many of a place's people would lose their live licence on the worst day."""

    where: str  # An agency, or "state KS".
    day: date
    dropped: int
    of: int  # Who has one on the day of the change.

    @property
    def share(self) -> float:
        """Return how much of the place that is, 0 to 1."""
        return self.dropped / self.of


def worst_drop(before: Sequence[Person], after: Sequence[Person], today: date) -> Drop | None:
    """Return the place that a change would cost the largest share of its live-licensed people; None: it costs nobody.

    Looked at are today and every day of the next 90 on which anything changes. Somebody counts as lost on a day on
    which they would have held a licence without the change, and would not with it.

    Args:
        before: everybody of the places concerned, as they are.
        after: those among them who change, as they would be.
        today: the day of the change.
    """
    changing = {one.id: one for one in after}
    days = {today} | {
        day
        for person in after
        for credential in person.credentials
        for span in credential.spans
        if today < (day := span.start) <= today + LOOK_AHEAD
    }
    now = _live(before, today)
    touched = [one for one in before if one.id in changing]
    worst: Drop | None = None
    for day in sorted(days):
        had, has = _live(touched, day), _live([changing[one.id] for one in touched], day)
        for where, people in sorted(had.items()):
            lost = len(people - has.get(where, set()))
            if lost and (found := Drop(where, day, lost, max(len(now.get(where, ())), lost))):
                worst = found if worst is None or found.share > worst.share else worst
    return worst


def _live(people: Iterable[Person], day: date) -> dict[str, set[str]]:
    """Return, for each agency and licensing state, who has a live licence that day."""
    found: dict[str, set[str]] = {}
    for person in people:
        held = [one for one in person.credentials if one.kind is Kind.LICENCE and one.on(day).status.holds]
        for one in held:
            found.setdefault(f"state {one.place}", set()).add(person.id)
        for affiliation in person.affiliations if held else ():
            if affiliation.on(day):
                found.setdefault(affiliation.agency, set()).add(person.id)
    return found


def widens(before: Credential, after: Credential, today: date) -> bool:
    """Return whether a change gives somebody more than they had, on any day from today on."""
    days = {today} | {span.start for one in (before, after) for span in one.spans if span.start > today}
    return any(_more(before, after, day) for day in days)


def _more(before: Credential, after: Credential, day: date) -> bool:
    had, has = before.on(day), after.on(day)
    if not has.status.holds:
        return False
    if not had.status.holds or rank(has.level) > rank(had.level):
        return True
    return had.status is Status.RESTRICTED and has.status is Status.LIVE
