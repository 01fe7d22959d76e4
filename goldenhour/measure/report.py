"""A report as one HTML file: it opens anywhere, needs no network, and says how each figure was reached."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from goldenhour.fleet.status import Stamp
from goldenhour.measure.drawings import LATE_MIN, MOST_DOTS, Curve, call_map, hour_load, response_curves
from goldenhour.measure.intervals import ALL, QUANTILE, SUMMARY, first_on_scene, summary, with_area
from goldenhour.measure.targets import Target, clock, judge, region_targets, targets_on
from goldenhour.roads.region import Region

_STYLE = Path(__file__).with_name("report.css")
_MOST_AREAS = 40
_MINUS = chr(0x2212)  # As wide as a plus, so that columns stand.
_WORDS = {True: ("met", "met"), False: ("missed", "not met"), None: ("open", "not judged")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a report is made from."""

    title: str  # Such as "San Francisco, 8 days".
    about: str  # One sentence: what was measured, or simulated.
    runs: pl.DataFrame  # See measure.intervals; with lon, lat and hour (of the place) where known, and area.
    days: float  # Length of the time measured.
    targets: Sequence[Target] = ()
    target_s: Mapping[int, float] = field(default_factory=dict)  # Response target of each priority, for the curves.
    roads: Mapping[str, Any] | None = None  # GeoJSON of the base map.
    stations: Sequence[Mapping[str, str]] = ()
    hospitals: Sequence[Mapping[str, str]] = ()
    facts: Mapping[str, str] = field(default_factory=dict)  # Seed, policy, versions, checksums: how to repeat it.
    notes: Sequence[str] = ()  # Warnings and limits, a sentence each.
    intervals: Mapping[str, Any] | None = None  # A summary made elsewhere, such as the mean of replications.
    skills: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # Time until somebody may do it, by skill.
    compared: Mapping[str, Any] | None = None  # What a change does: see simulate.compare.


def report_of(
    runs: pl.DataFrame, region: Region, *, title: str, about: str, days: float, day: date, **more: Any
) -> Report:
    """Return a report of runs in a region: its base map, posts and doors, its targets and its jurisdiction's.

    `day` says which targets are in force; `more` is the rest of Report. Runs with lon and lat get their areas.
    """
    settings = region.settings
    own = {int(priority): float(seconds) for priority, seconds in settings.get("target_response_s", {}).items()}
    base_map = region.folder / "map" / "roads.geojson"
    stations = region.table("stations")
    if {"lon", "lat"} <= set(runs.columns) and "area" not in runs.columns:
        network = region.network
        runs = with_area(runs, stations, km_per_lon=network.km_per_lon, km_per_lat=network.km_per_lat)
    targets = targets_on(day, jurisdiction=settings.get("jurisdiction", ""))
    return Report(
        title=title,
        about=about,
        runs=runs,
        days=days,
        targets=[*region_targets(own, source="the region's own target_response_s"), *targets],
        target_s=own,
        roads=json.loads(base_map.read_bytes()) if base_map.exists() else None,
        stations=stations,
        hospitals=region.table("hospitals"),
        **more,
    )


def report_html(report: Report) -> str:
    """Return the report as a page."""
    calls = first_on_scene(report.runs)
    sections = [
        _figures(report, calls),
        _section("What the change does", _change_about(report.compared), _changes(report.compared))
        if report.compared
        else "",
        _section("Response times", _CURVES_ABOUT, response_curves(_curves(calls, report.target_s))),
        _section("Targets", "", _verdicts(report)) if report.targets else "",
        _section("Who may do what", _SKILLS_ABOUT, _skills(report.skills)) if report.skills else "",
        _section("Load over the day", _LOAD_ABOUT, _load(calls, report.days)) if "hour" in calls.columns else "",
        _section("Where people waited", _map_about(len(calls)), _map(report, calls)) if "lon" in calls.columns else "",
        _section("Intervals", _INTERVALS_ABOUT, _intervals(report.intervals or summary(report.runs))),
        _section(
            "Areas", "Response to calls in each area, from the first ring to the first unit on scene.", _areas(calls)
        )
        if "area" in calls.columns
        else "",
        _section("How this was reached", "", _facts(report)),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(report.title)}</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head><body><main>"
        f'<header><p class="brand">goldenhour</p><h1>{escape(report.title)}</h1><p>{escape(report.about)}</p></header>'
        f"{''.join(sections)}</main></body></html>\n"
    )


