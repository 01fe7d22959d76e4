"""What the log says of people, as tables."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from goldenhour.log.event import Recorded
from goldenhour.log.events import KeyDestroyed
from goldenhour.log.live.projections import projects
from goldenhour.workforce.credentials import Change, What, spans_of
from goldenhour.workforce.events import (
    AffiliationBegun,
    AffiliationEnded,
    CalendarClosed,
    CalendarOpened,
    ChangeConfirmed,
    ChangeDropped,
    ChangeProposed,
    CredentialIssued,
    PersonAdded,
    PersonEdited,
    ScopeRuleDisputed,
)
from goldenhour.workforce.history import CHANGES, WHO, change_said
from goldenhour.workforce.live.models import (
    Affiliation,
    CalendarFeed,
    Credential,
    CredentialChange,
    CredentialSpan,
    Person,
    Proposal,
    RuleDispute,
)


@projects(PersonAdded)
def show_person(fact: PersonAdded, where: Recorded) -> None:
    """Put somebody into the books."""
    Person.objects.create(id=fact.person, added_at=where.at, **{name: getattr(fact, name) for name in WHO})


@projects(PersonEdited)
def show_edited(fact: PersonEdited, _where: Recorded) -> None:
    """Show what is now known of somebody."""
    Person.objects.filter(pk=fact.person).update(**{name: getattr(fact, name) for name in WHO})


@projects(AffiliationBegun)
def show_affiliation(fact: AffiliationBegun, _where: Recorded) -> None:
    """Show somebody in an agency."""
    Affiliation.objects.create(
        person_id=fact.person,
        agency=fact.agency,
        service=fact.service,
        pay=fact.pay,
        role=fact.role,
        practice=fact.practice,
        director=fact.director,
        start=date.fromisoformat(fact.start),
    )


@projects(AffiliationEnded)
def show_left(fact: AffiliationEnded, _where: Recorded) -> None:
    """Show that somebody left; one that was over on its first day never was."""
    end = date.fromisoformat(fact.end)
    own = Affiliation.objects.filter(person_id=fact.person, agency=fact.agency, end=None)
    own.filter(start__gte=end).delete()
    own.update(end=end)


@projects(CredentialIssued)
def show_credential(fact: CredentialIssued, where: Recorded) -> None:
    """Show a new credential."""
    Credential.objects.create(
        id=fact.credential,
        person_id=fact.person,
        kind=fact.kind,
        place=fact.place,
        issuer=fact.issuer,
        level=fact.level,
        name=fact.name,
        number=fact.number,
    )
    change = _add(fact, where)
    CredentialSpan.objects.bulk_create(_spans(fact.credential, [change], fact.level))


def show_change(fact: Any, where: Recorded) -> None:
    """Show what was done to a credential, and how it stands now. Only a look-up leaves it verified."""
    row = Credential.objects.get(pk=fact.credential)
    change = _add(fact, where)
    looked_up, number = change.what is What.VERIFIED, str(getattr(fact, "number", ""))
    if looked_up or number or row.verified_at is not None:
        row.number = number or row.number
        row.verified_at, row.verified_by = (where.at, where.actor) if looked_up else (None, "")
        row.save(update_fields=["number", "verified_at", "verified_by"])
    if not looked_up or row.changes.exclude(holds_until=None).exists():  # A look-up makes a correction last.
        _show_spans(row)


for _kind in CHANGES:
    if _kind is not CredentialIssued:
        projects(_kind)(show_change)


def _add(fact: Any, where: Recorded) -> Change:
    """Add to a credential's history."""
    change = change_said(fact, position=where.position, actor=where.actor, at=where.at)
    CredentialChange.objects.create(
        credential_id=fact.credential,
        position=change.position,
        what=change.what.value,
        day=change.day,
        until=change.until,
        start=change.start,
        level=change.level,
        strikes=change.strikes,
        holds_until=change.holds_until,
        words=change.words,
        actor=where.actor,
        at=where.at,
    )
    return change


