"""`goldenhour measure` tells the intervals of recorded events and judges them; a wrong file is refused in words."""

import json
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from typer.testing import CliRunner

from goldenhour.cli.main import gather
from goldenhour.errors import BadInput
from goldenhour.roads.build import sf
from goldenhour.roads.region import write
from tests.roads.places import SOUTH, WEST, put, sf_files

NOON = datetime(2026, 3, 1, 20, tzinfo=UTC)  # Noon in San Francisco.


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    folder = tmp_path_factory.mktemp("measure")
    write(sf.build(put(folder / "town", sf_files())), folder / "region")
    return folder / "region"


@pytest.fixture
def events(tmp_path):
    rows = []

    def tell(seconds, name, **payload):
        at = NOON + timedelta(seconds=seconds)
        rows.append({"id": str(len(rows)), "name": name, "at": at, "payload": json.dumps(payload)})

    tell(0, "fleet.unit_registered", unit="x/M1", type="ambulance")
    for call in range(40):
        who, start = {"call_id": f"26-{call:04}", "unit": "x/M1"}, call * 3600
        tell(start, "calls.call_received", call_id=who["call_id"], priority=1, nature="fall", lon=WEST, lat=SOUTH)
        tell(start + 30, "dispatch.unit_assigned", slot="ambulance", **who)
        for seconds, stamp in ((30, "unit_notified"), (90, "en_route"), (300, "on_scene"), (900, "back_in_service")):
            if call or stamp != "on_scene":  # On the first call nobody pressed it.
                tell(start + seconds, "fleet.time_stamped", stamp=stamp, flags=[], **who)
    pl.DataFrame(rows).write_parquet(tmp_path / "events.parquet")
    return tmp_path / "events.parquet"


def measure(*arguments):
    return CliRunner().invoke(gather("measure"), ["measure", *map(str, arguments)], catch_exceptions=False)


def test_it_tells_intervals_verdicts_and_writes_the_report(events, region, tmp_path):
    told = measure(events, region, "--json", "--html", tmp_path / "report.html")

    found = json.loads(told.stdout)
    assert told.exit_code == 0
    assert found["intervals"]["response"]["all"] == {
        "n": 39, "mean_s": 300.0, "median_s": 300.0, "p90_s": 300.0, "missing": 1, "absent": 0, "negative": 0,
    }  # fmt: skip
    travel = next(one for one in found["targets"] if one["id"].startswith("nfpa-1710-travel-first"))
    assert (travel["met"], travel["n"], travel["share"]) == (True, 39, 1.0)
    assert travel["source"]
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "2026-03-01 to 2026-03-03" in page
    assert 'class="road' in page  # The region's own streets.
    assert "Station 1" in page


def test_it_tells_people_the_same(events, region):
    told = measure(events, region)

    assert "NFPA 1710: travel (priority 1 and 2, first unit on scene) at most 4:00 for 90 %: met" in told.stdout
    assert " 0:00 " not in told.stdout  # What is missing is a dash.


@pytest.mark.parametrize(
    ("content", "said"), [(None, "cannot be read as Parquet"), ({"id": ["1"]}, "has no at, name, payload")]
)
def test_a_wrong_file_is_refused_in_words(region, tmp_path, content, said):
    if content:
        pl.DataFrame(content).write_parquet(tmp_path / "wrong.parquet")

    with pytest.raises(BadInput, match=said):
        measure(tmp_path / "wrong.parquet", region)
