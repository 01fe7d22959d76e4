"""What the log says of people, as tables."""

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
from goldenhour.workforce.live.models import (
    Affiliation,
    CalendarFeed,
    Credential,
    CredentialChange,
    CredentialSpan,
    Person,
    Proposal,
)

WHO = ("given_name", "family_name", "born", "email", "phone", "languages", "immunisations")


def day_or_none(text: str) -> date | None:
    """Return a day of an event; "" is none."""
    return date.fromisoformat(text) if text else None


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
    _add(fact.credential, where, What.ISSUED, fact.start, fact.until)


@projects(CredentialRenewed)
def show_renewed(fact: CredentialRenewed, where: Recorded) -> None:
    """Show its further term."""
    if fact.number:
        Credential.objects.filter(pk=fact.credential).update(number=fact.number)
    _add(fact.credential, where, What.RENEWED, fact.start, fact.until)


@projects(CredentialLapsed)
def show_lapsed(fact: CredentialLapsed, where: Recorded) -> None:
    """Show that it ended early."""
    _add(fact.credential, where, What.LAPSED, fact.day, words=fact.reason)


@projects(CredentialSuspended)
def show_suspended(fact: CredentialSuspended, where: Recorded) -> None:
    """Show that it is taken away for a time."""
    _add(fact.credential, where, What.SUSPENDED, fact.day, fact.until, words=fact.reason)


@projects(CredentialRestricted)
def show_restricted(fact: CredentialRestricted, where: Recorded) -> None:
    """Show its limit."""
    _add(fact.credential, where, What.RESTRICTED, fact.day, fact.until, words=fact.reason)


@projects(CredentialReinstated)
def show_reinstated(fact: CredentialReinstated, where: Recorded) -> None:
    """Show that what lay on it is lifted."""
    _add(fact.credential, where, What.REINSTATED, fact.day, words=fact.reason)


@projects(CredentialRevoked)
def show_revoked(fact: CredentialRevoked, where: Recorded) -> None:
    """Show that it is taken away."""
    _add(fact.credential, where, What.REVOKED, fact.day, words=fact.reason)


@projects(CredentialSurrendered)
def show_surrendered(fact: CredentialSurrendered, where: Recorded) -> None:
    """Show that it was given back."""
    _add(fact.credential, where, What.SURRENDERED, fact.day, words=fact.reason)


@projects(CredentialCorrected)
def show_corrected(fact: CredentialCorrected, where: Recorded) -> None:
    """Show it as it should have been entered."""
    _add(
        fact.credential,
        where,
        What.CORRECTED,
        fact.day,
        fact.until,
        words=fact.reason,
        start=day_or_none(fact.start),
        level=fact.level,
        strikes=fact.strikes,
        holds_until=day_or_none(fact.holds_until),
    )


@projects(CredentialVerified)
def show_verified(fact: CredentialVerified, where: Recorded) -> None:
    """Show who looked it up, and when."""
    _add(fact.credential, where, What.VERIFIED, fact.day, words=fact.how)


def _add(credential: str, where: Recorded, what: What, day: str, until: str = "", **more: Any) -> None:  # noqa: PLR0917
    """Add to a credential's history, and show how it stands now. Only a look-up leaves it verified."""
    looked_up = what is What.VERIFIED
    CredentialChange.objects.create(
        credential_id=credential,
        position=where.position,
        what=what.value,
        day=date.fromisoformat(day),
        until=day_or_none(until),
        actor=where.actor,
        at=where.at,
        **more,
    )
    Credential.objects.filter(pk=credential).update(
        verified_at=where.at if looked_up else None, verified_by=where.actor if looked_up else ""
    )
    _show_spans(credential)


def _show_spans(credential: str) -> None:
    rows = CredentialChange.objects.filter(credential_id=credential).order_by("position")
    level = Credential.objects.values_list("level", flat=True).get(pk=credential)
    CredentialSpan.objects.filter(credential_id=credential).delete()
    CredentialSpan.objects.bulk_create(
        CredentialSpan(
            credential_id=credential,
            start=one.start,
            end=one.end,
            status=one.status.value,
            level=one.level,
            words=list(one.words),
        )
        for one in spans_of([change_of(row) for row in rows], level)
    )


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
    for credential in own:
        _show_spans(credential)
