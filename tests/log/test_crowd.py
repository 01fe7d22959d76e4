"""Several processes at once, and processes that die: the log holds."""

import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connection

from goldenhour.log.live import feed
from goldenhour.log.live.models import LoggedEvent
from goldenhour.log.live.rebuild import rebuild
from goldenhour.log.live.verify import verify
from tests.log.desk.models import Assignment, Call
from tests.log.desk.services import call_take

AT = datetime(2026, 3, 1, 14, 2, 31, tzinfo=UTC)


def start(database, job, *told):
    env = {**database.env, "DJANGO_SETTINGS_MODULE": "tests.log.settings"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.log.writer", job, *map(str, told)],
        env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
    )  # fmt: skip


def race(database, rounds):
    """Let four writers, each a process, send one unit at the same time, each to a call of its own; once a round."""
    for number in range(4):
        call_take(f"26-000{number}", at=AT)
    writers = [start(database, "race", number, rounds) for number in range(4)]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:  # All are up: off they go.
        writer.stdin.write("go\n")
    return [line for writer in writers for line in writer.communicate(timeout=120)[0].splitlines()]


@pytest.mark.parametrize("rounds", [10, pytest.param(300, marks=pytest.mark.soak)])
def test_of_four_writers_racing_for_a_unit_one_wins_and_the_others_read_why(database, rounds):
    answers = race(database, rounds)

    assert len(answers) == 4 * rounds
    won = Counter(line.split()[1] for line in answers if line.startswith("sent"))
    lost = [line for line in answers if not line.startswith("sent")]
    assert won == Counter({f"M{number}": 1 for number in range(rounds)})
    assert all(" has been on call 26-000" in line and "Pick another unit" in line for line in lost)
    assert Assignment.objects.count() == rounds
    assert feed.head().position == LoggedEvent.objects.count() == 4 + rounds
    assert verify().faults == []


def killed(database, *, after):
    """Kill a writer in the middle of 500 commands; return the calls that it was told are recorded."""
    with start(database, "work", 500) as writer:
        acknowledged = [writer.stdout.readline().strip() for _ in range(after)]
        writer.send_signal(signal.SIGKILL)
        acknowledged += writer.stdout.read().split()
    assert writer.returncode == -signal.SIGKILL
    assert after <= len(acknowledged) < 500
    return acknowledged


@pytest.mark.parametrize(
    "kills", [pytest.param([3, 120, 260], id="3"), pytest.param(range(1, 480, 9), id="54", marks=pytest.mark.soak)]
)
def test_a_writer_killed_in_the_middle_loses_nothing_acknowledged_and_leaves_nothing_half_done(database, kills):
    acknowledged = []
    for after in kills:
        acknowledged += killed(database, after=after)
        connection.close()

    # Each command takes a call and sends a unit to it: both, or neither.
    taken = set(Call.objects.values_list("call_id", flat=True))
    assert taken == set(Assignment.objects.values_list("call_id", flat=True))
    assert set(acknowledged) <= taken
    assert len(taken) - len(acknowledged) <= len(kills)  # At most the one under way was done and not told.
    assert feed.head().position == LoggedEvent.objects.count() == 2 * len(taken)
    assert verify().faults == []
    assert rebuild().differences == []


def test_two_processes_retrying_the_same_command_make_one_event(database):
    one = "01890a5d-ac96-774b-bcce-b302099a8057"
    writers = [start(database, "same", one) for _ in range(2)]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
    answers = {writer.communicate(timeout=60)[0] for writer in writers}

    assert answers == {f"1 {one}\n"}
    assert LoggedEvent.objects.count() == Call.objects.count() == 1
