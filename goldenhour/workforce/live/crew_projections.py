"""What the log says of crews, as tables: seats, rosters, who is aboard, roles, volunteers on call."""

from datetime import datetime

from goldenhour.log.event import Event, Recorded
from goldenhour.log.live.projections import projects
from goldenhour.workforce import events
from goldenhour.workforce.live.models import Aboard, CrewMark, Role, RosteredDuty, Seat, VolunteerOffer

_OF_A_PERSON: tuple[type[Event], ...] = (  # What may change what somebody's crew counts for.
    events.AffiliationBegun,
    events.AffiliationEnded,
    events.CredentialIssued,
    events.CredentialRenewed,
    events.CredentialLapsed,
    events.CredentialSuspended,
    events.CredentialRestricted,
    events.CredentialReinstated,
    events.CredentialRevoked,
    events.CredentialSurrendered,
    events.CredentialCorrected,
    events.CredentialVerified,
)


def _mark(unit: str, where: Recorded, *, named: bool | None = None) -> None:
    """Say that what a unit's crew counts for may have changed. `named`: None leaves it as it was."""
    said = {"event_id": where.id, **({} if named is None else {"named": named, "since": where.at})}
    if named is None:
        CrewMark.objects.filter(pk=unit).update(**said)
    else:
        CrewMark.objects.update_or_create(unit=unit, defaults=said)


@projects(events.SeatsSet)
def show_seats(fact: events.SeatsSet, _where: Recorded) -> None:
    """Show the seats a unit has now."""
    Seat.objects.filter(unit=fact.unit).delete()
    Seat.objects.bulk_create(
        Seat(
            unit=fact.unit,
            name=str(one["name"]),
            level=str(one["level"]),
            endorsements=one["endorsements"],
            required=bool(one["required"]),
        )
        for one in fact.seats
    )


@projects(events.DutyRostered)
def show_duty(fact: events.DutyRostered, _where: Recorded) -> None:
    """Show a planned duty."""
    RosteredDuty.objects.create(
        id=fact.duty,
        person=fact.person,
        unit=fact.unit,
        seat=fact.seat,
        start=datetime.fromisoformat(fact.start),
        end=datetime.fromisoformat(fact.end),
        hours=fact.hours,
    )


@projects(events.DutyStruck)
def show_struck_duty(fact: events.DutyStruck, _where: Recorded) -> None:
    """Take a planned duty out of the roster."""
    RosteredDuty.objects.filter(pk=fact.duty).delete()


@projects(events.CrewOn)
def show_aboard(fact: events.CrewOn, where: Recorded) -> None:
    """Show somebody aboard, with the role they may hold."""
    Aboard.objects.create(
        person=fact.person,
        unit=fact.unit,
        seat=fact.seat,
        station=fact.station,
        page=fact.page,
        supervisor=fact.supervisor,
        since=where.at,
    )
    Role.objects.filter(person=fact.person).update(unit=fact.unit)
    _mark(fact.unit, where, named=True)


@projects(events.CrewOff)
def show_ashore(fact: events.CrewOff, where: Recorded) -> None:
    """Show that somebody left."""
    Aboard.objects.filter(person=fact.person, unit=fact.unit).delete()
    _mark(fact.unit, where, named=True)


@projects(events.CrewUnnamed)
def show_unnamed(fact: events.CrewUnnamed, where: Recorded) -> None:
    """Let the agency's word count again."""
    _mark(fact.unit, where, named=False)


@projects(events.RoleTaken)
def show_role(fact: events.RoleTaken, where: Recorded) -> None:
    """Show who holds a role, out of the counted capacity."""
    Role.objects.create(
        person=fact.person,
        unit=fact.unit,
        role=fact.role,
        scope=fact.scope,
        call_id=fact.call_id,
        since=where.at,
    )
    _mark(fact.unit, where)


@projects(events.RoleGivenBack)
def show_role_over(fact: events.RoleGivenBack, where: Recorded) -> None:
    """Count their care again."""
    Role.objects.filter(person=fact.person).delete()
    _mark(fact.unit, where)


@projects(events.VolunteerOnCall)
def show_offer(fact: events.VolunteerOnCall, _where: Recorded) -> None:
    """Show who would come when paged."""
    hours = {"start": datetime.fromisoformat(fact.start), "end": datetime.fromisoformat(fact.end)}
    VolunteerOffer.objects.update_or_create(person=fact.person, unit=fact.unit, defaults=hours)


@projects(events.VolunteerOffCall)
def show_no_offer(fact: events.VolunteerOffCall, _where: Recorded) -> None:
    """Show that they will not."""
    VolunteerOffer.objects.filter(person=fact.person, unit=fact.unit).delete()


def _show_changed(fact: Event, where: Recorded) -> None:
    """Let what the crew of somebody counts for be worked out anew."""
    aboard = Aboard.objects.filter(pk=getattr(fact, "person", "")).values_list("unit", flat=True).first()
    if aboard is not None:
        _mark(aboard, where)


for _kind in _OF_A_PERSON:
    projects(_kind)(_show_changed)
