"""Commands write to the log: all of it or nothing, each fact once, in order, for ever."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import uuid_utils
from cryptography.exceptions import InvalidTag
from django.db import DatabaseError, connection, transaction

from goldenhour.errors import BadInput, NotFound, Refused
from goldenhour.log.events import EpochBegan, KeyDestroyed
from goldenhour.log.live import feed, keys, store
from goldenhour.log.live.models import LoggedEvent, LogHead, PersonalKey
from goldenhour.log.live.store import writing
from goldenhour.log.live.verify import verify
from tests import database as databases
from tests.log.desk.events import CallTaken, UnitSent, UnitSentOld
from tests.log.desk.models import Assignment, Call
from tests.log.desk.services import call_take, unit_clear, unit_send

pytestmark = pytest.mark.usefixtures("database")

INSERT_WITH_A_GAP = """
    INSERT INTO log_event
        (position, id, stream, name, version, at, recorded_at, actor, agency, device, salt, payload, hash)
    SELECT 7, 'x', stream, name, version, at, recorded_at, actor, agency, device, salt, payload, hash
    FROM log_event WHERE position = 1
"""


def test_a_command_is_recorded_with_its_envelope_and_shown_at_once(at):
    where = call_take("26-0001", at=at, callback="555-0123")

    assert (where.position, where.stream, where.name, where.version) == (1, "call/26-0001", "desk.call_taken", 1)
    assert (where.actor, where.agency, where.device, where.at) == ("Alice", "north", "", at)
    assert where.recorded_at.tzinfo is UTC
    assert Call.objects.get().callback == "555-0123"
    assert feed.read_from(0, 10) == [(where, CallTaken(call_id="26-0001", priority=1, callback="555-0123"))]


def test_positions_have_no_gap_after_refusals_and_faults(at):
    call_take("26-0001", at=at)
    unit_send("26-0001", "M12", at=at)
    with pytest.raises(Refused, match="M12 has been on call 26-0001 since 14:02:31"):
        unit_send("26-0002", "M12", at=at)
    with pytest.raises(ZeroDivisionError), writing("call/26-0001", at=at, actor="Alice") as record:
        record(CallTaken(call_id="26-0003", priority=1))
        1 / 0  # noqa: B018 -- The fault.
    call_take("26-0002", at=at)

    assert [where.position for where, _ in feed.read_from(0, 10)] == [1, 2, 3]
    assert LogHead.objects.get().position == 3
    assert not Call.objects.filter(call_id="26-0003").exists()
    assert verify().faults == []


def test_a_fact_that_cannot_be_shown_is_not_recorded(at):
    with pytest.raises(DatabaseError):
        unit_send("no such call", "M12", at=at)  # The desk's foreign key refuses it.

    assert LoggedEvent.objects.count() == LogHead.objects.get().position == Assignment.objects.count() == 0


def test_a_command_cannot_swallow_a_fact_that_failed(at):
    call_take("26-0001", at=at)
    with pytest.raises(RuntimeError, match="could not be recorded"), writing("x", at=at, actor="Alice") as record:  # noqa: SIM117
        with pytest.raises(BadInput):
            record(CallTaken(call_id="26-0002", priority=float("nan")))

    assert feed.head().position == 1


def test_the_same_id_twice_is_one_event(at):
    one = str(uuid_utils.uuid7())
    first = call_take("26-0001", at=at, id=one)
    second = call_take("26-0001", at=at + timedelta(seconds=5), id=one.upper())

    assert second == first
    assert first.id == one
    assert LoggedEvent.objects.count() == Call.objects.count() == 1


def test_a_repeated_command_is_told_what_it_recorded_before(at):
    call_take("26-0001", at=at)
    one = str(uuid_utils.uuid7())
    first = unit_send("26-0001", "M12", at=at, id=one)

    assert unit_send("26-0001", "M12", at=at, id=one) == first  # Not refused as busy by itself.
    assert Assignment.objects.count() == 1


def test_the_same_id_for_something_else_is_refused_in_words(at):
    one = str(uuid_utils.uuid7())
    call_take("26-0001", at=at, id=one)

    with pytest.raises(Refused, match="was used before, for desk.call_taken in call/26-0001"):
        call_take("26-0002", at=at, id=one)
    with pytest.raises(Refused, match="was used before"):
        call_take("26-0001", priority=2, at=at, id=one)
    with pytest.raises(Refused, match="was used before"):
        call_take("26-0001", callback="555-9999", at=at, id=one)
    with pytest.raises(Refused), writing("call/26-0001", at=at, actor="Alice", id=one) as record:
        record(CallTaken(call_id="26-0001", priority=1, callback="555-0100"))
        record(UnitSent(call_id="26-0001", unit="M12", expected_arrival_s=1.0, passed_over=()))
    assert LoggedEvent.objects.count() == Call.objects.count() == 1


@pytest.mark.parametrize("count", [7, 8, 9, 30])
def test_every_event_of_a_long_repeated_command_is_found_again(at, count):
    one = str(uuid_utils.uuid7())

    def take_calls():
        with writing("desk", at=at, actor="Alice", id=one) as record:
            return [record(CallTaken(call_id=f"26-{number}", priority=1)) for number in range(count)]

    first = take_calls()
    call_take("26-0002", at=at)
    assert take_calls() == first
    assert [where.position for where in first] == list(range(1, count + 1))
    assert feed.head().position == count + 1


def test_every_event_of_a_repeated_command_is_found_again(at):
    one = str(uuid_utils.uuid7())

    def take_and_send():
        with writing("call/26-0001", at=at, actor="Alice", id=one) as record:
            return [
                record(CallTaken(call_id="26-0001", priority=1)),
                record(UnitSent(call_id="26-0001", unit="M12", expected_arrival_s=240, passed_over=("M7",))),
            ]

    first = take_and_send()
    call_take("26-0002", at=at)
    assert take_and_send() == first
    assert feed.head().position == 3


@pytest.mark.parametrize("bad", ["", "26-0001", "6fa459ea-ee8a-4ca4-894e-db77e160355e"])  # The last is version 4.
def test_an_id_that_is_no_uuid7_is_refused(at, bad):
    with pytest.raises(BadInput, match="id: .* is no UUIDv7"):
        call_take("26-0001", at=at, id=bad)


def test_a_command_inside_a_command_or_a_transaction_is_a_mistake(at):
    with pytest.raises(RuntimeError, match="inside another writing"), writing("x", at=at, actor="Alice"):
        call_take("26-0001", at=at)
    with pytest.raises(RuntimeError), transaction.atomic():
        call_take("26-0001", at=at)
    call_take("26-0001", at=at)
    assert feed.head().position == 1


def test_times_need_an_offset_and_are_kept_in_utc(at):
    with pytest.raises(ValueError, match="offset"):
        call_take("26-0001", at=datetime(2026, 3, 1))
    there = datetime(2026, 3, 1, 6, 2, 31, tzinfo=timezone(timedelta(hours=-8)))

    assert call_take("26-0001", at=there).at == at
    assert LoggedEvent.objects.get().at == "2026-03-01T14:02:31.000000Z"


def test_unreadable_names_and_text_are_refused(at):
    for actor in ("Ali\x00ce", "Ali\nce", "Ali\ud800ce"):
        with pytest.raises(BadInput, match="actor"):
            call_take("26-0001", at=at, actor=actor)
    with pytest.raises(BadInput, match="cannot be stored"), writing("call/26-0001", at=at, actor="Alice") as record:
        record(CallTaken(call_id="26-\ud800", priority=1))
    with pytest.raises(ValueError, match="needs a stream and an actor"):
        call_take("26-0001", at=at, actor="")
    assert feed.head().position == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log_event SET actor = 'Mallory'",
        "DELETE FROM log_event WHERE position = 2",
        INSERT_WITH_A_GAP,
    ],
)
def test_the_database_itself_refuses_to_change_the_log(at, change):
    call_take("26-0001", at=at)
    call_take("26-0002", at=at)

    with pytest.raises(DatabaseError, match="The log"), connection.cursor() as cursor:
        cursor.execute(change)

    assert [where.actor for where, _ in feed.read_from(0, 10)] == ["Alice", "Alice"]


def test_the_database_refuses_its_own_short_cuts_too(at):
    call_take("26-0001", at=at)
    short_cut = "TRUNCATE log_event" if databases.ON_POSTGRES else "REPLACE INTO log_event SELECT * FROM log_event"

    with pytest.raises(DatabaseError, match="The log"), connection.cursor() as cursor:
        cursor.execute(short_cut)

    assert feed.head().position == LoggedEvent.objects.count() == 1


def test_an_old_version_is_read_as_the_newest_and_stored_as_it_was(at):
    call_take("26-0001", at=at)
    with writing("call/26-0001", at=at, actor="Alice") as record:
        record(UnitSentOld(call_id="26-0001", unit="M12", minutes=4))

    where, fact = feed.read_from(1, 1)[0]
    assert where.version == 1
    assert fact == UnitSent(call_id="26-0001", unit="M12", expected_arrival_s=240, passed_over=())
    assert bytes(LoggedEvent.objects.get(position=2).payload) == b'{"call_id":"26-0001","minutes":4,"unit":"M12"}'
    assert Assignment.objects.get().passed_over == []


def test_what_identifies_a_person_is_nowhere_in_the_log_in_clear(at, database):
    call_take("26-0001", at=at, callback="555-SECRET-0199")
    Call.objects.update(callback="")  # The desk shows it; what the log holds is looked at here.
    if not databases.ON_POSTGRES:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    assert b"26-0001" in database.stored_bytes
    assert b"SECRET" not in database.stored_bytes
    assert feed.read_from(0, 1)[0][1].callback == "555-SECRET-0199"


def test_a_destroyed_key_cannot_be_read_again_and_the_chain_stays_valid(at, database):
    call_take("26-0001", at=at, callback="555-0199")
    call_take("26-0002", at=at, callback="555-0200")
    secret = bytes(PersonalKey.objects.get(name="call_id/26-0001").secret)
    assert secret in database.stored_bytes

    where = keys.destroy("call_id/26-0001", reason="court order 7", at=at, actor="Dana")

    assert where.name == KeyDestroyed.NAME
    facts = [fact for _, fact in feed.read_from(0, 3)]
    assert [fact.callback for fact in facts[:2]] == ["", "555-0200"]
    assert Call.objects.get(call_id="26-0001").callback == ""
    assert secret not in database.stored_bytes  # Not in the file's free pages nor in its journal either.
    assert verify().faults == []
    with pytest.raises(NotFound, match="no key call_id/26-0001"):
        keys.destroy("call_id/26-0001", reason="again", at=at, actor="Dana")


def test_a_sealed_field_moved_to_another_event_does_not_open(at):
    a = call_take("26-0001", at=at, callback="555-0199")
    b = call_take("26-0002", at=at, callback="555-0200")
    row = feed.stored_after(a.position - 1, 1)[0]

    with pytest.raises(InvalidTag):
        feed.opened([row._replace(id=b.id)])


def test_a_repeat_after_the_key_is_destroyed_is_still_one_event(at):
    one = str(uuid_utils.uuid7())
    first = call_take("26-0001", at=at, id=one)
    keys.destroy("call_id/26-0001", reason="court order 7", at=at, actor="Dana")

    assert call_take("26-0001", at=at, id=one) == first
    assert PersonalKey.objects.count() == 0


def test_a_new_epoch_is_told_to_every_reader_and_is_in_the_log(at):
    before = feed.head()
    epoch = store.begin_epoch(reason="Restored from Sunday's copy.", at=at, actor="Dana")

    assert feed.head() == (1, epoch)
    assert epoch != before.epoch
    assert feed.read_from(0, 1)[0][1] == EpochBegan(epoch=epoch, reason="Restored from Sunday's copy.")


def test_followers_wake_after_the_commit_and_not_for_what_was_rolled_back(at):
    heard = []
    listening = feed.listen(lambda position: heard.append((position, feed.head().position)))
    call_take("26-0001", at=at)
    with pytest.raises(Refused), writing("x", at=at, actor="Alice") as record:
        record(CallTaken(call_id="26-0002", priority=1))
        raise Refused(code="no", what="No.", do="Go home.")
    listening.stop()
    call_take("26-0003", at=at)

    assert heard == [(1, 1)]  # When it is heard, it is committed.
    assert feed.wait(after=0, timeout_s=0) >= 2


def test_a_listener_that_fails_does_not_make_a_committed_command_look_refused(at, caplog):
    listening = feed.listen(lambda _: 1 / 0)
    where = call_take("26-0001", at=at)
    listening.stop()

    assert feed.head().position == where.position
    assert "A listener to the log failed at position 1" in caplog.text


def test_the_log_is_read_forwards_and_backwards_in_pages(at):
    for number in range(5):
        call_take(f"26-000{number}", at=at)
    unit_clear("26-0000", "M12", at=at)

    assert [where.position for where, _ in feed.read_from(2, 2)] == [3, 4]
    assert [where.position for where, _ in feed.read_before(4, 2)] == [3, 2]
    assert feed.read_from(6, 10) == []
