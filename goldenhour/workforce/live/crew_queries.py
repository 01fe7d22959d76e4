"""Reading crews: who is aboard, what that counts for, seats, rosters, roles, volunteers on call."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from goldenhour.errors import NotFound
from goldenhour.workforce.capability import (
    WARNED_BEFORE,
    Capability,
    Foreseen,
    Member,
    Vehicle,
    asserted,
    capability,
    foreseen,
)
from goldenhour.workforce.credentials import Person
from goldenhour.workforce.crews import Seat, seats_of
from goldenhour.workforce.live import models, queries
from goldenhour.workforce.shifts import Duty, Shifts

AboardRow = models.Aboard
RoleRow = models.Role
OfferRow = models.VolunteerOffer
DutyRow = models.RosteredDuty


@dataclass(frozen=True, slots=True)
class Crew:
    """What a unit's crew counts for, and when that will next be otherwise."""

    counts: Capability
    foreseen: Foreseen | None
    aboard: int

    @property
    def changed_since(self) -> datetime | None:
        """Return the last moment at which it may have changed by the clock alone, None when there was none."""
        return self.counts.since if self.counts.named else None


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer, and what it was given for: the last fact about the crew, and the vehicle."""

    fact: str
    vehicle: Vehicle
    crew: Crew
    members: Sequence[Member]  # Who was aboard, with all they held: as long as no fact comes, only the clock moves.

    def holds(self, fact: str, vehicle: Vehicle, at: datetime) -> bool:
        """Return whether it still answers."""
        counts = self.crew.counts
        since_ok = counts.since is None or counts.since <= at
        return (self.fact, self.vehicle) == (fact, vehicle) and since_ok and (counts.until is None or at < counts.until)


_kept: dict[tuple[str, str], _Kept] = {}  # By unit and place. A fact's id is like no other's, also in another database.
_UNNAMED = ""


def crews_of(vehicles: Mapping[str, Vehicle], place: str, at: datetime) -> dict[str, Crew]:
    """Return what the crew of each unit counts for at a place.

    An answer is kept until the next fact about the crew or the next midnight that may change it, so asking again costs
    one look at a small table.

    Args:
        vehicles: the units, by id.
        place: the jurisdiction.
        at: when.
    """
    marks = {
        unit: (event, named) for unit, event, named in models.CrewMark.objects.values_list("unit", "event_id", "named")
    }
    found: dict[str, Crew] = {}
    stale: dict[str, str] = {}
    for unit, vehicle in vehicles.items():
        event, named = marks.get(unit, (_UNNAMED, False))
        fact = event if named else _UNNAMED
        kept = _kept.get((unit, place))
        if kept is not None and kept.holds(fact, vehicle, at):
            found[unit] = kept.crew
        else:
            stale[unit] = fact
    if stale:
        known = {unit: kept.members for unit, fact in stale.items() if (kept := _still(unit, place, fact)) is not None}
        members = known | members_of({unit for unit, fact in stale.items() if fact and unit not in known}, at)
        for unit, fact in stale.items():
            aboard = members.get(unit, ())
            crew = _counted(aboard, vehicles[unit], place, at, named=bool(fact))
            _kept[unit, place] = _Kept(fact, vehicles[unit], crew, aboard)
            found[unit] = crew
    return found


def _still(unit: str, place: str, fact: str) -> _Kept | None:
    """Return what was kept of a unit, where nothing was said of its crew since."""
    kept = _kept.get((unit, place))
    return kept if kept is not None and kept.fact == fact else None


def _counted(aboard: Sequence[Member], vehicle: Vehicle, place: str, at: datetime, *, named: bool) -> Crew:
    if not named:
        return Crew(asserted(vehicle, place, at), None, 0)
    counts = capability(aboard, vehicle, place, at)
    return Crew(counts, foreseen(aboard, vehicle, place, counts, by=at + WARNED_BEFORE), len(aboard))


def members_of(units: Collection[str], at: datetime) -> dict[str, list[Member]]:
    """Return who is aboard each of these units, with all they hold, by seat."""
    rows = list_aboard(units)
    people = {one.id: one for one in queries.list_people(agencies=None, at=at, ids={row.person for row in rows})}
    roles = {one.person: one.role for one in models.Role.objects.filter(person__in=people)}
    found: defaultdict[str, list[Member]] = defaultdict(list)
    for row in rows:
        person = people.get(row.person) or Person(id=row.person)
        found[row.unit].append(Member(person=person, seat=row.seat, role=roles.get(row.person, "")))
    return found


def list_aboard(units: Collection[str] | None = None) -> list[AboardRow]:
    """Return who is aboard these units (None: any), by unit and seat."""
    rows = models.Aboard.objects.order_by("unit", "seat")
    return list(rows if units is None else rows.filter(unit__in=units))


def list_paged_aboard() -> list[AboardRow]:
    """Return those who are aboard because they accepted a page, by unit and seat."""
    return list(models.Aboard.objects.exclude(page="").order_by("unit", "seat"))


def find_aboard(person: str) -> AboardRow | None:
    """Return where somebody is aboard, if anywhere."""
    return models.Aboard.objects.filter(pk=person).first()


def units_of(people: Collection[str]) -> dict[str, str]:
    """Return the unit of each of these people who are aboard one."""
    if not people:
        return {}
    return dict(models.Aboard.objects.filter(person__in=people).values_list("person", "unit"))


def is_named(unit: str) -> bool:
    """Return whether who is aboard a unit (also nobody) is known by name."""
    return models.CrewMark.objects.filter(pk=unit, named=True).exists()


def list_roles(call_id: str = "") -> list[RoleRow]:
    """Return the roles held now, of one call if it is given."""
    rows = models.Role.objects.order_by("person")
    return list(rows.filter(call_id=call_id) if call_id else rows)


def find_role(person: str) -> RoleRow | None:
    """Return the role somebody holds now, if any."""
    return models.Role.objects.filter(pk=person).first()


def list_seats(unit: str, usual: Vehicle) -> tuple[Seat, ...]:
    """Return a unit's seats: those its agency set, else the usual ones of its crew."""
    rows = models.Seat.objects.filter(unit=unit).order_by("id")
    said = tuple(
        Seat(
            unit=unit,
            name=row.name,
            level=row.level,
            endorsements=frozenset(row.endorsements),
            required=row.required,
        )
        for row in rows
    )
    return said or seats_of(unit, usual.levels, usual.crew)


