"""Skills: one vocabulary for the national model, the states' rules, charts and dispatch plans.

A skill says what is done, never who may do it: that stands in rule books (`scope_rules/`). A skill may have forms
(naloxone: by auto-injector, up the nose, ...); a rule about the skill speaks of every form of it.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from goldenhour.dated import read_yaml
from goldenhour.errors import BadInput

KINDS = ("procedure", "medication", "route", "rescue")
_FILE = Path(__file__).with_name("skills.yaml")
_FIELDS = {"label", "covers", "aliases"}
_CODE_SYSTEMS = {"snomed": "SNOMED CT", "rxnorm": "RxNorm"}
_CODE_COLUMNS = ("skill", "system", "code", "label")
_WORDS = re.compile(r"[^\W_]+|\+")
# A record may name several skills on one line: "King LT airway; humeral IO", "OPA and NPA".
_BETWEEN = re.compile(r"; |, | and ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """One thing that can be done for a patient or in a rescue."""

    key: str
    label: str  # As the national model's table names it, else the plain name.
    category: str
    kind: str  # One of KINDS. "route": giving a medicine that way at all; "rescue": a credential of its own.
    covers: tuple[str, ...] = ()  # Keys of its forms, the nearest only; `forms_of` has them all.
    aliases: tuple[str, ...] = ()  # Other names: they find the skill and permit nothing.


@cache
def skills() -> Mapping[str, Skill]:
    """Return every skill by its key, in the order of the file.

    Raises:
        BadInput: the file is wrong: a key or a name is there twice, a form is no skill, forms run in a circle.
    """
    found: dict[str, Skill] = {}
    for group in read_yaml(_FILE):
        for key, line in group["skills"].items():
            if key in found:
                raise _bad_file(key, "is there twice.", "Keep one.")
            found[key] = _skill(key, line, group)
    for skill in found.values():
        for form in skill.covers:
            if form not in found:
                raise _bad_file(skill.key, f'covers "{form}", which is no skill.', "Correct the key or add the skill.")
            if skill.key in _below(form, found):
                raise _bad_file(skill.key, f'and its form "{form}" cover each other.', "Let only one be the family.")
    _names(found)
    return MappingProxyType(found)


def skill_named(text: str) -> Skill:
    """Return the skill of a key, label or alias, whatever its case and punctuation.

    Raises:
        BadInput: no skill is called that; names what is near.

    >>> skill_named("OPA").key, skill_named("opioid antagonist: intranasal unit dose").key
    ('oral_airway', 'naloxone_intranasal')
    """
    key = _by_name().get(_plain(text))
    if key is None:
        raise BadInput(code="unknown_skill", what=f'There is no skill "{text}".', do=_hint(text), where="skill")
    return skills()[key]


def skills_named(text: str) -> tuple[Skill, ...]:
    """Return the skills that a record names on one line: one, or several with `;`, commas or `and` between them.

    Raises:
        BadInput: one of them is no skill.

    >>> [skill.key for skill in skills_named("King LT airway; humeral IO")]
    ['king_lt_airway', 'humeral_io']
    """
    parts = [part.strip() for part in _BETWEEN.split(text)]
    if _plain(text) in _by_name() or not all(_plain(part) in _by_name() for part in parts):
        return (skill_named(text),)
    return tuple(skill_named(part) for part in parts)


@cache
def code_skill(key: str) -> Skill | None:
    """Return the skill that a bare code of a list stands for, such as snomed:47545007; None when it is no code.

    Books made from a state's own file speak of codes; the vocabulary ships none.
    """
    system, _, code = key.partition(":")
    if system not in _CODE_SYSTEMS or not code.isascii() or not code.isdigit():
        return None
    kind = "medication" if system == "rxnorm" else "procedure"
    return Skill(key=key, label=f"{_CODE_SYSTEMS[system]} {code}", category="codes", kind=kind)


def skill_at(key: str) -> Skill:
    """Return the skill of a key: of the vocabulary, or a bare code."""
    found = skills().get(key) or code_skill(key)
    assert found is not None, key
    return found


@cache
def forms_of(key: str) -> frozenset[str]:
    """Return the keys of every form of a skill, forms of forms too, without itself.

    >>> sorted(forms_of("bleeding_control"))
    ['direct_pressure', 'tourniquet', 'wound_packing']
    """
    return frozenset(_below(key, skills())) - {key}


@cache
def families_of(key: str) -> frozenset[str]:
    """Return the keys of every skill that this one is a form of, without itself.

    >>> sorted(families_of("naloxone_intramuscular"))
    ['naloxone', 'naloxone_other_routes']
    """
    return frozenset(other for other in skills() if other != key and key in _below(other, skills()))


def load_codes(path: Path) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the skills that the user's own list of codes speaks of, by (system, code), both in lower case.

    The list is a CSV file with the columns skill, system, code and label (more are ignored), one code and skill a line.
    One code may stand for several skills, and one skill have several codes.

    Raises:
        BadInput: the file cannot be read, lacks a column, or a line has no code or no known skill; names the line.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for where, row in _rows(path):
        system, code = (row["system"] or "").strip().casefold(), (row["code"] or "").strip().casefold()
        if not system or not code:
            raise BadInput(code="codes", what="has no system or no code.", do="Give both.", where=where)
        try:
            key = skill_named(row["skill"] or "").key
        except BadInput as wrong:
            what = wrong.what.removeprefix("skill: ")
            raise BadInput(code="codes", what=what, do=wrong.do, where=where) from None
        keys = found.setdefault((system, code), [])
        if key not in keys:
            keys.append(key)
    return MappingProxyType({pair: tuple(keys) for pair, keys in found.items()})


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, str | None]]]:
    """Yield each line of a list of codes with its place in the file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as wrong:
        raise BadInput(
            code="codes", what=f"cannot be read ({wrong.strerror}).", do="Check the path.", where=str(path)
        ) from None
    except UnicodeDecodeError:
        raise BadInput(code="codes", what="is not UTF-8 text.", do="Save it as UTF-8.", where=path.name) from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in _CODE_COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        what = f"has no column {', '.join(missing)}."
        raise BadInput(code="codes", what=what, do=f"It needs {', '.join(_CODE_COLUMNS)}.", where=path.name)
    for row in reader:
        yield f"{path.name} line {reader.line_num}", row