_CURVES_ABOUT = (
    "How many calls had their first unit on scene within a time. A circle stands where a curve meets its target; the "
    "dotted line is 90 %."
)
_LOAD_ABOUT = "Calls received in each hour of the local day, on average, and how soon nine in ten had a unit on scene."
_INTERVALS_ABOUT = (
    "From the time stamps of every unit. Missing: one end was not stamped, so the interval is left out, never taken as "
    "zero. Negative: the stamps are in the wrong order, left out as well."
)


def _section(title: str, about: str, inside: str) -> str:
    """Return one card of the page."""
    words = f"<p>{escape(about)}</p>" if about else ""
    return f"<section><h2>{escape(title)}</h2>{words}{inside}</section>"


def _figures(report: Report, calls: pl.DataFrame) -> str:
    """Return the figures at the top."""
    took = _good(calls)
    first = calls.filter(pl.col("priority") == calls["priority"].min()) if len(calls) else calls
    urgent = _good(first)
    rows = [(f"{len(calls):,}", f"calls in {report.days:g} day{'' if report.days == 1 else 's'}")]
    if len(took):
        rows.append((clock(float(np.median(took))), "median response"))
        rows.append((clock(float(np.quantile(took, 0.9))), "until nine in ten had a unit"))
    if len(urgent):
        priority = int(first["priority"][0])
        rows.append((clock(float(np.quantile(urgent, 0.9))), f"until nine in ten of priority {priority} did"))
        target = report.target_s.get(priority)
        if target:
            share = 100 * float(np.mean(urgent <= target))
            rows.append((f"{share:.1f} %", f"of priority {priority} within {clock(target)}"))
    unanswered = len(calls) - len(took)
    rows.append((f"{unanswered:,}", "calls without a known arrival"))
    return f'<div class="figures">{"".join(_figure(*row) for row in rows)}</div>'


def _figure(value: str, words: str) -> str:
    """Return one figure with what it counts."""
    return f'<div class="figure"><b>{escape(value)}</b><span>{escape(words)}</span></div>'


def _good(calls: pl.DataFrame) -> Any:
    """Return the response times that are known and not negative, in seconds."""
    took = calls["response_s"].drop_nulls()
    return took.filter(took >= 0).to_numpy()


def _curves(calls: pl.DataFrame, target_s: Mapping[int, float]) -> list[Curve]:
    """Return a curve for each priority."""
    return [
        Curve(
            priority=priority,
            took_s=_good(calls.filter(pl.col("priority") == priority)),
            target_s=target_s.get(priority),
        )
        for priority in sorted(calls["priority"].drop_nulls().unique().to_list())
    ]


def _verdicts(report: Report) -> str:
    """Return each target with how it was met."""
    lines = []
    for target in report.targets:
        verdict = judge(report.runs, target)
        kind, mark = _WORDS[verdict.met]
        sign = {"met": "&#10003; ", "missed": "&#10007; ", "open": "&ndash; "}[kind]
        lines.append(
            f'<li><span class="mark {kind}">{sign}{mark}</span><span>{escape(verdict.words)}'
            f"<small>{escape(target.rule.source)}</small></span></li>"
        )
    return f'<ul class="verdicts">{"".join(lines)}</ul>'


def _load(calls: pl.DataFrame, days: float) -> str:
    """Return the drawing of the day."""
    counts, p90 = np.zeros(24), np.full(24, np.nan)
    for hour in range(24):
        these = calls.filter(pl.col("hour") == hour)
        counts[hour] = len(these) / max(days, 1 / 24)
        took = _good(these)
        if len(took):
            p90[hour] = np.quantile(took, 0.9)
    return hour_load(counts, p90)


