"""Reading people and credentials. Every question takes the agencies it may see: None is all, a set is only theirs.

An officer of an agency sees the people who serve in it or will, and of these what they hold and their part in that
agency; who has left is no longer theirs to see. All of that is decided in `_visible` and `_own_part`.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from goldenhour.errors import NotFound
from goldenhour.workforce import credentials as pure
from goldenhour.workforce.credentials import Expiry, SeatNeed, Status
from goldenhour.workforce.history import day_or_none, immunisations_of
from goldenhour.workforce.live import models
from goldenhour.workforce.live.projections import change_of

Agencies = frozenset[str] | None
ProposalRow = models.Proposal
_HOLDS = (Status.LIVE.value, Status.RESTRICTED.value)


def _today(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _visible(agencies: Agencies, at: datetime) -> QuerySet[models.Person]:
    """Return the people who may be seen: all, or those who serve in one of the agencies now or will."""
    people = models.Person.objects.order_by("id")
    if agencies is None:
        return people
    own = models.Affiliation.objects.filter(agency__in=agencies).filter(Q(end=None) | Q(end__gt=_today(at)))
    return people.filter(pk__in=own.values("person_id"))


def _own_part(rows: Iterable[models.Affiliation], agencies: Agencies) -> tuple[pure.Affiliation, ...]:
    return tuple(
        pure.Affiliation(
            agency=row.agency,
            service=pure.Service(row.service),
            start=row.start,
            end=row.end,
            pay=row.pay,
            role=row.role,
            practice=row.practice,
            director=row.director,
        )
        for row in rows
        if agencies is None or row.agency in agencies
    )


def list_people(
    *, agencies: Agencies, at: datetime, ids: Collection[str] | None = None, agency: str = ""
) -> list[pure.Person]:
    """Return people by id, with all they hold.

    Args:
        agencies: whose people may be seen; None for all.
        at: now.
        ids: only these.
        agency: only those who serve there now or will.
    """
    found = _visible(agencies, at)
    if ids is not None:
        found = found.filter(pk__in=ids)
    if agency:
        found = found.filter(pk__in=_visible(frozenset({agency}), at).values("id"))
    changes = Prefetch("credentials__changes", models.CredentialChange.objects.order_by("position"))
    held = Prefetch("credentials", models.Credential.objects.order_by("id"))
    own = Prefetch("affiliations", models.Affiliation.objects.order_by("start", "agency", "id"))
    return [_person(row, agencies) for row in found.prefetch_related(held, changes, own)]


def get_person(person: str, *, agencies: Agencies, at: datetime) -> pure.Person:
    """Return somebody with all they hold.

    Raises:
        NotFound: there is nobody of that id, or not for these agencies to see.
    """
    found = list_people(agencies=agencies, at=at, ids={person}) if person.isprintable() else []
    if not found:
        raise NotFound(code="no_person", what="There is nobody of that id here.", do="Pick somebody from the list.")
    return found[0]


def find_credential(person: pure.Person, credential: str) -> pure.Credential:
    """Return a credential of somebody.

    Raises:
        NotFound: they have none of that id.
    """
    found = next((one for one in person.credentials if one.id == credential), None)
    if found is None:
        raise NotFound(
            code="no_credential", what=f"{person.id} has no such credential.", do="Pick one of those on their page."
        )
    return found


def existing(ids: Collection[str]) -> set[str]:
    """Return which of these ids are taken, whoever may see them."""
    return set(models.Person.objects.filter(pk__in=ids).values_list("id", flat=True))


def credential_of_event(position: int) -> str:
    """Return the credential that the event at a position of the log is about."""
    return models.CredentialChange.objects.values_list("credential_id", flat=True).get(position=position)


def _person(row: models.Person, agencies: Agencies) -> pure.Person:
    return pure.Person(
        id=row.id,
        credentials=tuple(_credential(one) for one in row.credentials.all()),
        affiliations=_own_part(row.affiliations.all(), agencies),
        given_name=row.given_name,
        family_name=row.family_name,
        born=day_or_none(row.born),
        email=row.email,
        phone=row.phone,
        languages=tuple(one for one in row.languages.split(";") if one),
        immunisations=immunisations_of(row.immunisations),
    )


def _credential(row: models.Credential) -> pure.Credential:
    return pure.Credential(
        id=row.id,
        kind=pure.Kind(row.kind),
        place=row.place,
        issuer=row.issuer,
        level=row.level,
        name=row.name,
        number=row.number,
        history=tuple(change_of(one) for one in row.changes.all()),
    )


# ---------------------------------------------------------------- expiries, seats


def list_expiring(
    *, agencies: Agencies, at: datetime, within_days: int = pure.NOTICE_DAYS[0], agency: str = ""
) -> list[tuple[pure.Person, Expiry]]:
    """Return what ends within so many days and holds now, the next to end first."""
    last = _today(at) + timedelta(days=within_days + 2)  # Wide enough for every clock; narrowed below.
    ending = models.CredentialSpan.objects.filter(status__in=_HOLDS, end__isnull=False, end__lte=last)
    ids = set(ending.values_list("credential__person_id", flat=True))
    people = list_people(agencies=agencies, at=at, ids=ids, agency=agency)
    found = [(one, due) for one in people for due in pure.expiring(one, at, within_days=within_days)]
    return sorted(found, key=lambda pair: (pair[1].ends_at, pair[0].id, pair[1].credential.id))


def list_lacking(
    *, need: SeatNeed, place: str, on: date, agencies: Agencies, at: datetime, agency: str = ""
) -> list[tuple[pure.Person, tuple[str, ...]]]:
    """Return everybody who may be seen with what they lack for a seat, () for those who may sit there."""
    people = list_people(agencies=agencies, at=at, agency=agency)
    return [(one, pure.lacks(one, need, place, on, agency=agency)) for one in people]


# ---------------------------------------------------------------- waiting changes, calendars


def list_proposals(*, agencies: Agencies, waiting: bool = True) -> list[ProposalRow]:
    """Return the changes that wait for a second person (or all), the oldest first."""
    rows = models.Proposal.objects.order_by("proposed_at", "id")
    if waiting:
        rows = rows.filter(state="waiting")
    return [row for row in rows if _concerns(row, agencies)]


def _concerns(row: ProposalRow, agencies: Agencies) -> bool:
    """Return whether a waiting change is for these agencies to see; one that concerns none is for who sees all."""
    return agencies is None or (bool(row.agencies) and agencies.issuperset(row.agencies))


def get_proposal(proposal: str, *, agencies: Agencies) -> ProposalRow:
    """Return a change that waits, or waited.

    Raises:
        NotFound: there is none of that id, or not for these agencies to see.
    """
    row = models.Proposal.objects.filter(pk=proposal).first() if proposal.isprintable() else None
    if row is None or not _concerns(row, agencies):
        raise NotFound(code="no_proposal", what="There is no such waiting change.", do="Pick one from the list.")
    return row


def find_calendar_agency(token_hash: str) -> str | None:
    """Return the agency whose calendar has a token of this hash."""
    return models.CalendarFeed.objects.filter(token_hash=token_hash).values_list("agency", flat=True).first()


def has_calendar(agency: str) -> bool:
    """Return whether an agency's calendar has an address."""
    return models.CalendarFeed.objects.filter(pk=agency).exists()
