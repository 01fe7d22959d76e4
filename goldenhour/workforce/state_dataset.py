"""A NEMSIS StateDataSet becomes a rule book: what a state recognises and permits, level by level, by its own codes.

The file names levels (sConfiguration.01), the procedures each may perform (.02, .03: SNOMED CT) and the medications
each may give (.04, .05: RxNorm, or SNOMED CT for blood products). Codes come from the file alone; none are shipped.

A book made this way is synthetic: it answers under a place of its own and never for the state that the file names. What
a state's office really published becomes law of that state only when a person writes it into that state's book, with
its source.
"""

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.parsers import expat  # A document type, and with it every entity, is refused below.

import yaml

from goldenhour.errors import BadInput, Refused
from goldenhour.workforce.levels import level_of_code
from goldenhour.workforce.skills import forms_of

NAMESPACE = "http://www.nemsis.org"
SCHEMA = re.compile(r"(?<![\d.])3\.5(?:\.\d+)*")  # The schemas whose lists are read here.
_ANY_SCHEMA = re.compile(r"(?<![\d.])\d+\.\d+(?:\.\w+)*")
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_MOST_BYTES = 64 * 2**20  # A state's file is far below one megabyte.
_DEEPEST = 32
_STATE_CODE = re.compile(r"\d{2}")
_CODE = re.compile(r"\d{2,18}")
_LEVEL_CODE = re.compile(r"9917\d{3}")
RXNORM, SNOMED = "rxnorm", "snomed"
_PROCEDURES, _MEDICATIONS = "sConfiguration.ProcedureGroup", "sConfiguration.MedicationGroup"
_CODE_TYPES = {"": RXNORM, "9924003": RXNORM, "9924005": SNOMED}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Permission:
    """One thing that a state permits a level."""

    level: str  # NEMSIS level code, such as 9917005.
    kind: str  # "procedure" or "medication".
    system: str  # "snomed" or "rxnorm".
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateDataSet:
    """What a StateDataSet says about who may do what."""

    state: str  # ANSI state code, such as 09.
    schema: str  # NEMSIS version that the file was written for.
    start: date  # The day it is effective from.
    start_known: bool  # False: the file says only when it was made.
    software: str  # Who made the file, as it says.
    levels: tuple[str, ...]  # NEMSIS level codes, rising.
    permissions: tuple[Permission, ...]
    notes: tuple[str, ...]  # What was odd in the file, in words.

    def counts(self) -> dict[tuple[str, str], int]:
        """Return how many procedures and medications each level may do, by (level code, kind); 0 where none."""
        found = {(level, kind): 0 for level in self.levels for kind in ("procedure", "medication")}
        for one in self.permissions:
            found[one.level, one.kind] += 1
        return found


