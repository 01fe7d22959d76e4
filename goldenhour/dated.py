"""Rules as dated data: YAML lines with `from`, `to`, `source` and `tier`, read strictly, in force between days.

A span is half open: in force from its first day until the day before `to`. The past is never edited; a change is a new
line. A book of rules has a hash, kept with every decision that was made under it.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from goldenhour.errors import BadInput

TIERS = ("national", "state", "agency")  # Rising: the nearer one goes before.
_BOOLEAN = "tag:yaml.org,2002:bool"
_ALWAYS_THERE = {"id", "tier", "from", "to", "source"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One dated line. What it says is in `says`; its own room reads it."""

    id: str
    tier: str
    start: date
    end: date | None  # The first day it is no longer in force; None: still.
    source: str
    says: Mapping[str, Any]
    where: str  # File and id, for messages.

    def in_force(self, day: date) -> bool:
        """Return whether the rule holds that day."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: "Rule") -> bool:
        """Return whether some day has both."""
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)

    @property
    def version(self) -> str:
        """Return its id with the day it is in force from."""
        return f"{self.id} ({self.start.isoformat()})"


# The parser in C where PyYAML was built with it: the same answers, ten times as fast.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Loader):  # type: ignore[misc]
    """YAML that refuses a key given twice, and reads yes and no as the words they are (as YAML 1.2 does)."""

    yaml_implicit_resolvers = {
        first: [(tag, words) for tag, words in resolvers if tag != _BOOLEAN]
        for first, resolvers in _Loader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT002 -- Its base's.
        """Return the mapping, each key once."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {str(key) for key in keys if keys.count(key) > 1}
        if twice:
            raise BadInput(
                code="rule_file",
                what=f"{', '.join(sorted(twice))} is there twice.",
                do="Keep one.",
                where=f"{node.start_mark.name} line {node.start_mark.line + 1}",
            )
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


_StrictLoader.add_implicit_resolver(_BOOLEAN, re.compile(r"^(?:true|false)$"), list("tf"))


def read_yaml(path: Path) -> Any:
    """Return what a YAML file holds.

    Raises:
        BadInput: it is not there, is no YAML, or gives a key twice.
    """
    try:
        with path.open(encoding="utf-8") as file:
            return yaml.load(file, _StrictLoader)  # noqa: S506 -- A SafeLoader, only stricter.
    except OSError as wrong:
        raise BadInput(
            code="rule_file", what=f"cannot be read ({wrong.strerror}).", do="Check the path.", where=str(path)
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        raise BadInput(code="rule_file", what=f"is not YAML: {wrong}", do="Correct it.", where=path.name) from None
    except (ValueError, RecursionError) as wrong:  # A day such as 2020-02-30; thousands of brackets.
        reason = "is nested too deep" if isinstance(wrong, RecursionError) else f"has a value that is none: {wrong}"
        raise BadInput(code="rule_file", what=f"{reason}.", do="Correct it.", where=path.name) from None


def hash_of(content: Any) -> str:
    """Return the hash of a rule book's content: what it says, whatever its layout and comments."""
    text = json.dumps(content, sort_keys=True, default=str, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def read_rules(paths: Iterable[Path], *, section: str, fields: set[str]) -> tuple[tuple[Rule, ...], str]:
    """Return the rules of these files and the hash of the whole book.

    Args:
        paths: YAML files, each a mapping with the one key `section` holding a list of rules.
        section: what the list is called in the file.
        fields: what a rule may say beside id, tier, from, to and source.

    Raises:
        BadInput: a file or line is wrong; a rule has no source, no dates or an unknown field; two versions of one
            rule in one tier overlap.
    """
    rules: list[Rule] = []
    content: list[Any] = []
    for path in sorted(paths):
        found = read_yaml(path)
        if not isinstance(found, Mapping) or set(found) != {section} or not isinstance(found[section], Sequence):
            raise BadInput(
                code="rule_file",
                what=f"does not hold one list called {section}.",
                do="See its siblings.",
                where=path.name,
            )
        content.append(found)
        rules += [_rule(line, path.name, fields) for line in found[section]]
    refuse_overlaps(rules, key=lambda rule: rule.id)
    return tuple(rules), hash_of(content)


def refuse_overlaps(rules: Sequence[Rule], *, key: Any) -> None:
    """Refuse two rules of one tier that speak of the same thing (equal `key`) on the same day."""
    for at, rule in enumerate(rules):
        for other in rules[:at]:
            if rule.tier == other.tier and key(rule) == key(other) and rule.overlaps(other):
                raise BadInput(
                    code="rule_overlap",
                    what=f"overlaps with {other.where} from {max(rule.start, other.start)} on.",
                    do="End the earlier one with `to`.",
                    where=rule.where,
                )


def _fault(line: Mapping[str, Any], fields: set[str]) -> tuple[str, str] | None:
    """Return what is wrong with a line and what to do, or None."""
    unknown = set(line) - fields - _ALWAYS_THERE
    start, end = line.get("from"), line.get("to")
    if unknown:
        return f"unknown field {', '.join(sorted(unknown))}.", f"Known are {', '.join(sorted(fields))}."
    if not str(line.get("source") or "").strip():
        return "has no source.", "Say where the rule stands written."
    if line.get("tier") not in TIERS:
        return f"tier is {line.get('tier')!r}.", f"It must be one of {', '.join(TIERS)}."
    if type(start) is not date or (end is not None and type(end) is not date):
        return "`from` (and `to`, if it ended) must be days.", "Write 2026-01-31."
    if end is not None and end <= start:
        return f"ends {end}, not after it starts {start}.", "`to` is the first day it no longer holds."
    return None


def _rule(line: Any, file: str, fields: set[str]) -> Rule:
    """Return one line of a rule file as a rule."""
    if not isinstance(line, Mapping) or not line.get("id"):
        raise BadInput(code="rule_line", what="a rule has no id.", do="Give it one.", where=file)
    where = f"{file}, {line['id']}"
    fault = _fault(line, fields)
    if fault:
        raise BadInput(code="rule_line", what=fault[0], do=fault[1], where=where)
    return Rule(
        id=str(line["id"]),
        tier=line["tier"],
        start=line["from"],
        end=line.get("to"),
        source=str(line["source"]),
        says={name: value for name, value in line.items() if name not in _ALWAYS_THERE},
        where=where,
    )
