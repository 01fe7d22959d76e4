"""What a vehicle's device reports of where it is: read strictly, thinned, and held against where the unit was going."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from functools import cache
from math import cos, hypot, isfinite, radians
from pathlib import Path
from typing import Any

from goldenhour.dated import TIERS, Rule, read_rules
from goldenhour.errors import BadInput
from goldenhour.fleet.status import Stamp, Status

SHIPPED = Path(__file__).with_name("position_rules.yaml")
OWN = "position_rules.yaml"  # In a region's folder: what holds there.
KMH_PER_MPS = 3.6
KNOTS_PER_MPS = 1.943844
_KM_PER_DEGREE = 111.2
_MILLISECONDS_FROM = 1e11  # A larger epoch is in milliseconds: as seconds it would lie beyond the year 5000.

# The step that stands for coming to where a unit was going, by its status and what it is heading for.
ARRIVES = {
    (Status.EN_ROUTE, "call"): Stamp.ON_SCENE,
    (Status.EN_ROUTE, "staging"): Stamp.AT_STAGING,
    (Status.TRANSPORTING, "hospital"): Stamp.AT_DESTINATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRules:
    """The figures in force on a day; what each means stands in position_rules.yaml."""

    near_m: float
    left_m: float
    slow_mps: float
    dwell_s: float
    coarse_m: float
    fast_mps: float
    point_s: float
    point_m: float
    keep_days: float
    old_s: float
    ahead_s: float


_FIGURES = {one.name for one in fields(PositionRules)}


@cache
def _lines(paths: tuple[Path, ...]) -> tuple[Rule, ...]:
    rules, _ = read_rules(paths, section="position_rules", fields=_FIGURES)
    for rule in rules:
        wrong = [
            name for name, value in rule.says.items() if isinstance(value, bool) or not isinstance(value, int | float)
        ]
        if wrong or any(value < 0 for value in rule.says.values()):
            raise BadInput(
                code="position_rule_line", what="holds a figure that is none.", do="Write numbers.", where=rule.where
            )
    return rules


@cache
def position_rules_on(day: date, paths: tuple[Path, ...] = (SHIPPED,)) -> PositionRules:
    """Return the figures in force on a day: each from the nearest tier that says it.

    Raises:
        BadInput: a line is wrong, or a figure is said by none.
    """
    held = sorted((one for one in _lines(paths) if one.in_force(day)), key=lambda one: TIERS.index(one.tier))
    said: dict[str, float] = {name: float(value) for one in held for name, value in one.says.items()}
    missing = sorted(_FIGURES - set(said))
    if missing:
        raise BadInput(
            code="position_rules", what=f"No rule says {', '.join(missing)} on {day}.", do="Add a line.", where=OWN
        )
    return PositionRules(**said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """Where a device was, and when."""

    lon: float
    lat: float
    at: datetime
    accuracy_m: float | None = None
    speed_mps: float | None = None
    course: float | None = None  # Degrees from north.


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the straight distance between two places, in metres; right within a county.

    >>> round(distance_m(-122.40, 37.79, -122.40, 37.80))
    1112
    """
    narrow = cos(radians((lat + other_lat) / 2))
    return hypot((other_lon - lon) * narrow, other_lat - lat) * _KM_PER_DEGREE * 1000


# ---------------------------------------------------------------- reading


def _wrong(*, what: str, do: str, where: str) -> BadInput:
    return BadInput(code="bad_position", what=what, do=do, where=where)


def _number(said: Mapping[str, Any], *names: str) -> float | None:
    """Return the first of these fields that is there, as a number; None where there is none.

    Raises:
        BadInput: it is no finite number.
    """
    found = next(((name, said[name]) for name in names if said.get(name) not in {None, ""}), None)
    if found is None:
        return None
    name, value = found
    try:
        number = float(value) if not isinstance(value, bool) else float("nan")
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not isfinite(number):
        raise _wrong(what="it is no number.", do="Send a number.", where=name)
    return number


def _time(said: Mapping[str, Any], name: str) -> datetime:
    """Return a time: seconds or milliseconds since 1970, or ISO with its offset.

    Raises:
        BadInput: it is missing, or no time.
    """
    value = said.get(name)
    try:
        seconds = float(str(value))
    except ValueError:
        seconds = None
    try:
        if seconds is not None:
            whole_ms = round(seconds if seconds > _MILLISECONDS_FROM else seconds * 1000)
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=whole_ms)
        at = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        at = None
    if at is None or at.utcoffset() is None:
        raise _wrong(what="it is no time.", do="Send seconds since 1970, or ISO with its offset.", where=name)
    return at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000)


def _fix(said: Mapping[str, Any], *, time: str, accuracy: float | None, speed_mps: float | None) -> Fix:
    lon, lat = _number(said, "lon", "longitude"), _number(said, "lat", "latitude")
    if lon is None or lat is None:
        raise _wrong(what="a coordinate is missing.", do="Send both, in degrees.", where="lat, lon")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90) or (lon, lat) == (0, 0):  # noqa: PLR2004 -- The globe.
        raise _wrong(what="no vehicle can be there.", do="Send degrees, east and north positive.", where="lat, lon")
    course = _number(said, "cog", "bearing", "heading")
    return Fix(
        lon=lon,
        lat=lat,
        at=_time(said, time),
        accuracy_m=accuracy if accuracy is not None and accuracy > 0 else None,  # 0 and below: it does not know.
        speed_mps=speed_mps if speed_mps is not None and speed_mps >= 0 else None,
        course=course if course is not None and 0 <= course <= 360 else None,  # noqa: PLR2004 -- A circle.
    )


