"""What can be done with hospitals. Each function is one gesture of one person."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from goldenhour.dispatch.live import queries as dispatch
from goldenhour.errors import BadInput, Refused
from goldenhour.fleet.live import queries as fleet
from goldenhour.hospitals.events import (
    BedsCounted,
    DiversionEnded,
    DiversionStarted,
    FacilityRegistered,
    ServiceStatusSet,
)
from goldenhour.hospitals.live import advice, prealerts, queries
from goldenhour.hospitals.live.by import By
from goldenhour.hospitals.live.models import Destination
from goldenhour.hospitals.standing import Level, Service, check_beds
from goldenhour.log.live.store import writing
from goldenhour.roads.live.region import wall_clock


def facilities_register(rows: Iterable[Mapping[str, str]], *, at: datetime, actor: str) -> int:
    """Put the region's hospitals that are not known yet on the board; return how many there were."""
    with writing("hospitals", at=at, actor=actor) as record:
        known = {one.id for one in queries.list_facilities()}
        fresh = [row for row in rows if row["id"] not in known]
        for row in fresh:
            record(
                FacilityRegistered(
                    facility=row["id"],
                    name=row["name"],
                    kind=row["kind"],
                    lon=float(row["lon"]),
                    lat=float(row["lat"]),
                    capabilities=tuple(one for one in row["capabilities"].split(";") if one),
                )
            )
    return len(fresh)


def diversion_start(
    *,
    facility: str,
    services: tuple[str, ...],
    until: datetime | None,
    reason: str,
    at: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002
) -> None:
    """Let a hospital ask to be passed over: advice, never a wall.

    Raises:
        NotFound: there is no such hospital.
        BadInput: it would end before it begins.
    """
    _check_until(until, at)
    with writing(f"hospital/{facility}", at=at, actor=actor, device=device, id=id) as record:
        if record.earlier:
            return
        queries.get_facility(facility)
        end = until.isoformat() if until else ""
        record(DiversionStarted(facility=facility, services=services, until=end, reason=reason))


def diversion_end(*, facility: str, at: datetime, actor: str, device: str = "") -> None:
    """Let a hospital take patients again; nothing when it does.

    Raises:
        NotFound: there is no such hospital.
    """
    with writing(f"hospital/{facility}", at=at, actor=actor, device=device) as record:
        queries.get_facility(facility)
        if facility in queries.list_diversions(at):
            record(DiversionEnded(facility=facility))


def status_set(
    *, facility: str, service: Service | None, level: Level, until: datetime | None, reason: str, by: By
) -> None:
    """Say how a service of a hospital, or all of it (None), stands: advice, never a wall.

    Raises:
        NotFound: there is no such hospital.
        BadInput: it would end before it begins.
    """
    _check_until(until, by.at)
    with writing(f"hospital/{facility}", **by.envelope) as record:
        if record.earlier:
            return
        queries.get_facility(facility)
        end = until.isoformat() if until and level is not Level.OPEN else ""
        record(ServiceStatusSet(facility=facility, service=service or "", level=level, until=end, reason=reason))


def beds_count(*, facility: str, beds: Mapping[str, int], by: By) -> None:
    """Keep a count of free beds. What was not counted is missing, which is not none.

    Raises:
        NotFound: there is no such hospital.
        BadInput: a kind or a number is wrong.
    """
    counted = check_beds(beds)
    with writing(f"hospital/{facility}", **by.envelope) as record:
        if not record.earlier:
            queries.get_facility(facility)
            record(BedsCounted(facility=facility, beds=counted))


def _check_until(until: datetime | None, at: datetime) -> None:
    """Refuse what would end before it begins."""
    if until is not None and until <= at:
        raise BadInput(
            code="until_past",
            what=f"It would end at {wall_clock(until)}, and it is {wall_clock(at)}.",
            do="Give a later time, or none.",
            where="until",
        )


def destination_choose(
    *,
    unit: str,
    call_id: str,
    facility: str | None,
    at: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002
) -> dict[str, Any]:
    """Say where a unit takes its patient: the named facility, or the advised one; return it with its reason.

    Raises:
        NotFound: there is no such unit or facility.
        Refused: the unit is not on that call.
    """
    if facility is not None:
        queries.get_facility(facility)
    advised = advice.advise(unit=unit, call_id=call_id, at=at)  # Slow, so before the log is held.
    fact = advice.fact_of(advised, unit=unit, call_id=call_id, facility=facility)
    with writing(f"call/{call_id}", at=at, actor=actor, device=device, id=id) as record:
        if not record.earlier:
            known = fleet.get_unit(unit)
            running = dispatch.find_running(unit)
            if running is None or running.call_id != call_id:
                raise Refused(
                    code="not_on_that_call",
                    what=f"{known.call_sign} is not on call {call_id}.",
                    do="Look at the unit on the board and pick the call it is on.",
                )
            record(fact)
            prealerts.redirect(record, call_id=call_id, unit=unit, facility=fact.facility)
        else:
            return _chosen_before(unit, call_id)
    return {"facility": fact.facility, "reason": fact.reason, "passed_over": list(fact.passed_over)}


def _chosen_before(unit: str, call_id: str) -> dict[str, Any]:
    last = Destination.objects.filter(unit=unit, call_id=call_id).order_by("-id").first()
    return {"facility": last.facility if last else None, "reason": last.reason if last else "", "passed_over": []}
