"""The report is one file that opens anywhere, needs no network, and never shows a missing time as zero."""

import re
from datetime import date
from html.parser import HTMLParser

import numpy as np
import pytest

from goldenhour.fleet.status import Stamp
from goldenhour.measure.report import Report, report_html
from goldenhour.measure.targets import region_targets, targets_on
from tests.measure.test_intervals import runs

S = Stamp
ROADS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"class": "arterial", "name": "Main St"},
            "geometry": {"type": "MultiLineString", "coordinates": [[[-122.5, 37.7], [-122.4, 37.8]]]},
        }
    ],
}


class Tags(HTMLParser):
    """Keeps what is open, and every address that is asked for."""

    def __init__(self):
        super().__init__()
        self.open, self.addresses = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in {"meta", "line", "rect", "circle", "polyline", "path", "link", "img", "br"}:
            self.open.append(tag)
        self.addresses += [value for name, value in attrs if name in {"src", "href", "srcset", "action"}]

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if tag in {"rect", "circle", "polyline", "path", "line"}:
            return
        assert self.open.pop() == tag


def report(table, **more):
    return Report(**({"title": "EX <County>", "about": "Simulated.", "runs": table, "days": 1} | more))


def some_runs(n=60):
    rows = [{S.PSAP_CALL: 0, S.UNIT_NOTIFIED: 30, S.EN_ROUTE: 90, S.ON_SCENE: 200 + 10 * k} for k in range(n)]
    return runs(
        *rows, {S.PSAP_CALL: 0},
        priority=[1 + k % 3 for k in range(n)] + [1],
        hour=[k % 24 for k in range(n)] + [0],
        area=["Mission & Main"] * (n + 1),
        lon=np.linspace(-122.5, -122.4, n + 1),
        lat=np.linspace(37.7, 37.8, n + 1),
    )  # fmt: skip


@pytest.fixture(scope="module")
def shown():
    targets = [*region_targets({1: 480}, source="region.toml"), *targets_on(date(2026, 1, 1), jurisdiction="US")]
    return report_html(
        report(some_runs(), targets=targets, target_s={1: 480, 2: 600}, roads=ROADS, facts={"Seed": "7"},
               stations=[{"lon": "-122.45", "lat": "37.75", "name": "Station <1>"}], notes=["Roads of 2014."])
    )  # fmt: skip


def test_it_is_well_formed_and_asks_for_nothing(shown):
    tags = Tags()
    tags.feed(shown)

    assert tags.open == []
    assert tags.addresses == []
    assert not re.search(r"url\(|@import|<script", shown)


def test_it_shows_curves_load_map_targets_intervals_and_how_to_repeat_it(shown):
    parts = (
        "Response times",
        "Load over the day",
        "Where people waited",
        "Targets",
        "Intervals",
        "Areas",
        "Priority 1",
    )
    details = ("eTimes 06 - 05", "Seed", "Roads of 2014.", "definition 7", "prefers-color-scheme: dark")
    for words in parts + details:
        assert words in shown
    assert shown.count('class="curve p') == 3
    assert shown.count('<rect class="bar"') == 24


def test_text_from_outside_is_escaped(shown):
    assert "EX &lt;County&gt;" in shown
    assert "Station &lt;1&gt;" in shown
    assert "Mission &amp; Main" in shown
    assert "<County>" not in shown


def test_a_missing_time_is_a_dash_never_zero(shown):
    row = re.search(r'<tr class="all"><td>transport</td>.*?</tr>', shown).group()

    assert "<td>0</td>" in row  # None of them,
    assert row.count("<td>\u2013</td>") == 3  # so no mean, median or percentile.
    assert "<td>0:00</td>" not in shown


def test_a_report_of_nothing_says_so():
    shown = report_html(report(some_runs(0).clear()))

    assert "No call had a unit on scene" in shown
    assert "There is nothing to draw" in shown


def test_half_widths_of_replications_are_shown():
    one = {"n": 10, "mean_s": 100.0, "median_s": 90.0, "p90_s": 150.0, "half_width_s": {"mean_s": 4.0}}
    shown = report_html(report(some_runs(), intervals={"response": {"all": one}}))

    assert "<td>0:04</td>" in shown
