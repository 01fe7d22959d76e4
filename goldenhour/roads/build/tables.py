"""Reading the tables that regions are made from: every refusal names the file, the line, and what to do."""

import csv
import gzip
import hashlib
import io
import math
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from goldenhour.errors import BadInput, NotFound
from goldenhour.roads.draft import Input

US = 1_000_000
_FIELD_LIMIT = 10_000_000  # A long street's shape is one field.


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A CSV file with a header line, by columns."""

    file: str
    columns: dict[str, list[str]]
    lines: list[int]  # (rows,) the line of the file on which each row ends
    source: Input
    ends_clean: bool  # The last line ends with a line break; if not, the file may be cut short.

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.lines)

    def where(self, row: int) -> str:
        """Return the file and line of a row, in words."""
        return f"{self.file}, line {self.lines[row]}"

    def refuse(self, row: int, what: str, do: str, code: str = "bad_row") -> NoReturn:
        """Refuse a row."""
        raise BadInput(code=code, what=what, do=do, where=self.where(row))

    def refuse_empty(self) -> None:
        """Refuse a table with a header and no row."""
        if not len(self):
            raise BadInput(
                code="no_rows",
                what="There is a header and no row.",
                do="The file may be cut short: fetch it again, or add rows.",
                where=self.file,
            )

    def text(self, column: str) -> list[str]:
        """Return a column as it stands, blanks around it removed."""
        return [value.strip() for value in self.columns[column]]

    def numbers(self, column: str, low: float = -math.inf, high: float = math.inf) -> NDArray[np.float64]:
        """Return a column as finite numbers between two limits, shape (rows,)."""
        values = self.columns[column]
        try:
            found = np.array([_number(value) for value in values], dtype=np.float64)
        except ValueError:
            row = next(row for row, value in enumerate(values) if not _is_number(value))
            self.refuse(row, f"{column} is {values[row]!r}, not a number.", "Correct the value.", "not_a_number")
        wrong = ~(np.isfinite(found) & (found >= low) & (found <= high))
        if wrong.any():
            row = int(np.argmax(wrong))
            do = "Correct the value."
            if column in {"lon", "x", "lat", "y"}:
                do = "Check that longitude and latitude are not swapped, and that they are in degrees (WGS84)."
            self.refuse(row, f"{column} is {values[row]}, outside {low:g} to {high:g}.", do, "out_of_range")
        return found

    def whole(self, column: str, low: int = -(2**53), high: int = 2**53) -> NDArray[np.int64]:
        """Return a column as whole numbers, shape (rows,)."""
        found = self.numbers(column, low, high)
        broken = found != np.floor(found)
        if broken.any():
            row = int(np.argmax(broken))
            self.refuse(row, f"{column} is {self.columns[column][row]}, not a whole number.", "Correct the value.")
        return found.astype(np.int64)

    def microseconds(self, column: str) -> NDArray[np.int64]:
        """Return a column of seconds (up to six decimals) as exact microseconds, shape (rows,)."""
        return np.rint(self.numbers(column, 0.0, 1e9) * US).astype(np.int64)

    def flags(self, column: str) -> NDArray[np.bool_]:
        """Return a column of 0 and 1 as booleans, shape (rows,)."""
        return self.whole(column, 0, 1).astype(np.bool_)

    def unique(self, column: str) -> list[str]:
        """Return a column whose values are all there and all different."""
        values = self.text(column)
        seen: dict[str, int] = {}
        for row, value in enumerate(values):
            if not value:
                self.refuse(row, f"{column} is empty.", f"Give every row its own {column}.", "missing_id")
            if value in seen:
                what = f"{column} {value} stands on line {self.lines[seen[value]]} already."
                self.refuse(row, what, "Remove one of the two rows, or give it its own.", "duplicate_id")
            seen[value] = row
        return values

    def positions(self, lon: str = "lon", lat: str = "lat") -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return longitude and latitude in degrees, each (rows,)."""
        return self.numbers(lon, -180.0, 180.0), self.numbers(lat, -90.0, 90.0)

    def look_up(self, column: str, known: dict[str, int], what: str) -> NDArray[np.int32]:
        """Return each value's index among the `known` ones (`what` they are, in words), shape (rows,)."""
        values = self.text(column)
        try:
            return np.array([known[value] for value in values], dtype=np.int32)
        except KeyError as missing:
            name = str(missing.args[0])
            self.refuse(values.index(name), f"{column} {name} is no {what}.", f"Add it to the {what}s, or correct it.")


