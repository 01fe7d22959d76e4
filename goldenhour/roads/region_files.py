"""The files of a region folder: arrays with checksums, CSV and TOML for people."""

import csv
import hashlib
import io
import os
import shutil
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import tomli_w
from numpy.typing import NDArray

from goldenhour.errors import BadInput, Refused

SETTINGS = "region.toml"


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill; when all went well it takes the place of `folder`, else nothing was changed.

    Raises:
        Refused: `folder` exists and holds something that is not a region.
        BadInput: it cannot be written there, or the disk is full.
    """
    folder = folder.resolve()  # Where a link points: the region is replaced, not the link.
    try:
        with _replacing(folder) as fresh:
            yield fresh
    except OSError as problem:
        raise BadInput(
            code="unwritable",
            what=f"The region cannot be written here: {problem.strerror or problem}.",
            do="Name a folder that may be written, on a disk with room. Nothing was changed.",
            where=str(folder),
        ) from problem


@contextmanager
def _replacing(folder: Path) -> Iterator[Path]:
    """Do the work of `replacing`, for an absolute path; faults of the disk as they come."""
    if folder.exists() and not (folder / SETTINGS).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(
            code="not_a_region",
            what=f"{folder} exists and is not a region.",
            do="Name another folder; nothing was overwritten.",
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(folder)
    fresh = folder.with_name(f".{folder.name}.building-{os.getpid()}")
    fresh.mkdir()
    try:
        yield fresh
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: Path, folder: Path) -> None:
    """Put `fresh` in the place of `folder`; if that fails, put the old one back."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)  # The next build clears what cannot be removed.


def _clear_leftovers(folder: Path) -> None:
    """Put right what a killed build left: half-built folders go; a region caught between two names comes back."""
    for left in sorted(folder.parent.glob(f".{folder.name}.building-*")):
        if not _runs(left.name):
            shutil.rmtree(left, ignore_errors=True)
    for left in sorted(folder.parent.glob(f".{folder.name}.old-*")):
        if _runs(left.name):
            continue
        if folder.exists():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.rename(folder)


def _runs(name: str) -> bool:
    """Say whether the process that a folder is named after still runs."""
    number = name.rpartition("-")[2]
    if not number.isdigit():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def save_array(file: Path, array: NDArray[Any]) -> None:
    """Write an array."""
    file.parent.mkdir(parents=True, exist_ok=True)
    np.save(file, np.ascontiguousarray(array), allow_pickle=False)


def load_array(file: Path) -> NDArray[Any]:
    """Map an array.

    Raises:
        BadInput: it is missing or cut short.
    """
    try:
        found: NDArray[Any] = np.load(file, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        raise damaged(file, "is missing or cut short") from None
    return found


def damaged(file: Path, how: str) -> BadInput:
    """Return the refusal of a region's file."""
    return BadInput(
        code="region_damaged",
        what=f"{file.name} {how}.",
        do="Build the region anew (goldenhour region build), or fetch it again.",
        where=str(file.parent),
    )


def save_rows(file: Path, rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> None:
    """Write rows as CSV."""
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(made.getvalue(), encoding="utf-8")


def load_rows(file: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Read rows of CSV that have these columns.

    Raises:
        BadInput: it is missing or lacks a column, or a row has more or fewer fields than the header.
    """
    try:
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise damaged(file, "is missing or is not UTF-8 text") from None
    reader = csv.DictReader(io.StringIO(content, newline=""), restkey="", restval=None)
    rows = []
    lacking = [column for column in columns if column not in (reader.fieldnames or ())]
    if lacking:
        raise damaged(file, f"has no column {', '.join(lacking)}")
    for row in reader:
        if "" in row or None in row.values():
            raise damaged(file, f"has more or fewer fields than columns on line {reader.line_num}")
        rows.append(dict(row))
    return rows


def save_toml(file: Path, content: Mapping[str, Any]) -> None:
    """Write TOML."""
    file.write_text(tomli_w.dumps(content), encoding="utf-8")


def load_toml(file: Path) -> dict[str, Any]:
    """Read TOML.

    Raises:
        BadInput: it is missing or is not TOML.
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise damaged(file, "is missing or is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as problem:
        raise damaged(file, f"is not TOML: {problem}") from None


def checksums(folder: Path) -> list[dict[str, Any]]:
    """Return name, SHA-256 and size of every guarded file (the arrays) of a region, by name."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and is_guarded(file))
    return [
        {"name": file.relative_to(folder).as_posix(), "sha256": _sha256(file), "bytes": file.stat().st_size}
        for file in files
    ]


def is_guarded(file: Path) -> bool:
    """Say whether a file is guarded by its checksum: all but those meant for people to change."""
    return file.suffix not in {".csv", ".toml"}


def check_files(folder: Path, listed: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a region with a file that is missing, cut short or changed.

    Raises:
        BadInput: names the first such file.
    """
    for entry in listed:
        file = folder / str(entry["name"])
        if not file.is_file():
            raise damaged(file, "is missing")
        size = file.stat().st_size
        if size != entry["bytes"]:
            raise damaged(file, f"holds {size:,} bytes where {entry['bytes']:,} were written")
        if _sha256(file) != entry["sha256"]:
            raise damaged(file, "was changed since the region was built (its SHA-256 differs)")


def _sha256(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