def _map_about(calls: int) -> str:
    """Return what the map shows."""
    every = max(1, -(-calls // MOST_DOTS))
    drawn = "" if every == 1 else f" One call in {every} of {calls:,} is drawn."
    return f"Each call where it was, by how long the first unit took.{drawn}"


def _map(report: Report, calls: pl.DataFrame) -> str:
    """Return the map with its legend."""
    placed = calls.filter(pl.col("lon").is_not_null() & pl.col("lat").is_not_null())
    took = placed["response_s"].fill_null(float("nan")).cast(pl.Float64).to_numpy()
    drawn = call_map(
        placed["lon"].to_numpy(), placed["lat"].to_numpy(), took,
        roads=report.roads, posts=report.stations, doors=report.hospitals,
    )  # fmt: skip
    names = [f"up to {LATE_MIN[0]} min", *(f"{a} to {b} min" for a, b in pairwise(LATE_MIN))]
    names += [f"over {LATE_MIN[-1]} min", "no arrival stamped"]
    items = [_key(f'<circle class="l{k}" cx="8" cy="8" r="{3 + 0.8 * k:.1f}"/>', name) for k, name in enumerate(names)]
    items.append(_key('<rect class="post" x="4" y="4" width="8" height="8"/>', "station"))
    items.append(_key('<path class="door" d="M3 8h10M8 3v10"/>', "hospital"))
    return f'{drawn}<ul class="legend">{"".join(items)}</ul>'


def _key(shape: str, name: str) -> str:
    """Return one entry of the legend."""
    return f'<li><svg viewBox="0 0 16 16" aria-hidden="true">{shape}</svg>{escape(name)}</li>'


def _intervals(found: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """Return the table of intervals, for all and for each type of unit."""
    half = any("half_width_s" in who for names in found.values() for who in names.values())
    heads = [
        "Interval",
        "NEMSIS",
        "n",
        "mean",
        "median",
        "90 %",
        *(["&plusmn; mean"] if half else []),
        "missing",
        "negative",
    ]
    rows = []
    for name, by_type in found.items():
        types = [ALL, *sorted(set(by_type) - {ALL})] if len(by_type) > 2 else [ALL]  # noqa: PLR2004 -- One type is all.
        for who in types:
            row, part = by_type[who], who != ALL
            words = who.replace("_", " ") if part else name.replace("_", " ")
            cells = [
                words, "" if part else _elements(name), f"{row['n']:,}",
                *(_time(row.get(key)) for key in ("mean_s", "median_s", "p90_s")),
                *([_time(_half(row))] if half else []),
                f"{row.get('missing', 0):,}", f"{row.get('negative', 0):,}",
            ]  # fmt: skip
            rows.append(
                f'<tr class="{"part" if part else "all"}">{"".join(f"<td>{escape(one)}</td>" for one in cells)}</tr>'
            )
    return _table(heads, rows)


_SKILLS_ABOUT = (
    "From the first ring until somebody was on scene who may give that care there on that day. Never: nobody who may "
    "came. Unknown: somebody came before of whose crew nobody states a level, or of whom no rule speaks."
)


def _skills(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the table of times until somebody may do it."""
    rows = []
    for name, row in found.items():
        figures = [_time(row.get(key)) for key in ("mean_s", "median_s", "p90_s")]
        cells = [_skill_words(name), f"{row['n']:,}", *figures, f"{row['never_n']:,}", f"{row['unknown_n']:,}"]
        rows.append(f"<tr>{''.join(f'<td>{escape(one)}</td>' for one in cells)}</tr>")
    return _table(["Care", "calls", "mean", "median", "90 %", "never", "unknown"], rows)


def _skill_words(name: str) -> str:
    """Return what people call a skill time, or another figure."""
    skill, _, of = name.removeprefix("skill:").partition("@")
    return skill.replace("_", " ") + (f" on {of.replace('_', ' ').replace(',', ', ')}" if of else "")


def _change_about(told: Mapping[str, Any] | None) -> str:
    """Return what was changed, and how the two were compared."""
    if told is None:
        return ""
    pairs = told["pairs"]
    return (
        f"{told['words'][:1].upper()}{told['words'][1:]}: {pairs} pair{'' if pairs == 1 else 's'} of runs on the same "
        f"calls with the same luck; \u00b1 is half the {100 * told['confidence']:.0f} % t-interval over them. A time "
        "that is not stamped is left out, never zero."
    )


def _changes(told: Mapping[str, Any] | None) -> str:
    """Return the table of figures before and after a change, and their differences."""
    rows = []
    figures: Mapping[str, Any] = told["figures"] if told else {}
    for name, row in sorted(figures.items(), key=lambda one: not one[0].startswith("skill:")):
        cells = [_skill_words(name)]
        for side in ("before", "after"):
            figure = row[side]
            cells += [_give_or_take(figure.get("mean_s"), figure.get("half_width_s")), _time(figure.get("p90_s"))]
        difference = row["difference"]
        for key in ("mean_s", "p90_s"):
            cells.append(_give_or_take(difference.get(key), difference.get(f"{key}_half_width"), signed=True))
        rows.append(f"<tr>{''.join(f'<td>{escape(one)}</td>' for one in cells)}</tr>")
    heads = ["", "before: mean", "90 %", "after: mean", "90 %", "difference of means", "of 90 %"]
    return _table(heads, rows)


def _give_or_take(seconds: float | None, half: float | None, *, signed: bool = False) -> str:
    """Return a time with half its interval; a difference with its sign."""
    if seconds is None:
        return _time(None)
    if signed and seconds == 0 and not half:
        return "the same"
    sign = "" if not signed else _MINUS if seconds < 0 else "+"
    return f"{sign}{clock(abs(seconds))}" + ("" if half is None else f" ± {clock(half)}")


def _elements(name: str) -> str:
    """Return an interval's definition in NEMSIS elements."""
    return f"eTimes {SUMMARY[name].elements}" if name in SUMMARY else ""


def _half(row: Mapping[str, Any]) -> float | None:
    """Return the half width of the mean's confidence interval, however the summary holds it."""
    half = row.get("half_width_s")
    return half.get("mean_s") if isinstance(half, Mapping) else half


def _time(seconds: float | None) -> str:
    """Return a time, or a dash where there is none: missing is never zero."""
    return "\u2013" if seconds is None else clock(seconds)


def _table(heads: Sequence[str], rows: Sequence[str]) -> str:
    """Return a table that scrolls where the page is narrow."""
    top = "".join(f"<th>{one}</th>" for one in heads)
    return f'<div class="scroll"><table><thead><tr>{top}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _areas(calls: pl.DataFrame) -> str:
    """Return the table of areas, those with most calls first."""
    groups = calls.group_by("area").len().sort(["len", "area"], descending=[True, False]).head(_MOST_AREAS)
    rows = []
    for area, count in groups.rows():
        took = _good(calls.filter(pl.col("area") == area))
        figures = [_time(float(np.quantile(took, q)) if len(took) else None) for q in (0.5, 0.9)]
        cells = [str(area), f"{count:,}", *figures]
        rows.append(f"<tr>{''.join(f'<td>{escape(one)}</td>' for one in cells)}</tr>")
    return _table(["Area", "calls", "median", "90 %"], rows)


def _facts(report: Report) -> str:
    """Return how the figures can be reached again, and their limits."""
    clocks = report.runs[Stamp.PSAP_CALL].drop_nulls().len() if Stamp.PSAP_CALL in report.runs.columns else 0
    facts = {
        **report.facts,
        "Quantiles": QUANTILE,
        "Response": f"from the first ring to a unit on scene; {clocks:,} of {len(report.runs):,} runs know the ring",
    }
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items())
    notes = "".join(f"<dt>Note</dt><dd>{escape(note)}</dd>" for note in report.notes)
    return f"<dl>{lines}{notes}</dl>"