def read(path: Path, *, schema: str = "") -> StateDataSet:
    """Return what a StateDataSet file says.

    Args:
        path: the XML file.
        schema: the NEMSIS version it was written for, where the file does not say.

    Raises:
        BadInput: it is not there, is cut short, is something else or of another version, or holds no levels or
            permissions; a document type or entity stands in it.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _bad(path.name, "is larger than 64 MB.", "A StateDataSet is far smaller: check that it is one.")
        content = path.read_bytes()
    except OSError as wrong:
        raise _bad(str(path), f"cannot be read ({wrong.strerror}).", "Check the path.") from None
    return parse(content, where=path.name, schema=schema)


def parse(content: bytes, *, where: str, schema: str = "") -> StateDataSet:
    """Return what the bytes of a StateDataSet say; see `read`."""
    reader = _Reader(where, schema)
    reader.feed(content)
    return reader.dataset()


def _bad(where: str, what: str, do: str) -> BadInput:
    return BadInput(code="state_dataset", what=what, do=do, where=where)


@dataclass(slots=True)
class _Group:
    """A procedure or medication group that is being read."""

    line: int
    level: str = ""
    codes: list[tuple[str, str]] = field(default_factory=list)  # (system, code)


class _Reader:
    """Reads the file element by element; keeps only what says who may do what."""

    def __init__(self, where: str, schema: str) -> None:
        self._where = where
        self._schema = schema
        self._stack: list[str] = []
        self._text: list[str] = []
        self._attributes: list[Mapping[str, str]] = []
        self._root: Mapping[str, str] = {}
        self._state = ""
        self._software: list[str] = []
        self._levels: list[str] = []
        self._procedures: list[_Group] = []
        self._medications: list[_Group] = []
        self._notes: list[str] = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._text_of
        parser.EndElementHandler = self._end
        self._parser = parser

    def feed(self, content: bytes) -> None:
        """Read the whole file."""
        try:
            self._parser.Parse(content, True)  # noqa: FBT003 -- Its only way to say that this is all.
        except expat.ExpatError as wrong:
            cut = bool(self._stack) and wrong.code in _CUT_SHORT
            what = "is cut short: it ends inside" if cut else "is not XML that can be read:"
            said = f" {self._stack[-1]}." if cut else f" {expat.errors.messages.get(wrong.code, 'unknown fault')}."
            raise _bad(self._at(wrong.lineno), what + said, "Fetch the whole file again.") from None
        except (ValueError, LookupError) as wrong:  # An encoding that nobody here knows.
            raise _bad(self._where, f"cannot be read: {wrong}.", "Save it as UTF-8.") from None

    def dataset(self) -> StateDataSet:
        """Return what was read, or refuse what is missing."""
        start, known = self._first_day()
        if not self._state:
            raise _bad(self._where, "names no state (sState.01).", "Ask the state office for a whole file.")
        if not self._levels:
            raise _bad(
                self._where,
                "recognises no level (sConfiguration.01).",
                "Ask the state office for a file with its lists.",
            )
        found = self._permissions("procedure", self._procedures) + self._permissions("medication", self._medications)
        for kind in ("procedure", "medication"):
            if not any(one.kind == kind for one in found):
                raise _bad(
                    self._where,
                    f"lists no {kind} for any level that it recognises.",
                    "Ask the state office for a file with its lists.",
                )
        return StateDataSet(
            state=self._state,
            schema=self._schema,
            start=start,
            start_known=known,
            software=" ".join(self._software),
            levels=tuple(sorted(self._levels)),
            permissions=tuple(sorted(found)),
            notes=tuple(self._notes),
        )

    def _permissions(self, kind: str, groups: Sequence[_Group]) -> list[Permission]:
        """Return the permissions of these groups, each once; say what was said twice or for nobody."""
        found: dict[Permission, None] = {}
        for group in groups:
            if group.codes and group.level not in self._levels:
                whose = f"{len(group.codes)} {kind}s for {group.level or 'no level'}"
                self._notes.append(f"line {group.line}: {whose}, which is not among the state's levels: left out.")
                continue
            for system, code in group.codes:
                one = Permission(level=group.level, kind=kind, system=system, code=code)
                if one in found:
                    self._notes.append(
                        f"line {group.line}: {kind} {code} is listed twice for {group.level}: kept once."
                    )
                found[one] = None
        return list(found)

    def _first_day(self) -> tuple[date, bool]:
        """Return the day the file is effective from, or made on, and which of the two."""
        for name, known in (("effectiveDate", True), ("timestamp", False)):
            text = self._root.get(name, "")
            if text:
                try:
                    return datetime.fromisoformat(text).date(), known
                except ValueError:
                    raise _bad(
                        self._where, f"{name} is {text!r}, no time.", "Correct it: 2026-01-31T00:00:00-06:00."
                    ) from None
        raise _bad(self._where, "has neither effectiveDate nor timestamp.", "Ask the state office for a whole file.")

    def _at(self, line: int) -> str:
        return f"{self._where} line {line}"

    def _here(self) -> str:
        return self._at(self._parser.CurrentLineNumber)

    def _doctype(self, *_: Any) -> None:
        raise _bad(
            self._here(), "has a document type (DOCTYPE).", "No StateDataSet has one: it may be hostile. Fetch it anew."
        )

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._stack) == _DEEPEST:
            raise _bad(self._here(), f"is nested deeper than {_DEEPEST} elements.", "This is no StateDataSet.")
        space, _, name = tag.rpartition(" ")
        if not self._stack:
            self._check_root(space, name, attributes)
        elif space != NAMESPACE:
            name = tag  # Somebody else's element, whatever it is called.
        self._stack.append(name)
        self._attributes.append(attributes)
        self._text = []
        if name in {_PROCEDURES, _MEDICATIONS}:
            self._groups(name).append(_Group(self._parser.CurrentLineNumber))

    def _groups(self, name: str) -> list[_Group]:
        return self._procedures if name == _PROCEDURES else self._medications

    def _check_root(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        """Refuse another kind of file, or one of a version whose lists may mean something else."""
        if (space, name) != (NAMESPACE, "StateDataSet"):
            what = f"holds {name}" + ("" if space == NAMESPACE else f" of the namespace {space or 'none'}")
            raise _bad(self._here(), f"{what}, not a NEMSIS StateDataSet.", "Give the state's StateDataSet file.")
        said = _ANY_SCHEMA.search(attributes.get(f"{_XSI} schemaLocation", ""))
        version = said.group() if said else self._schema
        if not version:
            raise _bad(
                self._here(),
                "does not say which NEMSIS version it is (xsi:schemaLocation).",
                "Ask who made it, and say so with --schema 3.5.1.",
            )
        if not SCHEMA.match(version):
            raise _bad(self._here(), f"is of NEMSIS {version}; 3.5 is read.", "Ask the state office for its 3.5 file.")
        self._schema, self._root = version, dict(attributes)

    def _text_of(self, text: str) -> None:
        self._text.append(text)

    def _end(self, _tag: str) -> None:
        name, attributes = self._stack.pop(), self._attributes.pop()
        text, self._text = "".join(self._text).strip(), []
        parent, keep = _KEPT.get(name, ("", None))
        if keep and text and self._stack[-1] == parent:
            keep(self, text, attributes)

    def keep_state(self, text: str, _: Mapping[str, str]) -> None:
        """Keep which state it is."""
        if not _STATE_CODE.fullmatch(text):
            raise _bad(self._here(), f"sState.01 is {text!r}, no ANSI state code.", "It is two digits, such as 49.")
        self._state = text

    def keep_software(self, text: str, _: Mapping[str, str]) -> None:
        """Keep who made the file."""
        self._software.append(text)

    def keep_level(self, text: str, _: Mapping[str, str]) -> None:
        """Keep a level that the state recognises."""
        self._level_code(text, "sConfiguration.01")
        if text in self._levels:
            self._notes.append(f"line {self._parser.CurrentLineNumber}: level {text} is listed twice: kept once.")
        else:
            self._levels.append(text)

    def keep_group_level(self, text: str, _: Mapping[str, str]) -> None:
        """Keep whose list this is."""
        kind = self._stack[-1]
        self._groups(kind)[-1].level = self._level_code(text, kind)

    def keep_procedure(self, text: str, _: Mapping[str, str]) -> None:
        """Keep a procedure of the list."""
        self._procedures[-1].codes.append((SNOMED, self._code(text, "sConfiguration.03")))

    def keep_medication(self, text: str, attributes: Mapping[str, str]) -> None:
        """Keep a medication of the list."""
        said = attributes.get("CodeType", "")
        if said not in _CODE_TYPES:
            raise _bad(self._here(), f"sConfiguration.05 is of the code type {said}.", "Known are 9924003 and 9924005.")
        self._medications[-1].codes.append((_CODE_TYPES[said], self._code(text, "sConfiguration.05")))

    def _level_code(self, text: str, element: str) -> str:
        if not _LEVEL_CODE.fullmatch(text):
            raise _bad(self._here(), f"{element} is {text!r}, no level code.", "Level codes are such as 9917005.")
        return text

    def _code(self, text: str, element: str) -> str:
        if not _CODE.fullmatch(text):
            raise _bad(self._here(), f"{element} is {text!r}, no code.", "It must be the digits of a code.")
        return text


_CUT_SHORT = {
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
}
_KEPT = {  # Element: where it stands, and what keeps it.
    "sState.01": ("sState", _Reader.keep_state),
    "sSoftware.01": ("sSoftware.SoftwareGroup", _Reader.keep_software),
    "sSoftware.02": ("sSoftware.SoftwareGroup", _Reader.keep_software),
    "sConfiguration.01": ("sConfiguration", _Reader.keep_level),
    "sConfiguration.02": (_PROCEDURES, _Reader.keep_group_level),
    "sConfiguration.03": (_PROCEDURES, _Reader.keep_procedure),
    "sConfiguration.04": (_MEDICATIONS, _Reader.keep_group_level),
    "sConfiguration.05": (_MEDICATIONS, _Reader.keep_medication),
}


# ---------------------------------------------------------------- the book


def book_of(
    dataset: StateDataSet, *, place: str, source: str, codes: Mapping[tuple[str, str], Sequence[str]] | None = None
) -> dict[str, Any]:
    """Return the rule book of a StateDataSet, as the book files have it (docs/reference/rules.md).

    Args:
        dataset: what the file says.
        place: where the book answers: an invented place, X and a letter, which no state has.
        source: which file, and whose.
        codes: skills of the vocabulary by (system, code), from the user's own list (`skills.load_codes`): what a code
            permits is then said of the skill as well.

    Raises:
        BadInput: the place could be a real one, or a level code has no level here.
    """
    if not _INVENTED.fullmatch(place):
        raise BadInput(
            code="not_invented",
            what=f"{place!r} could be a real place; a book made from a file must never answer for one.",
            do="Write X and a letter, such as XT.",
            where="--place",
        )
    names = {code: _level_key(code) for code in dataset.levels}
    dates: dict[str, Any] = {"from": dataset.start}
    if not dataset.start_known:
        dates["first_known"] = True  # The day it was made: the real start is earlier and not known.
    shared = {**dates, "source": source, "confidence": "B"}
    levels = [
        {"id": f"{place.lower()}-level-{key.replace('_', '-')}", "levels": [key], "recognised": True, **shared}
        for key in sorted(names.values())
    ]
    return {
        "place": place,
        "name": f"{place} (imported)",
        "note": f"synthetic: made from a file, for trying out; the law of no state. {_said(dataset)}",
        "synthetic": True,
        "levels": levels,
        "skills": [
            _line(f"{kind}-{system}-{code}", f"{system}:{code}", found, names, book=(place, shared))
            for (kind, system, code), found in sorted(_by_code(dataset).items())
        ]
        + [
            _line(f"skill-{skill.replace('_', '-')}", skill, found, names, book=(place, shared))
            for skill, found in sorted(_by_skill(dataset, codes or {}).items())
        ],
    }


_INVENTED = re.compile(r"X[A-Z]")


def _said(dataset: StateDataSet) -> str:
    return f"State code {dataset.state}; made by {dataset.software or 'nobody who says so'}."


def _level_key(code: str) -> str:
    level = level_of_code("state_cert", code)
    if level is None:
        raise BadInput(
            code="unknown_level",
            what=f"No level here has the code {code}.",
            do="Add it to workforce/levels.yaml, with its source.",
            where="sConfiguration.01",
        )
    return level.key


def _by_code(dataset: StateDataSet) -> dict[tuple[str, str, str], set[str]]:
    """Return the level codes that each (kind, system, code) is permitted to."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for one in dataset.permissions:
        found.setdefault((one.kind, one.system, one.code), set()).add(one.level)
    return found