def read_owntracks(said: Mapping[str, Any]) -> Fix | None:
    """Return the fix of an OwnTracks message (JSON over HTTP); None for its other kinds of message.

    Raises:
        BadInput: it is a location and cannot be read, or it is encrypted.
    """
    kind = said.get("_type")
    if kind == "encrypted":
        raise _wrong(what="it is encrypted.", do="Leave the app's key empty and use https.", where="_type")
    if kind != "location":
        return None
    speed = _number(said, "vel")
    return _fix(
        said, time="tst", accuracy=_number(said, "acc"), speed_mps=None if speed is None else speed / KMH_PER_MPS
    )


def read_osmand(said: Mapping[str, Any]) -> Fix:
    """Return the fix of a request in OsmAnd's form, as Traccar's phone app sends it too: speed in knots.

    Raises:
        BadInput: it cannot be read.
    """
    speed = _number(said, "speed")
    return _fix(
        said,
        time="timestamp",
        accuracy=_number(said, "accuracy"),
        speed_mps=None if speed is None else speed / KNOTS_PER_MPS,
    )


# ---------------------------------------------------------------- judging


def refuse_impossible(fix: Fix, *, now: datetime, rules: PositionRules) -> None:
    """Refuse a fix that cannot be.

    Raises:
        BadInput: it lies in the future, or is faster than anything a service drives or flies.
    """
    if fix.at > now + timedelta(seconds=rules.ahead_s):
        raise BadInput(
            code="position_in_future",
            what=f"the position lies {(fix.at - now).total_seconds():.0f} s in the future.",
            do="Let the device set its clock by the network.",
        )
    if fix.speed_mps is not None and fix.speed_mps > rules.fast_mps:
        raise _wrong(what=f"{fix.speed_mps:.0f} m/s is too fast.", do="Check the device.", where="speed")


def why_not_shown(fix: Fix, latest: Fix | None, *, now: datetime, rules: PositionRules) -> str:
    """Return why a fix does not become the unit's position, in words; "" when it does."""
    if fix.accuracy_m is not None and fix.accuracy_m > rules.coarse_m:
        return f"it is only good to {fix.accuracy_m:.0f} m"
    if (now - fix.at).total_seconds() > rules.old_s:
        return "it is too old"
    if latest is None:
        return ""
    if fix.at <= latest.at:
        return "a newer one is known"
    apart_m = distance_m(fix.lon, fix.lat, latest.lon, latest.lat) - rules.coarse_m
    if apart_m > rules.fast_mps * (fix.at - latest.at).total_seconds():
        return "no vehicle can have come there since the one before"
    return ""


def is_track_point(fix: Fix, before: Fix | None, rules: PositionRules) -> bool:
    """Return whether a fix adds to the track after the point before it in time."""
    if before is None:
        return True
    gone_s = (fix.at - before.at).total_seconds()
    return gone_s >= rules.point_s or distance_m(fix.lon, fix.lat, before.lon, before.lat) >= rules.point_m


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """That a unit seems to have come to where it was going."""

    call_id: str
    stamp: Stamp
    since: datetime
    sure: bool = False  # It stood there long enough to ask somebody.
    dismissed: bool = False  # Somebody said no.


def seems_arrived(
    fix: Fix,
    known: Arrived | None,
    *,
    call_id: str,
    stamp: Stamp,
    going_since: datetime,
    target: tuple[float, float],
    rules: PositionRules,
) -> Arrived | None:
    """Return what a new fix says of a unit's arrival; None when it is not there.

    Only a suggestion: a person confirms it. `going_since` is when the unit set off: nothing before counts. A drive past
    is no arrival: the vehicle has to stand, or, without a speed, to stay near for a while.
    """
    if known is not None and (known.call_id != call_id or known.stamp != stamp or known.since < going_since):
        known = None
    if fix.accuracy_m is not None and fix.accuracy_m > rules.near_m:
        return known  # It cannot tell.
    apart_m = distance_m(fix.lon, fix.lat, *target)
    if apart_m > rules.near_m:
        return known if known is not None and known.sure and apart_m <= rules.left_m else None
    if known is not None and known.sure:
        return known
    if fix.speed_mps is not None and fix.speed_mps > rules.slow_mps:
        return None
    since = fix.at if known is None else known.since
    stays = fix.speed_mps is not None or (fix.at - since).total_seconds() >= rules.dwell_s
    return Arrived(call_id=call_id, stamp=stamp, since=since, sure=stays)


def thinned(track: Sequence[Fix], rules: PositionRules) -> list[Fix]:
    """Return the points of a whole track that are kept, in the order of time."""
    kept: list[Fix] = []
    for fix in sorted(track, key=lambda one: one.at):
        if is_track_point(fix, kept[-1] if kept else None, rules):
            kept.append(fix)
    return kept
