"""Tampering is found: one flipped byte anywhere, a missing place, a cut tail, a rewritten whole."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from goldenhour.errors import BadInput, Refused
from goldenhour.log import codec
from goldenhour.log.live import feed, heads, keys
from goldenhour.log.live.models import COLUMNS, LogHead, PersonalKey
from goldenhour.log.live.verify import insist, verify
from tests import database as databases
from tests.log.desk.services import call_take, unit_send

AT = datetime(2026, 3, 1, 14, 2, 31, tzinfo=UTC)
EVENTS = 6


@pytest.fixture
def log(database):
    """Six events, as a desk writes them."""
    for number in range(3):
        call_take(f"26-000{number}", at=AT)
        unit_send(f"26-000{number}", f"M1{number}", at=AT)
    return database


def columns_in_the_database():
    return ["id" if column == "event_id" else column for column in COLUMNS]


def tamper(sql, *values):
    with databases.guards_lifted(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def flip(position, column, place, bit):
    """Flip one bit of a stored value; return what stood there, or None where the database could not hold the result."""
    row = feed.stored_after(position - 1, 1)[0]
    before = row[columns_in_the_database().index(column)]
    if isinstance(before, int):
        after = before ^ (1 << bit)
    elif isinstance(before, bytes):
        raw = bytearray(before)
        raw[place % len(raw)] ^= 1 << bit
        after = bytes(raw)
    else:
        raw = bytearray(before.encode())
        raw[place % len(raw)] ^= 1 << bit % 7  # Stays ASCII: PostgreSQL would not hold anything else.
        after = raw.decode()
        if "\0" in after:
            return None
    tamper(f"UPDATE log_event SET {column} = %s WHERE position = %s", after, position)
    return before


def test_a_log_that_nobody_touched_is_whole(log):
    verdict = verify()

    assert verdict.faults == []
    assert (verdict.events, verdict.hash) == (EVENTS, bytes(LogHead.objects.get().hash).hex())
    insist(verdict)


def test_an_empty_log_is_whole(database):
    assert verify() == (0, codec.GENESIS.hex(), [], ())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    position=st.integers(1, EVENTS),
    column=st.sampled_from([one for one in columns_in_the_database() if one not in {"device", "position"}]),
    place=st.integers(0, 300),
    bit=st.integers(0, 7),
)
@example(position=1, column="at", place=10, bit=0)
@example(position=6, column="hash", place=31, bit=7)
@example(position=3, column="salt", place=0, bit=0)
@example(position=4, column="version", place=0, bit=1)
def test_one_flipped_bit_in_any_column_is_found_and_its_position_named(log, position, column, place, bit):
    before = flip(position, column, place, bit)
    if before is None:
        return

    verdict = verify()

    assert verdict.faults[0].position == position
    assert f"Position {position} was changed" in verdict.faults[0].what
    with pytest.raises(Refused, match=f"Position {position} was changed"):
        insist(verdict)
    tamper(f"UPDATE log_event SET {column} = %s WHERE position = %s", before, position)
    assert verify().faults == []


def test_something_put_into_an_empty_column_is_found(log):
    tamper("UPDATE log_event SET device = 'x' WHERE position = 2")

    assert verify().faults[0].position == 2


def test_a_position_taken_out_or_moved_is_found(log):
    tamper("UPDATE log_event SET position = 66 WHERE position = 3")
    assert verify().faults[0].what == "Position 3 is missing: the log goes on with 4."
    tamper("UPDATE log_event SET position = -3 WHERE position = 66")
    assert verify().faults[0].position == 1
    tamper("DELETE FROM log_event WHERE position = -3")
    assert verify().faults[0].position == 3


def test_text_that_is_no_text_any_more_is_found(log):
    if databases.ON_POSTGRES:
        pytest.skip("PostgreSQL itself refuses such text.")
    for value in (b"\xff\xfe", 7):
        tamper("UPDATE log_event SET actor = CAST(%s AS TEXT) WHERE position = 3", value)
        assert verify().faults[0].position == 3


@pytest.mark.parametrize(
    "places",
    [pytest.param(range(0, 500, 11), id="some"), pytest.param(range(-3000, 500), marks=pytest.mark.soak, id="many")],
)
def test_a_flipped_byte_in_the_file_itself_never_passes_unseen(log, places):
    """Flip bytes where the events lie in SQLite's file, past everything that SQL could see or refuse."""
    if databases.ON_POSTGRES:
        pytest.skip("PostgreSQL's files are not ours to open; its rows are flipped above.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    file = log.data / "goldenhour.sqlite3"
    whole = file.read_bytes()
    first = whole.rindex(b"desk.call_taken") - 100  # SQLite fills a page from its end: this is the first event.
    stored = feed.stored_after(0, EVENTS)
    found = 0
    for place in places:
        broken = bytearray(whole)
        broken[first + place] ^= 0xFF
        file.write_bytes(broken)
        faults = verify().faults
        assert faults or feed.stored_after(0, EVENTS) == stored, place  # Unused bytes hold nothing.
        found += bool(faults)
        connection.close()
    assert found > 10
    file.write_bytes(whole)
    assert verify().faults == []


def test_a_cut_tail_is_found(log, tmp_path):
    file, signed = heads.sign()
    tamper("DELETE FROM log_event WHERE position > 4")

    assert verify().faults[0] == ("Positions 5 to 6 are missing: the log's tail was cut.", 5)

    # Whoever cuts the tail can put the head back as well; then only the signed head knows.
    last = feed.stored_after(3, 1)[0]
    LogHead.objects.update(position=4, hash=last.hash)
    assert verify().faults == []
    fault = verify([heads.read(file)]).faults[0]
    assert fault.position == 5
    assert fault.what.startswith(f"Positions 5 to 6 are missing: the head signed on {signed.signed_at[:10]}")


def test_a_log_rewritten_as_a_whole_is_found(log):
    file, _ = heads.sign()
    last = codec.GENESIS
    for row in feed.stored_after(0, EVENTS):
        forged = row._replace(actor="Mallory")
        last = codec.chain_hash(last, forged.digest, forged.envelope)
        tamper("UPDATE log_event SET actor = 'Mallory', hash = %s WHERE position = %s", last, row.position)
    LogHead.objects.update(hash=last)

    assert verify().faults == []  # It is a valid chain ...
    fault = verify([heads.read(file)]).faults[0]  # ... of another log.
    assert fault.what.startswith("The log was rewritten at or before position 6")


def test_a_head_that_was_moved_is_found(log):
    LogHead.objects.update(hash=bytes(32))
    assert verify().faults[0].what == "The head of the log has another hash than position 6."
    fifth = feed.stored_after(4, 1)[0]
    LogHead.objects.update(position=5, hash=fifth.hash)
    assert verify().faults[0].what.startswith("Position 6 stands after the head")
    LogHead.objects.all().delete()
    assert verify().faults[0].what == "The head of the log is missing."


def test_a_guard_that_was_taken_away_is_named(log):
    with databases.guards_lifted():
        assert {fault.what.split()[3] for fault in verify().faults} == {
            "log_event_no_update",
            "log_event_no_delete",
            "log_event_next_only",
        }
    assert verify().faults == []


def test_a_destroyed_key_that_came_back_with_a_backup_is_named(log):
    kept = PersonalKey.objects.get(name="call_id/26-0000")
    keys.destroy("call_id/26-0000", reason="court order 7", at=AT, actor="Dana")
    kept.save(force_insert=True)

    assert verify().faults[0].what.startswith("The key call_id/26-0000 was destroyed and is back")


def test_a_signed_head_is_a_small_file_that_cannot_be_changed(log, tmp_path):
    file, signed = heads.sign(tmp_path / "away" / "head.json")
    assert heads.read(file) == signed
    assert verify([signed]).faults == []
    assert heads.kept() == []  # It was written elsewhere.
    assert (log.data / "log_signing_key").stat().st_mode & 0o077 == 0

    told = json.loads(file.read_text())
    for field in ("position", "hash", "epoch", "signed_at", "public_key", "signature"):
        value = told[field]
        changed = value - 1 if isinstance(value, int) else ("1" if value[0] == "0" else "0") + value[1:]
        file.write_text(json.dumps(told | {field: changed}))
        with pytest.raises(BadInput, match="no signed head"):
            heads.read(file)
    with pytest.raises(BadInput, match="cannot be read"):
        heads.read(tmp_path / "nowhere.json")


def test_a_head_signed_by_another_house_is_named(log):
    file, _ = heads.sign()
    (log.data / "log_signing_key").unlink()
    heads.sign(log.data / "other.json")

    assert "was not signed with this house's key" in verify([heads.read(file)]).faults[0].what


def test_an_empty_log_is_not_signed(database):
    with pytest.raises(Refused, match="The log is empty"):
        heads.sign()
