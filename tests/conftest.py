"""What every test can ask for: the shared test data, a database of its own, Hypothesis without a stopwatch."""

import json
import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from django.http import HttpResponseBase
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from ninja import Status
from ninja.operation import Operation
from ninja.responses import NinjaJSONEncoder
from pydantic import BaseModel

from goldenhour.roads.build import jemss
from goldenhour.roads.region import write
from tests import database as databases
from tools.postgres import in_memory

HOUSE = Path(__file__).parents[1]
_TOUCH_THE_DATABASE = {"database", "_template", "db", "transactional_db", "live_server", "django_db_setup"}

# No deadline: the first call of a kernel compiles it.
settings.register_profile("soak", deadline=None, max_examples=1000)
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))

# What tests write lies in memory where there is room: nothing of it need survive a power cut.
if _MEMORY := in_memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


def pytest_report_header():
    return f"database: {'PostgreSQL' if databases.ON_POSTGRES else 'SQLite'}"


def pytest_collection_modifyitems(items):
    """Mark what touches the database: it runs once on SQLite and once on PostgreSQL."""
    for item in items:
        touches = _TOUCH_THE_DATABASE.intersection(getattr(item, "fixturenames", ()))
        if touches or item.get_closest_marker("django_db"):
            item.add_marker("db")


@pytest.fixture(scope="session")
def shared():
    """The folder of real calls, golden files and reference material that stands beside the repository."""
    folder = Path(os.environ.get("GOLDENHOUR_SHARED", HOUSE.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"The shared test data is missing: no folder {folder} (GOLDENHOUR_SHARED names another).")
    return folder


@pytest.fixture(scope="session")
def real_city(shared, tmp_path_factory):
    """Return how to get a real city as a region: built once. Who asks is of the xdist group "cities": one process."""

    @cache
    def built(name):
        return write(jemss.build(shared / "data" / "cities" / name), tmp_path_factory.mktemp("city") / name)

    return built


@pytest.fixture(scope="session")
def _template(tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock():
        name = databases.make_template(tmp_path_factory.mktemp("template"))
        yield name
        databases.drop(name)


@pytest.fixture
def database(_template, tmp_path, settings, django_db_blocker):
    """A real database of this test's own, with commits, other threads and other processes: see tests/database.py."""
    settings.DATA = tmp_path
    with django_db_blocker.unblock(), databases.copy_of(_template, tmp_path) as mine:
        yield mine


@pytest.fixture
def at():
    """A moment in tests: nobody's clock is read."""
    return datetime(2026, 3, 1, 14, 2, 31, tzinfo=UTC)


@pytest.fixture(autouse=True, scope="session")
def _flush_with_guards_lifted():
    """Lift the log's guards where Django empties every table after a test with real commits: they rightly refuse."""
    empty = TransactionTestCase._fixture_teardown

    def lifted(self):
        with databases.guards_lifted():
            empty(self)

    TransactionTestCase._fixture_teardown = lifted
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(autouse=True, scope="session")
def _shaped():
    """Hold every answer that went through its shape against what its room had made: return those that differ."""
    shape, differ = Operation._result_to_response, []

    def held(self, request, result, temporal_response):
        answer = shape(self, request, result, temporal_response)
        made = result.value if isinstance(result, Status) else result
        if not isinstance(made, HttpResponseBase | BaseModel) and answer.content:
            before = json.loads(json.dumps(made, cls=NinjaJSONEncoder))
            if json.dumps(before, sort_keys=True) != json.dumps(json.loads(answer.content), sort_keys=True):
                differ.append(f"{request.method} {request.resolver_match.route}: {before} became {answer.content}")
        return answer

    Operation._result_to_response = held
    yield differ
    Operation._result_to_response = shape


@pytest.fixture(autouse=True)
def _no_shape_changes_an_answer(_shaped):
    """A field that a shape does not name would be lost without a word; so would the kind of a number."""
    yield
    wrong, _shaped[:] = list(_shaped), []
    assert not wrong, "\n".join(wrong)
