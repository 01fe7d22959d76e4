"""Drawings of a report as SVG: cumulative response times, the load by hour of day, the map of calls.

Colours are CSS variables of report.css, so a drawing is right in the light and in the dark. Every mark that has a
colour also has a word, a pattern or a size.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 920, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 96, 14, 40
_MINUTE_STEPS = (1, 2, 5, 10, 15, 30, 60, 120)
_COUNT_STEPS = tuple(f * 10**e for e in range(-1, 7) for f in (1, 2, 5))
_CURVE_POINTS = 300
MAP_WIDTH = 920
MOST_DOTS = 4000
MAJOR = ("freeway", "highway", "ramp", "arterial")
LATE_MIN = (4, 6, 8, 12)  # Upper ends of the map's classes in minutes; the last class is open.


@dataclass(frozen=True, slots=True)
class Axis:
    """A straight scale: from values to places in the drawing."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value lies, to a tenth of a pixel."""
        return round(self.start + (value - self.low) / ((self.high - self.low) or 1) * (self.end - self.start), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Response times of one priority, and the target they are held against."""

    priority: int
    took_s: NDArray[np.float64]
    target_s: float | None


def nice_step(span: float, most: int, steps: Sequence[float]) -> float:
    """Return the smallest of the steps that divides the span into at most so many.

    >>> nice_step(34, 8, (1, 2, 5, 10))
    5
    """
    return next((step for step in steps if span / step <= most), steps[-1])


def response_curves(curves: Sequence[Curve]) -> str:
    """Return the share of calls answered within a time, a line for each priority, its target marked."""
    shown = [curve for curve in curves if len(curve.took_s)]
    if not shown:
        return '<p class="none">No call had a unit on scene, so there is no curve.</p>'
    most = max(max(float(np.quantile(curve.took_s, 0.97)), curve.target_s or 0) for curve in shown) / 60
    step = nice_step(most, 10, _MINUTE_STEPS)
    x = Axis(0, step * np.ceil(most / step + 0.2), _LEFT, WIDTH - _RIGHT)
    y = Axis(0, 100, HEIGHT - _BOTTOM, _TOP)
    parts = [_grid(x, y, step, y_step=25, x_words="minutes from the first ring to the first unit on scene", y_unit="%")]
    parts.append(f'<line class="ninety" x1="{x.start}" x2="{x.end}" y1="{y.at(90)}" y2="{y.at(90)}"/>')
    taken: list[float] = []
    parts += [_curve(curve, x, y, taken) for curve in shown]
    return _svg("".join(parts), HEIGHT, "Share of calls answered within a time, by priority")


def _curve(curve: Curve, x: Axis, y: Axis, taken: list[float]) -> str:
    """Return one line with its label and its target."""
    took = np.sort(curve.took_s)
    inside = took[took <= x.high * 60]
    kept = np.unique(np.linspace(0, len(inside) - 1, min(len(inside), _CURVE_POINTS)).astype(np.int64))
    level, steps = 0.0, [(x.at(0), y.at(0))]
    for at in kept.tolist():  # A step at each time: the share that was reached by then, nothing in between made up.
        place = x.at(inside[at] / 60)
        steps += [(place, y.at(level)), (place, y.at(level := (at + 1) / len(took) * 100))]
    steps.append((x.end, y.at(level)))
    points = " ".join(f"{a},{b}" for a, b in steps)
    name, label_y = f"p{curve.priority}", y.at(level) + 4
    while any(abs(label_y - other) < 15 for other in taken):  # noqa: PLR2004 -- A line of text.
        label_y += 15
    taken.append(label_y)
    median, p90 = np.quantile(curve.took_s, [0.5, 0.9]) / 60
    told = f"Priority {curve.priority}: {len(curve.took_s):,} calls, median {median:.1f} min, 90 % in {p90:.1f} min"
    parts = [
        f'<polyline class="curve {name}" points="{points}"><title>{told}</title></polyline>',
        f'<text class="label {name}" x="{x.end + 8}" y="{label_y:.1f}">Priority {curve.priority}</text>',
    ]
    if curve.target_s:
        share = float(np.mean(curve.took_s <= curve.target_s)) * 100
        tx, ty = x.at(curve.target_s / 60), y.at(share)
        parts.append(
            f'<g class="target {name}"><line x1="{tx}" x2="{tx}" y1="{y.start}" y2="{ty}"/>'
            f'<circle cx="{tx}" cy="{ty}" r="4.5"/><title>Priority {curve.priority}: {share:.1f} % within '
            f"the target of {curve.target_s / 60:g} min</title></g>"
        )
    return "".join(parts)


def hour_load(calls_an_hour: NDArray[np.float64], p90_s: NDArray[np.float64]) -> str:
    """Return calls in each hour of the day as bars, and the 90th percentile of the response as a line below.

    Shapes: (24,) mean calls in that hour of a day; (24,) seconds, NaN where no arrival is known.
    """
    step = nice_step(max(float(calls_an_hour.max()), 0.1), 4, _COUNT_STEPS)
    x = Axis(0, 24, _LEFT, WIDTH - 24)
    top = Axis(0, step * max(1.0, np.ceil(calls_an_hour.max() / step)), 190, _TOP)
    parts = [_rules(x, top, step, "calls in an hour")]
    for hour, count in enumerate(calls_an_hour.tolist()):
        y = top.at(count)
        parts.append(
            f'<rect class="bar" x="{x.at(hour) + 3:.1f}" width="{x.at(1) - x.at(0) - 6:.1f}" y="{y}" '
            f'height="{max(top.start - y, 0):.1f}"><title>{hour:02}:00 to {hour:02}:59: {count:.1f} calls on average'
            f"</title></rect>"
        )
    known = p90_s[~np.isnan(p90_s)] / 60
    if len(known):
        step = nice_step(float(known.max()), 3, _MINUTE_STEPS)
        low = Axis(0, step * np.ceil(known.max() / step), HEIGHT - _BOTTOM + 20, 226)
        parts.append(_rules(x, low, step, "minutes within which 90 % had a unit on scene"))
        places = [(x.at(h + 0.5), low.at(s / 60), h, s) for h, s in enumerate(p90_s.tolist()) if not np.isnan(s)]
        parts.append(f'<polyline class="curve load" points="{" ".join(f"{a},{b}" for a, b, _, _ in places)}"/>')
        parts += [
            f'<circle class="dot" cx="{a}" cy="{b}" r="3"><title>{h:02}:00: {s / 60:.1f} min</title></circle>'
            for a, b, h, s in places
        ]
    hours = range(0, 25, 3)
    parts += [f'<text class="tick mid" x="{x.at(h)}" y="{HEIGHT}">{h % 24:02}:00</text>' for h in hours]
    return _svg("".join(parts), HEIGHT + 6, "Calls and response times by hour of the day")


def call_map(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    took_s: NDArray[np.float64],
    *,
    roads: Mapping[str, Any] | None,
    posts: Sequence[Mapping[str, str]] = (),
    doors: Sequence[Mapping[str, str]] = (),
) -> str:
    """Return the calls over the region's roads, larger and warmer the longer they waited.

    `took_s` is NaN where no arrival is known. Of many calls every n-th is drawn. `roads` is GeoJSON with a `class`;
    `posts` and `doors` are rows of stations and hospitals.
    """
    lines = list(_lines(roads)) if roads else []
    around = np.array([place for _, line in lines for place in line]) if lines else np.column_stack([lon, lat])
    if not len(around):
        return '<p class="none">There is nothing to draw.</p>'
    (west, south), (east, north) = np.quantile(around, [0, 1] if lines else [0.002, 0.998], axis=0)
    narrow = float(np.cos(np.radians((south + north) / 2)))
    height = round(min(max(MAP_WIDTH * (north - south) / max((east - west) * narrow, 1e-9), 240), 760))
    scale = min(MAP_WIDTH / max((east - west) * narrow, 1e-9), height / max(north - south, 1e-9)) * 0.97
    middle = ((west + east) / 2, (south + north) / 2)

    def place(one_lon: float, one_lat: float) -> tuple[float, float]:
        return (
            round(MAP_WIDTH / 2 + (one_lon - middle[0]) * narrow * scale, 1),
            round(height / 2 - (one_lat - middle[1]) * scale, 1),
        )

    drawn = _road_paths(lines, place)
    every = max(1, -(-len(lon) // MOST_DOTS))
    order = np.argsort(np.nan_to_num(took_s[::every], nan=np.inf), kind="stable")
    dots = []
    for at in order.tolist():
        a, b = place(float(lon[::every][at]), float(lat[::every][at]))
        took = float(took_s[::every][at])
        late = late_class(took)
        told = "no arrival stamped" if np.isnan(took) else f"{int(took // 60)}:{int(took % 60):02}"
        dots.append(
            f'<circle class="l{late}" cx="{a}" cy="{b}" r="{1.6 + 0.45 * late:.2f}"><title>{told}</title></circle>'
        )
    marks = [_post(place(float(one["lon"]), float(one["lat"])), one.get("name", "")) for one in posts]
    marks += [_door(place(float(one["lon"]), float(one["lat"])), one.get("name", "")) for one in doors]
    return _svg(f"{drawn}<g>{''.join(dots)}</g><g>{''.join(marks)}</g>", height, "Calls by response time", "map")


def late_class(took_s: float) -> int:
    """Return which of the map's classes a response falls into: 0 is the soonest; one more than the last, not known.

    >>> [late_class(s) for s in (200, 240, 241, 3000, float("nan"))]
    [0, 0, 1, 4, 5]
    """
    return len(LATE_MIN) + 1 if np.isnan(took_s) else int(np.searchsorted(LATE_MIN, took_s / 60, side="left"))


def _lines(roads: Mapping[str, Any]) -> Iterable[tuple[str, list[list[float]]]]:
    """Yield every line with its class of road."""
    for feature in roads["features"]:
        geometry = feature["geometry"]
        many = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
        for line in many:
            yield feature["properties"].get("class", ""), line


def _road_paths(lines: Sequence[tuple[str, list[list[float]]]], place: Any) -> str:
    """Return the roads as two paths, minor and major; points that fall on the same half pixel are drawn once."""
    paths: dict[bool, list[str]] = {False: [], True: []}
    for kind, line in lines:
        steps: list[tuple[float, float]] = []
        for one in line:
            a, b = place(one[0], one[1])
            spot = (round(a * 2) / 2, round(b * 2) / 2)
            if not steps or spot != steps[-1]:
                steps.append(spot)
        if len(steps) > 1:
            paths[kind in MAJOR].append("M" + "L".join(f"{a:g} {b:g}" for a, b in steps))
    return f'<path class="road" d="{"".join(paths[False])}"/><path class="road major" d="{"".join(paths[True])}"/>'


def _post(spot: tuple[float, float], name: str) -> str:
    """Return the mark of a station."""
    a, b = spot
    shape = f'<rect class="post" x="{a - 3.5:.1f}" y="{b - 3.5:.1f}" width="7" height="7">'
    return f"{shape}<title>{escape(name)}</title></rect>"


def _door(spot: tuple[float, float], name: str) -> str:
    """Return the mark of a hospital."""
    a, b = spot
    cross = f"M{a - 5:g} {b:g}h10M{a:g} {b - 5:g}v10"
    return f'<path class="door" d="{cross}"><title>{escape(name)}</title></path>'


def _grid(x: Axis, y: Axis, x_step: float, *, y_step: float, x_words: str, y_unit: str) -> str:
    """Return the lines and figures of both axes."""
    parts = []
    for value in np.arange(y.low, y.high + y_step / 2, y_step).tolist():
        parts.append(f'<line class="grid" x1="{x.start}" x2="{x.end}" y1="{y.at(value)}" y2="{y.at(value)}"/>')
        parts.append(f'<text class="tick end" x="{x.start - 8}" y="{y.at(value) + 4}">{value:g} {y_unit}</text>')
    values = np.arange(x.low, x.high + x_step / 2, x_step).tolist()
    parts += [f'<text class="tick mid" x="{x.at(value)}" y="{y.start + 17}">{value:g}</text>' for value in values]
    parts.append(f'<text class="tick mid" x="{(x.start + x.end) / 2}" y="{y.start + 35}">{x_words}</text>')
    return "".join(parts)


def _rules(x: Axis, y: Axis, step: float, words: str) -> str:
    """Return the lines and figures of an upright axis, and what it counts above it."""
    parts = []
    for value in np.arange(y.low, y.high + step / 2, step).tolist():
        parts.append(f'<line class="grid" x1="{x.start}" x2="{x.end}" y1="{y.at(value)}" y2="{y.at(value)}"/>')
        parts.append(f'<text class="tick end" x="{x.start - 8}" y="{y.at(value) + 4}">{value:g}</text>')
    parts.append(f'<text class="tick" x="{x.start + 4}" y="{y.end - 3}">{words}</text>')
    return "".join(parts)


def _svg(inside: str, height: float, words: str, kind: str = "") -> str:
    """Return the drawing, which scales with the page."""
    return (
        f'<svg class="{kind}" viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{escape(words)}">{inside}</svg>'
    )
