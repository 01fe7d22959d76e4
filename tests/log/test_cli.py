"""`goldenhour log ...`, as an operator types it."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.db import connection
from typer.testing import CliRunner

from goldenhour.cli.log import app
from goldenhour.errors import BadInput, Refused
from goldenhour.log.live import feed
from tests import database as databases
from tests.log.desk.models import Call
from tests.log.desk.services import call_take, unit_send
from tests.shell import typed, typed_afresh

AT = datetime(2026, 3, 1, 14, 2, 31, tzinfo=UTC)


@pytest.fixture
def log(database):
    call_take("26-0001", at=AT, agency="north", callback="555-0199")
    unit_send("26-0001", "M12", at=AT, agency="south")
    return database


def goldenhour(*words):
    """Run a command in this process; return what it prints, or raise what it refuses with."""
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def test_from_the_shell_a_whole_log_is_exit_0_and_a_broken_one_exit_1_in_words(log):
    def shell(*words):
        return subprocess.run(
            [sys.executable, "-m", "goldenhour.cli", "log", *words],
            env=log.env, capture_output=True, text=True, check=False,
        )  # fmt: skip

    whole = shell("verify")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert whole.stdout.startswith("The log is whole: 2 events, the last with the hash ")

    with databases.guards_lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE log_event SET actor = 'Mallory' WHERE position = 2")
    broken = shell("verify")
    assert (broken.returncode, broken.stdout) == (1, "")
    assert "Position 2 was changed" in broken.stderr
    assert "Traceback" not in broken.stderr

    assert typed("log", "verify", "--heads", "nowhere.json").returncode == 2


def test_a_head_is_signed_listed_and_verified(log):
    assert "Position 2 signed" in goldenhour("sign-head")
    (file,) = (log.data / "heads").glob("*.json")

    assert goldenhour("heads").startswith("2 2")
    assert "1 signed heads agree" in goldenhour("verify", "--heads", str(file))


def test_tables_that_differ_are_reported_without_values_then_swapped_and_boards_fetch_anew(log):
    assert "The live tables are the same." in goldenhour("rebuild", "--check")
    Call.objects.update(priority=4, callback="555-WRONG")

    answer = CliRunner().invoke(app, ["rebuild", "--check"])
    assert isinstance(answer.exception, Refused)
    assert "desk_call differs: priority, callback." in " ".join(answer.stderr.split())
    assert "555" not in answer.output
    before = feed.head()

    assert "Swapped" in goldenhour("rebuild", "--swap")
    assert Call.objects.get().callback == "555-0199"
    assert feed.head().epoch != before.epoch
    assert "the same" in goldenhour("rebuild", "--check")


def test_copies_are_written_and_an_excerpt_verifies(log, tmp_path):
    assert goldenhour("export", "-o", str(tmp_path / "log.parquet")).startswith("2 events")
    goldenhour("excerpt", "-o", str(tmp_path / "south.jsonl"), "--agency", "south")

    assert "The excerpt is whole: 2 events" in goldenhour("verify", "--excerpt", str(tmp_path / "south.jsonl"))
    assert b"555-0199" not in (tmp_path / "south.jsonl").read_bytes()
    assert "26-0001" not in (tmp_path / "south.jsonl").read_text().splitlines()[1].replace("call/26-0001", "")


def test_a_key_is_destroyed_and_a_new_epoch_begun_by_name(log):
    goldenhour("forget", "call_id/26-0001", "--reason", "court order 7", "--actor", "Dana")
    goldenhour("new-epoch", "--reason", "Restored from Sunday's copy.", "--actor", "Dana")

    assert Call.objects.get().callback == ""
    assert [where.actor for where, _ in feed.read_from(2, 5)] == ["Dana", "Dana"]
    assert "The log is whole: 4 events" in goldenhour("verify")


def test_a_house_without_tables_is_told_how_to_make_them(database):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'log'")

    with pytest.raises(Refused, match="goldenhour log migrate"):
        goldenhour("verify")


@pytest.mark.parametrize("folder", ["fresh", "empty"])
def test_a_house_that_was_never_begun_is_refused_and_nothing_is_left_behind(tmp_path, folder):
    (tmp_path / "empty").mkdir()
    env = {**os.environ, "GOLDENHOUR_DATA": str(tmp_path / folder), "DATABASE_URL": ""}
    env.pop("DJANGO_SETTINGS_MODULE", None)

    commands = (("verify",), ("rebuild", "--check"), ("heads",), ("new-epoch", "--reason", "r", "--actor", "a"))
    for done in typed_afresh(env, *(("log", *words) for words in commands)):
        assert (done.returncode, done.stdout) == (1, "")
        assert "goldenhour log migrate" in done.stderr
    assert [file.name for file in tmp_path.rglob("*")] == ["empty"]


@pytest.mark.parametrize("words", [("export",), ("excerpt", "--agency", "north")])
def test_a_copy_that_cannot_be_written_is_refused_in_words_and_leaves_nothing(log, tmp_path, words):
    (tmp_path / "folder").mkdir()

    done = typed("log", *words, "--out", tmp_path / "folder")

    assert (done.returncode, done.stdout) == (2, "")
    assert "It cannot be read or written (Is a directory)" in done.stderr
    assert list((tmp_path / "folder").iterdir()) == list(tmp_path.glob("*.part")) == []


def test_an_epoch_nobody_answers_for_is_refused(log):
    answer = CliRunner().invoke(app, ["new-epoch", "--reason", "Restored.", "--actor", " "])

    assert isinstance(answer.exception, BadInput)
    assert answer.exception.where == "--actor"
    assert feed.head().position == 2


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("DATABASE_URL", "mysql://root:hunter2@localhost/x", "DATABASE_URL: It must begin with postgres://"),
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/x", "The database cannot be used"),
        ("GOLDENHOUR_DATA", "{file}", "The data folder cannot be used"),
        ("GOLDENHOUR_DATA", "{folder}", "The database cannot be used (file is not a database)"),
    ],
)
def test_a_house_that_cannot_be_opened_is_refused_in_words(tmp_path, variable, value, says):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "goldenhour.sqlite3").write_bytes(b"no database " * 100)
    env = {**os.environ, "GOLDENHOUR_DATA": str(tmp_path / "fresh"), "DATABASE_URL": ""}
    env[variable] = value.format(file=tmp_path / "file", folder=tmp_path / "folder")
    env.pop("DJANGO_SETTINGS_MODULE", None)

    for done in typed_afresh(env, ("log", "verify"), ("log", "migrate")):
        assert done.returncode in {1, 2}
        assert says in done.stderr
        assert "hunter2" not in done.stderr
