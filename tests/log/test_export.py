"""Copies of the log for others."""

import json
from datetime import UTC, datetime

import polars as pl
import pytest

from goldenhour.errors import BadInput, Refused
from goldenhour.log import excerpt
from goldenhour.log.live import export, feed, keys
from goldenhour.log.live.models import LogHead
from tests.log.desk.services import call_take, unit_send

AT = datetime(2026, 3, 1, 14, 2, 31, 123456, tzinfo=UTC)


@pytest.fixture
def log(database):
    call_take("26-0001", at=AT, callback="555-0199", agency="north")
    unit_send("26-0001", "M12", at=AT, agency="south")
    call_take("26-0002", at=AT, callback="555-0200", agency="south")
    return database


def test_the_log_is_exported_to_parquet_without_what_identifies_people(log, tmp_path):
    file = tmp_path / "log.parquet"

    assert export.to_parquet(file) == 3

    table = pl.read_parquet(file)
    assert table.columns == [
        "position", "id", "stream", "name", "version", "at", "recorded_at", "actor", "agency", "device", "payload",
    ]  # fmt: skip
    assert table["position"].to_list() == [1, 2, 3]
    assert table["at"].to_list() == [AT] * 3
    assert json.loads(table["payload"][0]) == {"call_id": "26-0001", "priority": 1}
    assert b"555-0199" not in file.read_bytes()
    assert list(tmp_path.glob("*.part")) == []


def test_personal_fields_are_exported_only_when_asked_for_and_while_their_key_lives(log, tmp_path):
    keys.destroy("call_id/26-0001", reason="court order 7", at=AT, actor="Dana")
    export.to_parquet(tmp_path / "log.parquet", personal=True)

    payloads = [json.loads(text) for text in pl.read_parquet(tmp_path / "log.parquet")["payload"]]
    assert [one.get("callback") for one in payloads] == ["", None, "555-0200", None]


def test_an_empty_log_is_exported_as_an_empty_table(database, tmp_path):
    assert export.to_parquet(tmp_path / "log.parquet") == 0
    assert pl.read_parquet(tmp_path / "log.parquet").height == 0


def test_an_agencys_excerpt_hides_the_others_and_still_verifies(log, tmp_path):
    file = tmp_path / "south.jsonl"

    assert export.to_excerpt(file, agency="south") == 3

    told = [json.loads(line) for line in file.read_bytes().splitlines()]
    assert told[0] == {"agency": "south", "epoch": feed.head().epoch, "format": "goldenhour excerpt 1"}
    assert ["payload" in one for one in told[1:]] == [False, True, True]
    assert "salt" not in told[1]  # Else a short payload could be guessed from its digest.
    assert excerpt.verify(file.read_bytes().splitlines()) == (3, bytes(LogHead.objects.get().hash).hex())


@pytest.mark.parametrize("line", [1, 2, 3])
def test_a_changed_excerpt_is_found(log, tmp_path, line):
    export.to_excerpt(tmp_path / "south.jsonl", agency="south")
    lines = (tmp_path / "south.jsonl").read_bytes().splitlines()
    told = json.loads(lines[line])
    for field, value in told.items():
        changed = value + 1 if isinstance(value, int) else f"0{value}" if field == "payload" else f"{value}0" * 2
        broken = [*lines[:line], json.dumps(told | {field: changed}).encode(), *lines[line + 1 :]]
        with pytest.raises(Refused):
            excerpt.verify(broken)
    with pytest.raises(Refused, match=f"Position {line} was changed or is missing"):
        excerpt.verify([*lines[:line], *lines[line + 1 :], lines[1]])
    with pytest.raises(BadInput, match="line 1"):
        excerpt.verify([b"{}"])
