"""A small town with a desk: three ambulances and an engine, one hospital, the clock of the test."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import uuid_utils
from django.test import Client

from goldenhour.roads.build import sf
from goldenhour.roads.region import write
from goldenhour.site.clock import Clock, set_clock
from goldenhour.site.opening import open_region
from tests.roads.places import corner, sf_files

START = datetime(2026, 3, 1, 22, 2, 31, tzinfo=UTC)  # 14:02:31 in town.
UNITS = """id,call_sign,agency,type,station,crew,levels,skills,can_transport,turnout_s,shifts
town/E1,E1,town,engine,1,4,emt;emt;emr;emr,,0,60,
town/M11,M11,town,ambulance,1,2,paramedic;emt,,1,60,
town/M12,M12,town,ambulance,1,2,paramedic;emt,,1,60,
town/M13,M13,town,ambulance,1,2,paramedic;emt,,1,60,
town/V1,V1,town,ambulance,1,2,emt;emt,,1,60,Mon 03:00-03:01
"""


class Desk:
    """Somebody at the machine that goldenhour runs on. Each answer is (status, body)."""

    def __init__(self, clock):
        self.clock = clock
        self.client = Client(headers={"Host": "localhost"})

    def wait(self, **time):
        self.clock.leap(self.clock.at() + timedelta(**time))

    def get(self, path):
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(self, path, **body):
        answer = self.client.post(path, json.dumps(body), content_type="application/json")
        return answer.status_code, answer.json() if answer.content else None

    def take_call(self, nature="cardiac_arrest", **more):
        lon, lat = corner(2, 2)
        status, said = self.post("/api/calls", **{"id": new_id(), "lon": lon, "lat": lat, "nature": nature, **more})
        assert status == 201, said
        return said["call_id"]

    def assign(self, call, unit, **more):
        body = {"id": new_id(), "unit": f"town/{unit}", "slot": "ambulance", **more}
        return self.post(f"/api/calls/{call}/assignments", **body)

    def stamp(self, unit, stamp, **more):
        return self.post(f"/api/units/town/{unit}/stamps", **{"id": new_id(), "stamp": stamp, **more})

    def unit(self, call_sign):
        return next(one for one in self.get("/api/board")["units"] if one["call_sign"] == call_sign)

    def call(self, number):
        return next(one for one in self.get("/api/board")["calls"] if one["id"] == number)

    def names(self):
        """The names of what the log holds, oldest first."""
        return [one["name"] for one in self.get("/api/log?limit=500")][::-1]


def new_id():
    return str(uuid_utils.uuid7())


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    """The folder of a region of sixteen corners."""
    source, region = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("regions") / "town"
    for name, content in sf_files().items():
        (source / name).write_text(content)
    write(sf.build(source), region)
    (region / "units.csv").write_text(UNITS)
    return region


@pytest.fixture
def clock():
    """The site's clock, at START, moved on by the test alone."""
    clock = Clock(START, paused=True)
    before = set_clock(clock)
    yield clock
    set_clock(before)


@pytest.fixture
def desk(database, town, settings, clock):
    """A desk in the town, its units and hospital known to the log."""
    settings.GOLDENHOUR_REGION = str(town)
    open_region(at=clock.at())
    return Desk(clock)
