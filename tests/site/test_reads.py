"""Reads of patients' data: each is written down before it is shown, by whom, and none twice for nothing."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from goldenhour.access.live.models import Read, ReadCall, ReadHead
from goldenhour.access.live.reads import Reading, list_reads, record_read, verify
from goldenhour.access.table import ROWS, Shows
from goldenhour.cli.main import main as command_line
from goldenhour.site.accounts.reads_api import reads_of
from tests.roads.places import corner
from tests.site.conftest import START, new_id
from tests.site.test_accounts import Somebody, make
from tests.site.test_matrix import QUERIES, World


def test_every_address_that_reads_says_what_it_shows_of_patients():
    undecided = [row.address for row in ROWS if row.address.startswith("GET ") and row.shows is None]

    assert undecided == [], "Say in goldenhour/access/table.py what each shows: shows=Shows.NOTHING, or of which calls."


@pytest.fixture
def world(desk):
    return World(desk)


def ready(world, one):
    """Give every address something to show: times of a unit, a draft, whose number comes back."""
    body = {"id": new_id(), "unit": "town/M11", "slot": "ambulance"}
    assert one.ask("POST", f"/api/calls/{world.call}/assignments", body)[0] == 204
    assert one.ask("POST", "/api/units/town/M11/stamps", {"id": new_id(), "stamp": "en_route"})[0] == 204
    return one.ask("POST", "/api/drafts", {"id": new_id(), "fields": {"place": "12 main"}})[1]["call_id"]


LON, LAT = corner(2, 2)
ASKED = {"GET /api/premises": f"lon={LON}&lat={LAT}"}


def test_whoever_is_shown_anything_of_a_patient_left_a_read_and_whoever_is_not_left_none(world):
    """Every address that reads, once, as somebody with every role; nothing is asked twice."""
    desk = world.desk
    roles = ["supervisor", "quality", "medical_director", "credentialing", "administrator", "crew"]
    make(desk, "everything", *roles, f"hospital@{world.facility}")
    one = Somebody(desk)
    assert one.sign_in("everything")[0] == 200
    draft = ready(world, one)
    faults = []
    for row in ROWS:
        if not row.address.startswith("GET "):
            continue
        before = Read.objects.count()
        call = draft if "/drafts/" in row.address else world.call
        status = ask(world, one, row.address, call)
        left = list(Read.objects.filter(position__gt=before))
        if row.shows is Shows.NOTHING:
            faults += [f"{row.address} left a read"] if left else []
        elif status != 200:
            faults.append(f"{row.address} could not be asked: {status}. Give the world what it shows.")
        elif [(one.address, one.account, one.device) for one in left] != [(row.address, "everything", "this-machine")]:
            faults.append(f"{row.address} left {left}")
        elif row.shows is Shows.CALL and list_reads(call=call)[0].read.address != row.address:
            faults.append(f"{row.address} did not name {call}")
    assert faults == [], "\n" + "\n".join(faults)
    assert verify() == (Read.objects.count(), [])


def ask(world, one, address, call):
    parts = world.parts() | {"call_id": call}
    path = re.sub(r"\{(\w+)\}", lambda part: parts.get(part[1], "nothing"), address.removeprefix("GET "))
    query = ASKED.get(address) or QUERIES.get(address, "")
    answer = one.client.get(f"{path}?{query}")
    answer.close()
    return answer.status_code


def test_an_open_board_is_one_read_in_a_quarter_of_an_hour_and_names_every_call_that_stood_on_it(desk):
    make(desk, "alice", "dispatcher")
    alice = Somebody(desk)
    alice.sign_in("alice")
    for _ in range(5):
        assert alice.ask("GET", "/api/board")[0] == 200
        desk.wait(minutes=2)
    assert Read.objects.count() == 1
    call = alice.ask("POST", "/api/calls", {"id": new_id(), "lon": LON, "lat": LAT})[1]["call_id"]
    desk.wait(minutes=6)  # The quarter of an hour is over.
    alice.ask("GET", "/api/board")

    assert [one.read.at for one in who_read(desk, call)] == [desk.clock.at(), START + timedelta(minutes=0)]
    assert who_read(desk, "26-0099") == []

    alice.ask("DELETE", "/api/session")
    alice.sign_in("alice")
    alice.ask("GET", "/api/board")
    sessions = {one.session for one in Read.objects.all()}
    assert len(sessions) == 2
    assert "" not in sessions


def who_read(desk, call):
    return reads_of(call=call, account="", since=None, at=desk.clock.at())


def test_a_call_that_comes_into_a_list_later_is_named_when_it_is_shown(desk):
    make(desk, "alice", "dispatcher")
    alice = Somebody(desk)
    alice.sign_in("alice")
    first = alice.ask("POST", "/api/drafts", {"id": new_id()})[1]["call_id"]
    alice.ask("GET", "/api/drafts")
    second = alice.ask("POST", "/api/drafts", {"id": new_id()})[1]["call_id"]

    alice.ask("GET", "/api/drafts")
    alice.ask("GET", "/api/drafts")

    assert [one.calls for one in list_reads()] == [(second,), (first,)]


def test_what_was_refused_or_is_not_there_is_no_read(desk):
    make(desk, "carla", "planner")
    carla = Somebody(desk)
    carla.sign_in("carla")

    assert carla.ask("GET", "/api/board")[0] == 403
    assert Somebody(desk).ask("GET", "/api/calls/26-0001")[0] == 401
    make(desk, "alice", "dispatcher")
    alice = Somebody(desk)
    alice.sign_in("alice")
    assert alice.ask("GET", "/api/calls/26-0999")[0] == 404

    assert Read.objects.count() == 0


def test_nothing_is_shown_when_the_read_cannot_be_written(desk):
    call = desk.take_call()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE access_read RENAME TO access_read_gone")

    status, said = Somebody(desk).ask("GET", f"/api/calls/{call}")

    assert (status, said["code"]) == (409, "reads_unavailable")
    assert Somebody(desk).ask("GET", "/api/workforce/scope/vocabulary")[0] == 200  # Nothing of a patient is in it.
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE access_read_gone RENAME TO access_read")
    assert Somebody(desk).ask("GET", f"/api/calls/{call}")[0] == 200
    assert [one.calls for one in list_reads()] == [(call,)]


def test_many_at_once_are_all_written_in_one_chain(desk):
    call = desk.take_call()
    at = desk.clock.at()

    def read(number):
        try:
            record_read(reading(number, call, at))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(read, range(40)))

    assert verify() == (40, [])
    assert {one.read.account for one in list_reads(call=call)} == {f"a{number}" for number in range(40)}


def reading(number, call, at):
    return Reading(at=at, account=f"a{number}", address="GET /api/calls/{call_id}", named=call, calls=frozenset({call}))


def test_a_read_that_is_changed_dropped_or_cut_off_is_found(desk):
    at = desk.clock.at()
    for number in range(6):
        record_read(reading(number, "26-0001", at))
    record_read(reading(9, "26-0001", at + timedelta(hours=2)))  # The log hears where the chain ends.
    assert verify() == (7, [])

    for harm in (
        lambda: Read.objects.filter(position=3).update(account="somebody.else"),
        lambda: Read.objects.filter(position=7).update(device="elsewhere"),
        lambda: ReadCall.objects.filter(read=4).delete(),
        lambda: Read.objects.filter(position=2).delete(),
        lambda: (Read.objects.filter(position=7).delete(), ReadHead.objects.update(position=6)),
    ):
        with transaction.atomic():
            harm()
            assert verify()[1], harm
            transaction.set_rollback(True)
    assert verify() == (7, [])


def test_quality_sees_all_reads_and_an_administrator_those_of_the_own_agencys_accounts(desk):
    call = desk.take_call()
    make(desk, "q.one", "quality")
    make(desk, "town.admin", "administrator@town", agency="town")
    make(desk, "town.desk", "dispatcher", agency="town")
    make(desk, "other.desk", "dispatcher", agency="elsewhere")
    for name in ("town.desk", "other.desk"):
        one = Somebody(desk)
        one.sign_in(name)
        assert one.ask("GET", f"/api/calls/{call}")[0] == 200
    quality, admin = Somebody(desk), Somebody(desk)
    quality.sign_in("q.one")
    admin.sign_in("town.admin")

    assert [one["account"] for one in quality.ask("GET", f"/api/reads?call={call}")[1]] == ["other.desk", "town.desk"]
    assert [one["account"] for one in admin.ask("GET", f"/api/reads?call={call}")[1]] == ["town.desk"]
    assert [one["address"] for one in quality.ask("GET", "/api/reads?account=town.desk")[1]] == [
        "GET /api/calls/{call_id}"
    ]


def test_the_command_line_says_who_read_a_call(desk, monkeypatch, capsys):
    call = desk.take_call()
    desk.get(f"/api/calls/{call}")
    monkeypatch.setattr("sys.argv", ["goldenhour", "accounts", "reads", "--call", call])

    with pytest.raises(SystemExit) as ended:
        command_line()

    assert ended.value.code == 0
    assert f"GET /api/calls/{{call_id}}  {call}  (this-machine)" in capsys.readouterr().out