def _by_skill(dataset: StateDataSet, codes: Mapping[tuple[str, str], Sequence[str]]) -> dict[str, set[str]]:
    """Return the level codes that each skill of the vocabulary is permitted to, by any of its codes.

    A family is left out where one of its forms is there: each form has its own codes.
    """
    found: dict[str, set[str]] = {}
    for (_, system, code), permitted in _by_code(dataset).items():
        for skill in codes.get((system, code), ()):
            found.setdefault(skill, set()).update(permitted)
    return {skill: permitted for skill, permitted in found.items() if forms_of(skill).isdisjoint(found)}


def _line(
    ident: str, skill: str, found: set[str], names: Mapping[str, str], *, book: tuple[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return one code's or skill's line. A level that the list leaves out may not: it lists what is permitted."""
    place, shared = book
    return {
        "id": f"{place.lower()}-{ident}",
        "skills": [skill],
        "allow": sorted(names[level] for level in found),
        "deny": sorted(name for level, name in names.items() if level not in found),
        **shared,
    }


def counts_of(book: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    """Return how many procedures and medications a book permits each level, by (level key, kind)."""
    levels = [key for line in book["levels"] for key in line["levels"]]
    found = {(key, kind): 0 for key in levels for kind in ("procedure", "medication")}
    for line in book["skills"]:
        kind = line["id"].split("-")[1]
        for key in line["allow"] if kind in {"procedure", "medication"} else ():
            found[key, kind] += 1
    return found


def write_book(book: Mapping[str, Any], folder: Path, *, replace: bool = False) -> Path:
    """Write a book into a folder, whole or not at all; return the file. The same book again changes nothing.

    Raises:
        BadInput: the folder cannot be written.
        Refused: another book of that place is there, and it is not to be replaced.
    """
    file = folder / f"{str(book['place']).lower()}.yaml"
    text = _HEAD + yaml.safe_dump(dict(book), sort_keys=False, allow_unicode=True, width=120)
    try:
        if file.exists() and file.read_text(encoding="utf-8") != text and not replace:
            raise Refused(
                code="book_exists",
                what=f"{file} is there already and says something else.",
                do="Give another folder or --place, or --replace to put this one in its place.",
            )
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".part", encoding="utf-8", delete=False) as part:
            half = Path(part.name)
            try:
                part.write(text)
                part.flush()
                os.fsync(part.fileno())
                half.replace(file)
            except BaseException:
                half.unlink(missing_ok=True)
                raise
    except OSError as wrong:
        raise BadInput(
            code="cannot_write", what=f"cannot be written ({wrong.strerror}).", do="Check the path.", where=str(folder)
        ) from None
    return file


_HEAD = "# Made by `goldenhour scope import`. A synthetic book: it is not the law of any state.\n"