def _number(value: str) -> float:
    """Return a text as a number. 1_000 is none: only Python would read it.

    Raises:
        ValueError: it is none.
    """
    if "_" in value:
        raise ValueError(value)
    return float(value)


def _is_number(value: str) -> bool:
    """Say whether a text is a number."""
    try:
        _number(value)
    except ValueError:
        return False
    return True


def read_bytes(path: Path) -> tuple[bytes, Input]:
    """Return a file's bytes (unpacked when it ends in .gz) and what to remember of it."""
    if path.is_dir():
        raise BadInput(code="not_a_file", what=f"{path.name} is a folder.", do="Name the file.", where=str(path.parent))
    try:
        stored = path.read_bytes()
    except FileNotFoundError:
        raise NotFound(
            code="no_such_file", what=f"{path} is missing.", do="Name the folder that holds it, or put it there."
        ) from None
    except OSError as problem:
        raise BadInput(
            code="unreadable", what=f"It cannot be read: {problem.strerror}.", do="Check its rights.", where=str(path)
        ) from None
    source = Input(name=path.name, sha256=hashlib.sha256(stored).hexdigest(), bytes=len(stored))
    if path.suffix != ".gz":
        return stored, source
    try:
        return gzip.decompress(stored), source
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise BadInput(
            code="cut_short", what="The packed file is cut short or damaged.", do="Fetch it again.", where=path.name
        ) from None


def read_table(path: Path, required: Sequence[str]) -> Table:
    """Read a CSV file that must have these columns.

    Raises:
        NotFound: no such file.
        BadInput: empty, not UTF-8, a column is missing or twice there, a row has more or fewer fields, a quote is open.
    """
    stored, source = read_bytes(path)
    try:
        content = stored.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = stored[: problem.start].count(b"\n") + 1
        raise BadInput(
            code="not_utf8", what="This is not UTF-8 text.", do="Save it as UTF-8.", where=f"{path.name}, line {line}"
        ) from None
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    header = _header(path.name, next(reader, []), required)
    values: list[str] = []  # Row by row, in one list: millions of small ones keep the collector of garbage busy.
    lines: list[int] = []
    width = len(header)
    try:
        for row in reader:
            if not row:
                continue
            if len(row) != width:
                raise _wrong_width(path.name, reader.line_num, len(row), width)
            values += row
            lines.append(reader.line_num)
    except csv.Error:
        raise BadInput(
            code="cut_short",
            what="A quoted field does not end.",
            do="The file may be cut short: fetch it again, or close the quote.",
            where=f"{path.name}, line {reader.line_num}",
        ) from None
    return Table(
        file=path.name,
        columns={name: values[at::width] for at, name in enumerate(header)},
        lines=lines,
        source=source,
        ends_clean=content.endswith("\n"),
    )


def _header(file: str, header: list[str], required: Sequence[str]) -> list[str]:
    """Return the header's names, or refuse the file."""
    names = [name.strip() for name in header]
    if not any(names):
        raise BadInput(code="empty_file", what="The file is empty.", do="Fetch it again.", where=file)
    missing = [name for name in required if name not in names]
    if missing:
        raise BadInput(
            code="missing_column",
            what=f"There is no column {', '.join(missing)}.",
            do=f"The header must name {', '.join(required)}; it names {', '.join(names)}.",
            where=f"{file}, line 1",
        )
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(
            code="duplicate_column",
            what=f"Column {', '.join(twice)} is there twice.",
            do="Remove one.",
            where=f"{file}, line 1",
        )
    return names


def _wrong_width(file: str, line: int, found: int, width: int) -> BadInput:
    """Return the refusal of a row with too few or too many fields."""
    do = "Fetch the file again: it may be cut short." if found < width else "Put quotes around text that holds a comma."
    return BadInput(
        code="wrong_width", what=f"{found} fields where {width} are named.", do=do, where=f"{file}, line {line}"
    )


def cut_warnings(tables: Sequence[Table]) -> tuple[str, ...]:
    """Return a sentence for each table whose last line has no line break."""
    return tuple(
        f"{table.file} does not end with a line break: it may be cut short." for table in tables if not table.ends_clean
    )


def parse_each(table: Table, column: str, parse: Callable[[str], object], do: str) -> list[object]:
    """Return what `parse` makes of each value; where it raises ValueError, refuse the row."""
    found = []
    for row, value in enumerate(table.columns[column]):
        try:
            found.append(parse(value))
        except ValueError:
            shown = value if len(value) <= 40 else value[:37] + "..."  # noqa: PLR2004 -- What fits a line of a terminal.
            table.refuse(row, f"{column} {shown!r} cannot be read.", do)
    return found
