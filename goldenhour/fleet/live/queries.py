"""Reading the fleet. Rows are for reading only."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Min

from goldenhour.errors import NotFound
from goldenhour.fleet.live.models import Unit, UnitTime
from goldenhour.fleet.status import Stamp
from goldenhour.log.live.rows import KeptRows

UnitRow = Unit
TimeRow = UnitTime
Stamps = dict[str, datetime]  # The first time of each stamp that still counts.

_units = KeptRows(Unit)

# Written out, because every step of every unit asks them, and Django would take longer to build than to run them.
_UNIT = "SELECT * FROM fleet_unit WHERE id = %s"
_STATES = "SELECT id, status, CASE WHEN on_job THEN call_id ELSE '' END FROM fleet_unit ORDER BY id"
_TIMES = "SELECT * FROM fleet_unittime WHERE call_id = %s AND unit = %s ORDER BY id"


def get_unit(unit: str) -> Unit:
    """Return a unit.

    Raises:
        NotFound: there is none of that id.
    """
    found = find_unit(unit)
    if found is None:
        raise NotFound(code="no_unit", what=f"There is no unit {unit}.", do="Pick one from the board.")
    return found


def find_unit(unit: str) -> Unit | None:
    """Return a unit, if there is one of that id."""
    return next(iter(Unit.objects.raw(_UNIT, [unit])), None)


def list_units() -> list[Unit]:
    """Return all units by id."""
    return _units.all()


def list_states() -> list[tuple[str, str, str]]:
    """Return id, status and the call it is on ("" for none) of all units, by id."""
    with connection.cursor() as cursor:
        cursor.execute(_STATES)
        return cursor.fetchall()  # type: ignore[no-any-return]


def call_signs(units: Collection[str]) -> dict[str, str]:
    """Return the call sign of each of these units."""
    return dict(Unit.objects.filter(pk__in=units).values_list("id", "call_sign")) if units else {}


def list_by_id(units: Collection[str]) -> list[Unit]:
    """Return the units of these ids."""
    return list(Unit.objects.filter(pk__in=units).order_by("id"))


def list_times(call_ids: Collection[str]) -> dict[tuple[str, str], Stamps]:
    """Return the stamps of each (call, unit), of its last run: of a step reported twice, the first time counts."""
    rows: defaultdict[tuple[str, str], list[UnitTime]] = defaultdict(list)
    for row in UnitTime.objects.filter(call_id__in=call_ids, struck=False).order_by("id"):
        rows[row.call_id, row.unit].append(row)
    return {key: last_stamps(own) for key, own in rows.items()}


def list_own_times(unit: str, call_id: str) -> list[UnitTime]:
    """Return every time of one unit on one call, of all runs and with the struck ones, as they were entered."""
    return list(UnitTime.objects.raw(_TIMES, [call_id, unit]))


def list_times_of_call(call_id: str) -> list[UnitTime]:
    """Return every time of every unit on a call, of all runs and with the struck ones, as they were entered."""
    return list(UnitTime.objects.filter(call_id=call_id).order_by("id"))


def stamps_of(unit: str, call_id: str) -> Stamps:
    """Return the stamps of one unit on one call, of its last run."""
    return last_stamps(list_own_times(unit, call_id))


def last_stamps(times: Iterable[UnitTime]) -> Stamps:
    """Return the stamps of the last run among one unit's times on one call."""
    good = sorted((one for one in times if not one.struck), key=lambda one: (one.run, one.at))
    stamps: Stamps = {}
    for one in good:
        if one.run == good[-1].run:
            stamps.setdefault(one.stamp, one.at)
    return stamps


def is_over(stamps: Stamps, at: datetime) -> bool:
    """Return whether a run had ended by a moment: what comes after is another run."""
    return any(stamps[end] <= at for end in (Stamp.CANCELLED, Stamp.BACK_IN_SERVICE) if end in stamps)


def list_first(stamp: str, call_ids: Collection[str]) -> dict[str, datetime]:
    """Return the first time of a step on each call, over all units and runs."""
    rows = UnitTime.objects.filter(call_id__in=call_ids, stamp=stamp, struck=False)
    return dict(rows.values_list("call_id").annotate(first=Min("at")))
