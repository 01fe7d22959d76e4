"""Reading the fleet. Rows are for reading only."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max, Min

from goldenhour.errors import NotFound
from goldenhour.fleet.live.models import Unit, UnitTime

UnitRow = Unit
Stamps = dict[str, datetime]  # The first time of each stamp that still counts.


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
    return Unit.objects.filter(pk=unit).first()


def list_units() -> list[Unit]:
    """Return all units by id."""
    return list(Unit.objects.order_by("id"))


def list_by_id(units: Collection[str]) -> list[Unit]:
    """Return the units of these ids."""
    return list(Unit.objects.filter(pk__in=units).order_by("id"))


def list_times(call_ids: Collection[str]) -> dict[tuple[str, str], Stamps]:
    """Return the stamps of each (call, unit), of its last run: of a step reported twice, the first time counts."""
    times: dict[tuple[str, str], Stamps] = {}
    runs: dict[tuple[str, str], int] = {}
    for row in UnitTime.objects.filter(call_id__in=call_ids, struck=False).order_by("run", "at", "id"):
        key = row.call_id, row.unit
        if runs.get(key) != row.run:
            runs[key], times[key] = row.run, {}
        times[key].setdefault(row.stamp, row.at)
    return times


def stamps_of(unit: str, call_id: str) -> Stamps:
    """Return the stamps of one unit on one call, of its last run."""
    return list_times([call_id]).get((call_id, unit), {})


def last_run(unit: str, call_id: str) -> int:
    """Return how often a unit was sent to a call."""
    return UnitTime.objects.filter(unit=unit, call_id=call_id).aggregate(last=Max("run"))["last"] or 0


def list_first(stamp: str, call_ids: Collection[str]) -> dict[str, datetime]:
    """Return the first time of a step on each call, over all units and runs."""
    rows = UnitTime.objects.filter(call_id__in=call_ids, stamp=stamp, struck=False)
    return dict(rows.values_list("call_id").annotate(first=Min("at")))