def _below(key: str, table: Mapping[str, Skill]) -> set[str]:
    """Return a key and the keys of all its forms; stops where forms run in a circle."""
    found: set[str] = set()
    ahead = [key]
    while ahead:
        at = ahead.pop()
        if at in found or at not in table:
            continue
        found.add(at)
        ahead += table[at].covers
    return found


def _skill(key: str, line: Mapping[str, Any], group: Mapping[str, Any]) -> Skill:
    """Return one line of the file as a skill."""
    if set(line) - _FIELDS or not line.get("label") or group["kind"] not in KINDS:
        raise _bad_file(key, "has no label, an unknown field or kind.", f"Known: {', '.join(sorted(_FIELDS))}.")
    return Skill(
        key=key,
        label=line["label"],
        category=group["category"],
        kind=group["kind"],
        covers=tuple(line.get("covers", ())),
        aliases=tuple(str(alias) for alias in line.get("aliases", ())),
    )


def _bad_file(key: str, what: str, do: str) -> BadInput:
    return BadInput(code="skills", what=what, do=do, where=f"{_FILE.name}, {key}")


@cache
def _by_name() -> Mapping[str, str]:
    """Return the key of every name."""
    return _names(skills())


def _names(table: Mapping[str, Skill]) -> dict[str, str]:
    """Return the key of every name; refuse a name that two skills have."""
    found: dict[str, str] = {}
    for skill in table.values():
        for name in (skill.key, skill.label, *skill.aliases):
            other = found.setdefault(_plain(name), skill.key)
            if other != skill.key:
                raise _bad_file(skill.key, f'is called "{name}", and so is {other}.', "Give the name to one.")
    return found


def _plain(text: str) -> str:
    """Return a name without case and punctuation, words apart by one space."""
    return " ".join(_WORDS.findall(text.casefold().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")))


def _hint(text: str) -> str:
    """Return what one may have meant."""
    parts = [_by_name().get(_plain(part)) for part in _BETWEEN.split(text)]
    if len(parts) > 1 and all(parts):
        return f"These are several skills; ask for one: {', '.join(filter(None, parts))}."
    sought, names = _plain(text), _by_name()
    near = [names[one] for one in get_close_matches(sought, names, n=6, cutoff=0.6)]
    words = set(sought.split())
    near += [key for name, key in names.items() if words and words <= set(name.split())]
    keys = list(dict.fromkeys(near))[:5]
    if keys:
        return f"Did you mean {' or '.join(keys)}?"
    return "`goldenhour scope table US` lists them."