def get_duty(unit: str, duty: str) -> DutyRow:
    """Return a planned duty of a unit.

    Raises:
        NotFound: it has none of that id.
    """
    found = models.RosteredDuty.objects.filter(pk=duty, unit=unit).first()
    if found is None:
        raise NotFound(code="no_duty", what="There is no such duty in the roster.", do="Pick one from the roster.")
    return found


def list_rostered(
    start: datetime, end: datetime, *, units: Collection[str] | None = None, person: str = ""
) -> list[DutyRow]:
    """Return the lines of the roster that touch a time."""
    rows = models.RosteredDuty.objects.filter(start__lt=end, end__gt=start).order_by("unit", "seat", "start", "id")
    if units is not None:
        rows = rows.filter(unit__in=units)
    return list(rows.filter(person=person) if person else rows)


def duties_of(rows: Sequence[DutyRow], start: datetime, end: datetime, zone: ZoneInfo) -> list[Duty]:
    """Return the spans on duty that lines of the roster come to between two moments; `zone` is the local clock."""
    found = []
    for row in rows:
        begin, to = max(row.start, start), min(row.end, end)
        spans = Shifts.parse(row.hours, where="hours").spans(begin, to, zone) if begin < to else []
        found += [Duty(person=row.person, unit=row.unit, seat=row.seat, start=span[0], end=span[1]) for span in spans]
    return found


def list_offers(at: datetime, units: Collection[str] | None = None) -> list[OfferRow]:
    """Return the volunteers who are on call now. None of them is counted before they have come."""
    rows = models.VolunteerOffer.objects.filter(start__lte=at, end__gt=at).order_by("unit", "person")
    return list(rows if units is None else rows.filter(unit__in=units))


def list_offers_of(person: str, at: datetime) -> list[OfferRow]:
    """Return for which units somebody is on call now."""
    return list(models.VolunteerOffer.objects.filter(person=person, start__lte=at, end__gt=at).order_by("unit"))


def rostered_now(unit: str, at: datetime, zone: ZoneInfo) -> list[Duty]:
    """Return who is planned for a unit at a moment."""
    near = timedelta(microseconds=1)
    rows = list_rostered(at, at + near, units={unit})
    return duties_of(rows, at, at + near, zone)
