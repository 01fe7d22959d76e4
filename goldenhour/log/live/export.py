"""Copies of the log for others: Parquet for analysis, and an agency's excerpt that still verifies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import polars as pl

from goldenhour.log import codec, excerpt
from goldenhour.log.codec import Stored
from goldenhour.log.live import feed, keys

_BATCH = 10_000
_COLUMNS = {
    "position": pl.Int64,
    "id": pl.String,
    "stream": pl.String,
    "name": pl.String,
    "version": pl.Int32,
    "at": pl.String,
    "recorded_at": pl.String,
    "actor": pl.String,
    "agency": pl.String,
    "device": pl.String,
    "payload": pl.String,
}
_TIMES = pl.col("at", "recorded_at").str.to_datetime("%Y-%m-%dT%H:%M:%S%.6fZ", time_unit="us", time_zone="UTC")


def to_parquet(file: Path, *, personal: bool = False) -> int:
    """Write the whole log to a Parquet file, one row an event; return how many.

    `payload` is JSON text in the version it was recorded in. Personal fields are left out, unless asked for.
    The file appears whole or not at all.
    """
    parts = [pl.DataFrame([], schema=_COLUMNS, orient="row")]
    for rows in _batches():
        texts = _payloads(rows, personal=personal)
        lines = [(*row[:10], text) for row, text in zip(rows, texts, strict=True)]
        parts.append(pl.DataFrame(lines, schema=_COLUMNS, orient="row"))
    table = pl.concat(parts).with_columns(_TIMES)
    with _whole(file) as half:
        table.write_parquet(half)
    return table.height


def to_excerpt(file: Path, *, agency: str) -> int:
    """Write an agency's excerpt (see log/excerpt.py); return how many events it has, digests included."""
    count = -1  # The first line is no event.
    rows = (row for batch in _batches() for row in batch)
    with _whole(file) as half, half.open("wb") as out:
        for count, line in enumerate(excerpt.lines(rows, agency=agency, epoch=feed.head().epoch)):  # noqa: B007
            out.write(line)
    return count


def _batches() -> Iterator[list[Stored]]:
    """Yield the rows up to where the log ends now."""
    position, upto = 0, feed.head().position
    while position < upto:
        rows = feed.stored_after(position, min(_BATCH, upto - position))
        yield rows
        position = rows[-1].position


def _payloads(rows: list[Stored], *, personal: bool) -> list[str]:
    """Return the payloads as JSON text, personal fields opened or left out."""
    stored = [orjson.loads(row.payload) for row in rows]
    if personal:
        ring = keys.ring(stored)
        shown = [codec.opened(values, keys=ring, about=row.id) for row, values in zip(rows, stored, strict=True)]
    else:
        shown = [{name: one for name, one in values.items() if not codec.is_sealed(one)} for values in stored]
    return [codec.canonical(values).decode() for values in shown]


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """Give a path to write to, which takes the file's place once all is written."""
    half = file.with_name(f"{file.name}.part")
    try:
        yield half
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
