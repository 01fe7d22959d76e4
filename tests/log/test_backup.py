"""The drill: back up under load, restore elsewhere, and see that nothing is missing and nothing false gets in."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenhour.errors import Refused
from goldenhour.log import backup as files
from goldenhour.log.live import feed, heads
from goldenhour.log.live.models import LoggedEvent
from tests import database as databases
from tests.log.desk.models import Assignment, Call
from tests.log.desk.services import call_take, unit_send
from tests.shell import typed, typed_afresh

AT = datetime(2026, 3, 1, 14, 2, 31, tzinfo=UTC)
PASSPHRASE = "four bent spoons in a green canoe"


def here(*words):
    """Run a command that is to succeed in the house that is open; return what it prints."""
    return done(typed(*words))


def done(answer):
    """Return what a command that was to succeed printed."""
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def refused(answer):
    """Return the words of a command that was to be refused."""
    assert answer.returncode in {1, 2}, answer.stdout
    assert PASSPHRASE not in answer.stderr
    return " ".join(answer.stderr.split())


def restored(env, file, *words):
    """Restore a backup, as it is done: in a process that has opened no house yet."""
    (answer,) = typed_afresh(env, ("restore", file, "--actor", "Dana", *words))
    return answer


@contextmanager
def elsewhere(database, folder):
    """Give the environment and the database name of another, empty house."""
    data = folder / "elsewhere"
    env = {**database.env, "GOLDENHOUR_DATA": str(data)}
    if not databases.ON_POSTGRES:
        yield env, data / "goldenhour.sqlite3"
        return
    name = f"goldenhour_{uuid4().hex}"
    databases._run(f"CREATE DATABASE {name}")
    try:
        yield {**env, "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()}, name
    finally:
        databases.drop(name)


@pytest.fixture
def other(database, tmp_path):
    with elsewhere(database, tmp_path) as house:
        yield house


@contextmanager
def living_in(house):
    """Open another house in this process."""
    env, name = house
    with override_settings(DATA=Path(env["GOLDENHOUR_DATA"])), databases.connected_to(name):
        yield


def nothing_there(house):
    """Whether a house is as empty as before."""
    env, name = house
    if databases.ON_POSTGRES:
        with databases.connected_to(name):
            if connection.introspection.table_names():
                return False
    return not Path(env["GOLDENHOUR_DATA"]).exists()


@pytest.fixture
def words(tmp_path):
    """The options that seal and open a backup with a passphrase."""
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE)
    return "--passphrase-file", file


@pytest.fixture
def key(tmp_path, database):
    here("backup", "--make-key", tmp_path / "key")
    return "--key-file", tmp_path / "key"


@pytest.fixture
def log(database):
    """A log of three calls, and what its house signed of it."""
    for number in range(3):
        call_take(f"26-000{number}", at=AT, agency="north", callback=f"555-019{number}")
        unit_send(f"26-000{number}", f"M{number}", at=AT)
    return database


@pytest.fixture
def backup(log, key, tmp_path):
    here("backup", "-o", tmp_path / "house.backup", *key)
    return tmp_path / "house.backup"


def test_the_drill_under_load_a_backup_restored_elsewhere_has_all_that_was_acknowledged_before(
    database, key, other, tmp_path
):
    env, _ = other
    with subprocess.Popen(
        [sys.executable, "-m", "tests.log.writer", "work", "1000000"],
        env=database.env,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        before = [writer.stdout.readline().strip() for _ in range(20)]
        said = here("backup", "-o", tmp_path / "house.backup", *key)
        during = [writer.stdout.readline().strip() for _ in range(20)]
        writer.kill()
        writer.stdout.read()
    assert "read back and whole" in said
    assert all(during)  # Writers went on.
    connection.close()
    written = feed.head()

    said = done(restored(env, tmp_path / "house.backup", *key))

    assert "agrees with the signed head" in said
    with living_in(other):
        assert "The log is whole" in here("log", "verify")
        assert "The live tables are the same." in here("log", "rebuild", "--check")
        taken = set(Call.objects.values_list("call_id", flat=True))
        assert set(before) <= taken
        assert taken == set(Assignment.objects.values_list("call_id", flat=True))  # No command is half there.
        assert feed.head().position == LoggedEvent.objects.count() == 2 * len(taken) + 1
        assert feed.head().position <= written.position + 1
        assert feed.head().epoch != written.epoch
        where, began = feed.read_before(feed.head().position + 1, 1)[0]
        assert (where.name, where.actor, began.epoch) == ("log.epoch_began", "Dana", feed.head().epoch)
        assert Call.objects.get(call_id=before[0]).callback == "555-0100"  # Its key came along.
        call_take("26-9999", at=AT)  # The house goes on.
        unit_send("26-9999", "M9", at=AT)
        assert "The log is whole" in here("log", "verify")


def test_with_a_passphrase_too_and_heads_signed_before_are_known_as_the_houses_own(log, words, other, tmp_path):
    env, _ = other
    (log.data / "secret_key").write_text("what signs this house's cookies")
    here("log", "sign-head", "-o", tmp_path / "early.json")
    here("backup", "-o", tmp_path / "house.backup", *words)
    call_take("26-0009", at=AT)
    here("log", "sign-head", "-o", tmp_path / "late.json")
    heads = ("--heads", tmp_path / "early.json", "--heads", tmp_path / "late.json")

    said = done(restored(env, tmp_path / "house.backup", *words, *heads))

    assert "Positions 7 to 7 are lost" in said
    with living_in(other):
        assert "1 signed heads agree" in here("log", "verify", "--heads", tmp_path / "early.json")
        here("log", "sign-head", "-o", tmp_path / "new.json")  # With a key of its own ...
        both = ("--heads", tmp_path / "early.json", "--heads", tmp_path / "new.json")
        assert "2 signed heads agree" in here("log", "verify", *both)
    data = tmp_path / "elsewhere"
    assert (data / "secret_key").read_text() == (log.data / "secret_key").read_text()
    assert (data / "log_signing_key").read_text() != (log.data / "log_signing_key").read_text()
    assert {one.stat().st_mode & 0o077 for one in data.iterdir() if one.name == "secret_key"} == {0}


def test_what_people_said_and_the_key_are_not_to_be_read_in_the_file(backup, log, key):
    sealed = backup.read_bytes()

    assert backup.stat().st_mode & 0o077 == 0
    assert b"555-019" not in sealed
    assert b"CREATE TABLE" not in sealed
    assert key[1].read_text().strip().encode() not in sealed
    assert bytes.fromhex(key[1].read_text().strip()) not in sealed
    assert (log.data / "log_signing_key").read_text().encode() not in sealed
    assert sorted(one.name for one in log.data.iterdir() if "part" in one.name) == []  # No copy is left lying about.


def test_another_key_or_passphrase_is_refused_and_nothing_is_restored(backup, log, words, other, tmp_path):
    env, _ = other
    here("backup", "--make-key", tmp_path / "other_key")
    here("backup", "-o", tmp_path / "spoken.backup", *words)
    (tmp_path / "wrong").write_text("four bent spoons in a green kayak")

    restore = ("restore", "--actor", "Dana")
    another, spoken, wrong = typed_afresh(
        env,
        (*restore, backup, "--key-file", tmp_path / "other_key"),
        (*restore, backup, *words),
        (*restore, tmp_path / "spoken.backup", "--passphrase-file", tmp_path / "wrong"),
    )
    assert "does not open" in refused(another)
    assert "sealed with a key file" in refused(spoken)
    assert "does not open" in refused(wrong)
    assert "kayak" not in wrong.stderr
    assert nothing_there(other)


def read(file, key):
    return [(header, b"".join(data)) for header, data in files.parts(file, files.key_file(key[1]))]


def test_a_flipped_bit_anywhere_and_a_cut_or_lengthened_file_do_not_open(backup, key):
    whole = backup.read_bytes()
    assert len(read(backup, key)) >= 2
    flips = [*range(0, 250, 7), *range(250, len(whole), len(whole) // 50)]
    for place in flips:
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Refused, match="Nothing was restored"):
            read(backup, key)
    for bad in (whole[:-1], whole[: len(whole) // 2], whole[:200], whole[:5], b"", whole + b"x", whole + whole[-900:]):
        backup.write_bytes(bad)
        with pytest.raises(Refused, match="Nothing was restored"):
            read(backup, key)


@given(
    data=st.lists(st.lists(st.binary(max_size=3000), max_size=4), max_size=4),
    size=st.integers(min_value=1, max_value=3 * (1 << 20)),
)
@settings(max_examples=20)
def test_what_is_written_is_what_is_read_and_a_file_cut_between_blocks_is_known(tmp_path_factory, data, size):
    folder = tmp_path_factory.mktemp("file")
    files.make_key_file(folder / "key")
    secret = files.key_file(folder / "key")
    long = os.urandom(size)
    with (folder / "file").open("wb") as to:
        writer = files.Writer(to, secret)
        for number, pieces in enumerate(data):
            writer.part({"part": number}, pieces)
        writer.part({"part": "long"}, [long])
        writer.close()

    found = [(header["part"], b"".join(pieces)) for header, pieces in files.parts(folder / "file", secret)]

    assert found == [*((number, b"".join(pieces)) for number, pieces in enumerate(data)), ("long", long)]
    whole = (folder / "file").read_bytes()
    begins = len(whole[: whole.index(b"}") + 1])
    (folder / "file").write_bytes(whole[: begins + 4 + int.from_bytes(whole[begins : begins + 4])])
    if (folder / "file").stat().st_size < len(whole):
        with pytest.raises(Refused, match="was cut: its end is missing"):
            list(files.parts(folder / "file", secret))


def test_a_changed_a_cut_and_a_foreign_file_restore_nothing(backup, key, other, tmp_path):
    env, _ = other
    whole = backup.read_bytes()
    middle = len(whole) // 2
    changed = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    says = {"changed": "was changed or cut", "cut": "was changed or cut", "foreign": "is no backup"}
    for name, bad in zip(says, (changed, whole[:-1], b"Dear all,"), strict=True):
        (tmp_path / name).write_bytes(bad)
    answers = typed_afresh(env, *(("restore", tmp_path / name, "--actor", "Dana", *key) for name in says))
    for answer, words in zip(answers, says.values(), strict=True):
        assert words in refused(answer)
    assert nothing_there(other)


def test_a_backup_of_a_log_that_somebody_changed_is_refused(log, key, other, tmp_path):
    env, _ = other
    with databases.guards_lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE log_event SET actor = 'Mallory' WHERE position = 2")
    here("backup", "-o", tmp_path / "house.backup", *key)

    said = refused(restored(env, tmp_path / "house.backup", *key))

    assert "Position 2 was changed" in said
    assert nothing_there(other)


def test_another_houses_head_is_refused(backup, key, other, tmp_path, log):
    env, _ = other
    here("log", "sign-head", "-o", tmp_path / "head.json")
    (log.data / "log_signing_key").unlink()
    here("log", "sign-head", "-o", tmp_path / "foreign.json")

    said = refused(restored(env, backup, *key, "--heads", tmp_path / "foreign.json"))

    assert "was not signed with this house's key" in said
    assert nothing_there(other)


def test_a_house_that_is_in_use_is_never_restored_over(backup, log, key, tmp_path):
    before = feed.head()

    said = refused(restored(log.env, backup, *key))

    assert "is not empty" in said
    assert feed.head() == before
    if databases.ON_POSTGRES:  # ... nor is a database beside an empty folder.
        env = {**log.env, "GOLDENHOUR_DATA": str(tmp_path / "fresh")}
        assert "has tables already" in refused(restored(env, backup, *key))
        assert feed.head() == before
        assert not (tmp_path / "fresh").exists()


def test_a_key_destroyed_before_the_backup_and_back_again_is_named(log, key, other, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, secret FROM log_personal_key WHERE name = 'call_id/26-0001'")
        kept = cursor.fetchone()
    here("log", "forget", "call_id/26-0001", "--reason", "court order 7", "--actor", "Dana")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO log_personal_key (id, name, secret) VALUES (%s, %s, %s)", kept)
    connection.close()
    here("backup", "-o", tmp_path / "house.backup", *key)

    said = done(restored(other[0], tmp_path / "house.backup", *key))

    assert "The key call_id/26-0001 was destroyed and came back" in said


def test_a_key_destroyed_after_the_backup_is_named_by_a_head_kept_elsewhere(backup, log, key, other, tmp_path):
    here("log", "forget", "call_id/26-0001", "--reason", "court order 7", "--actor", "Dana")
    here("log", "sign-head", "-o", tmp_path / "late.json")

    said = done(restored(other[0], backup, *key, "--heads", tmp_path / "late.json"))

    assert "The key call_id/26-0001 was destroyed and came back" in said
    told = json.loads((tmp_path / "late.json").read_text())
    (tmp_path / "late.json").write_text(json.dumps({**told, "destroyed": [["call_id/26-0002", "x"]]}))
    with pytest.raises(Refused, match="changed after it was signed"):
        heads.read(tmp_path / "late.json")


def test_a_backup_is_never_written_over_another_file_nor_with_a_weak_or_open_secret(log, key, tmp_path):
    (tmp_path / "mine").write_text("precious")
    for words in (("-o", tmp_path / "mine", *key), ("--make-key", tmp_path / "mine")):
        assert "already" in refused(typed("backup", *words))
    assert (tmp_path / "mine").read_text() == "precious"

    (tmp_path / "short").write_text("secret")
    new = ("backup", "-o", tmp_path / "a")
    assert "fewer than 16" in refused(typed(*new, "--passphrase-file", tmp_path / "short"))
    key[1].chmod(0o644)
    assert "Others on this machine may read" in refused(typed(*new, *key))
    assert "Nothing is given to seal" in refused(typed(*new))
    assert not (tmp_path / "a").exists()