def _show_spans(row: Credential) -> None:
    """Show the days of a credential anew: those that changed are put in place of what stood there."""
    history = [change_of(one) for one in row.changes.order_by("position")]
    CredentialSpan.objects.filter(credential_id=row.id).delete()
    CredentialSpan.objects.bulk_create(_spans(row.id, history, row.level))


def _spans(credential: str, history: Sequence[Change], level: str) -> list[CredentialSpan]:
    return [
        CredentialSpan(
            credential_id=credential,
            start=one.start,
            end=one.end,
            status=one.status.value,
            level=one.level,
            words=list(one.words),
        )
        for one in spans_of(history, level)
    ]


def change_of(row: CredentialChange) -> Change:
    """Return a row of a credential's history as the pure front reads it."""
    return Change(
        what=What(row.what),
        day=row.day,
        until=row.until,
        start=row.start,
        level=row.level,
        strikes=row.strikes,
        holds_until=row.holds_until,
        words=row.words,
        position=row.position,
        actor=row.actor,
        at=row.at,
    )


@projects(ChangeProposed)
def show_proposal(fact: ChangeProposed, where: Recorded) -> None:
    """Show a change that waits for a second person."""
    Proposal.objects.create(
        id=fact.proposal,
        kind=fact.kind,
        agencies=list(fact.agencies),
        digest=fact.digest,
        dropped=fact.dropped,
        of=fact.of,
        where=fact.where,
        day=fact.day,
        person=fact.person,
        credential=fact.credential,
        proposed_by=where.actor,
        proposed_at=where.at,
    )


@projects(ChangeConfirmed)
def show_confirmed(fact: ChangeConfirmed, where: Recorded) -> None:
    """Show that a second person let it through."""
    _decide(fact.proposal, "confirmed", where)


@projects(ChangeDropped)
def show_dropped(fact: ChangeDropped, where: Recorded) -> None:
    """Show that it came to nothing."""
    _decide(fact.proposal, "dropped", where)


def _decide(proposal: str, state: str, where: Recorded) -> None:
    Proposal.objects.filter(pk=proposal).update(state=state, decided_by=where.actor, decided_at=where.at)


@projects(CalendarOpened)
def show_calendar(fact: CalendarOpened, where: Recorded) -> None:
    """Let a new address answer, and the one before no longer."""
    CalendarFeed.objects.update_or_create(
        agency=fact.agency,
        defaults={"token_hash": fact.token_hash, "opened_by": where.actor, "opened_at": where.at},
    )


@projects(CalendarClosed)
def show_no_calendar(fact: CalendarClosed, _where: Recorded) -> None:
    """Let the address answer no longer."""
    CalendarFeed.objects.filter(pk=fact.agency).delete()


@projects(KeyDestroyed)
def show_forgotten(fact: KeyDestroyed, _where: Recorded) -> None:
    """Forget who somebody is, once the key to it is destroyed. What they held, and when, stays."""
    person = fact.name.removeprefix("person/")
    if person == fact.name:
        return
    Person.objects.filter(pk=person).update(**dict.fromkeys(WHO, ""))
    own = list(Credential.objects.filter(person_id=person).values_list("id", flat=True))
    Credential.objects.filter(pk__in=own).update(number="")
    sealed = CredentialChange.objects.filter(credential_id__in=own).exclude(what=What.VERIFIED.value)
    sealed.update(words="")
    for row in Credential.objects.filter(person_id=person):
        _show_spans(row)


@projects(ScopeRuleDisputed)
def show_dispute(fact: ScopeRuleDisputed, where: Recorded) -> None:
    """Lay the word that a rule is wrong before the medical directors."""
    RuleDispute.objects.create(
        position=where.position,
        rule=fact.rule,
        place=fact.place,
        words=fact.words,
        rules_hash=fact.rules_hash,
        said_by=where.actor,
        said_at=where.at,
    )
