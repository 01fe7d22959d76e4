"""Triage cards and scripts: what is asked of a caller, what follows, and what the caller is told to do.

Cards are dated data of an agency (protocols/cards, protocols/scripts; docs/how-to/triage-cards.md). A card or script
goes live only once the agency's physician approved it: until then it is for training and says so on every page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from goldenhour.calls.natures import PRIORITIES, UNKNOWN, natures
from goldenhour.dated import Rule, hash_of, read_rules
from goldenhour.errors import BadInput

SHIPPED = Path(__file__).with_name("protocols")
ENTRY, GENERIC = "entry", "generic"  # Cards that must be there.
RESPONSES = ("bls", "als_bls")  # Basic alone, or advanced and basic at once.
AGES = ("adult", "child", "infant")
RECOGNISED = ("arrest",)
SLOWEST, FASTEST = 100, 120  # Compressions a minute (AHA 2020).
_APPROVAL = {"approved_by", "approved_on", "expires"}
_CARD = {"label", "natures", "questions", "determinants", "scripts", "turned"} | _APPROVAL
_SCRIPT = {"title", "steps"} | _APPROVAL
_QUESTION = {"key", "ask", "help", "answers", "turns", "opens"}
_DETERMINANT = {"id", "label", "any", "all", "nature", "priority", "response", "card", "recognises"}
_STEP = {"key", "say", "answers", "goes", "to", "metronome", "stamps", "waits"}
STAMPS = ("first_compression",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, its answers in the order of their keys, and what an answer turns."""

    key: str
    ask: str
    answers: Mapping[str, str]  # Answer: what the call taker sees.
    help: str = ""
    turns: Mapping[str, str]  # Answer: the script it leads to at once.
    opens: Mapping[str, str]  # Answer: the card that is better.


@dataclass(frozen=True, slots=True, kw_only=True)
class Determinant:
    """What a set of answers comes to: who is sent, and how urgently."""

    id: str  # Card and line, such as "chest_pain/grave".
    label: str
    priority: int
    response: str
    nature: str = ""  # "" leaves the call's own.
    card: str = ""  # The card to go on with.
    recognises: str = ""
    any: tuple[tuple[str, frozenset[str]], ...] = ()  # One of these, where there are any: question, answers.
    all: tuple[tuple[str, frozenset[str]], ...] = ()

    def fits(self, answers: Mapping[str, str]) -> bool:
        """Return whether the answers given so far come to this. What nobody answered fits nothing."""
        given = [answers.get(key, "") in wanted for key, wanted in self.any]
        return (any(given) or not given) and all(answers.get(key, "") in wanted for key, wanted in self.all)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card in one version."""

    rule: Rule
    label: str
    natures: tuple[str, ...]
    questions: tuple[Question, ...]
    determinants: tuple[Determinant, ...]  # From the gravest on; the last one fits always.
    scripts: Mapping[str, str]  # By age.
    turned: Mapping[str, Mapping[str, str]]  # A turn that depends on the age.

    @property
    def id(self) -> str:
        """Return its id."""
        return self.rule.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that a caller is told, and what comes next."""

    key: str
    say: str
    answers: Mapping[str, str]
    goes: Mapping[str, str]  # Answer ("next" where none is asked): the step that follows.
    to: str = ""  # The script that follows.
    metronome: int = 0  # Beats a minute, 0 for none.
    stamps: str = ""
    waits: bool = False  # Not to be passed before the caller has answered.


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Instructions in their order, in one version."""

    rule: Rule
    title: str
    steps: tuple[Step, ...]

    @property
    def id(self) -> str:
        """Return its id."""
        return self.rule.id

    def after(self, key: str, answer: str = "next") -> Step | None:
        """Return the step that follows one, None at the end (or where another script follows)."""
        keys = [step.key for step in self.steps]
        at = keys.index(key)
        step = self.steps[at]
        if step.to:
            return None
        goes = step.goes.get(answer)
        if goes:
            return self.steps[keys.index(goes)]
        return self.steps[at + 1] if at + 1 < len(self.steps) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """The cards and scripts in force on one day."""

    cards: Mapping[str, Card]
    scripts: Mapping[str, Script]
    hash: str
    training: tuple[str, ...]  # Cards and scripts that no physician approved, or whose approval ran out.


def load_protocol(day: date, folders: Sequence[Path] = (SHIPPED,), *, live: bool = False) -> Protocol:
    """Return the cards and scripts in force on a day.

    Args:
        day: on the local calendar of the centre.
        folders: each with cards/ and scripts/; the agency's own beside or instead of those shipped.
        live: leave out what is not approved; False keeps it, for training.

    Raises:
        BadInput: a card is wrong, points nowhere, or there is no entry or generic card.
    """
    cards, scripts, digest = _read(tuple(folders))
    now = [card for card in cards if card.rule.in_force(day)]
    said = [script for script in scripts if script.rule.in_force(day)]
    rules = [card.rule for card in now] + [script.rule for script in said]
    unapproved = sorted({rule.id for rule in rules if not _approved(rule, day)})
    if live:
        now = [card for card in now if card.id not in unapproved]
        said = [script for script in said if script.id not in unapproved]
    made = Protocol(
        cards={card.id: card for card in now},
        scripts={script.id: script for script in said},
        hash=digest,
        training=() if live else tuple(unapproved),
    )
    _refuse_dead_ends(made, day)
    return made


def _approved(rule: Rule, day: date) -> bool:
    """Return whether a physician stands for it that day."""
    by, on, until = (rule.says.get(name) for name in ("approved_by", "approved_on", "expires"))
    return bool(by and on and on <= day and (until is None or day < until))


@cache
def _read(folders: tuple[Path, ...]) -> tuple[tuple[Card, ...], tuple[Script, ...], str]:
    """Return every version of every card and script, and the hash of the whole."""
    found = []
    for section, fields in (("cards", _CARD), ("scripts", _SCRIPT)):
        files = sorted(file for folder in folders for file in (folder / section).glob("*.yaml"))
        found.append(read_rules(files, section=section, fields=fields))
    (cards, one), (scripts, other) = found
    return tuple(map(_card, cards)), tuple(map(_script, scripts)), hash_of([one, other])


# ---------------------------------------------------------------- reading


def _words(table: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in (table or {}).items()}


def _refuse(rule: Rule, what: str, do: str = "Correct it, as in its siblings.") -> NoReturn:
    raise BadInput(code="card", what=what, do=do, where=rule.where)


def _known(rule: Rule, line: Mapping[str, Any], fields: set[str], needed: Iterable[str]) -> None:
    strange = set(line) - fields
    lacking = [name for name in needed if not line.get(name)]
    if strange or lacking:
        _refuse(rule, f"{min(strange)!r} is not known here." if strange else f"a line lacks {lacking[0]!r}.")


def _card(rule: Rule) -> Card:
    """Return a rule as a card."""
    says = rule.says
    questions = tuple(_question(rule, line) for line in says.get("questions", ()))
    asked = {question.key: set(question.answers) for question in questions}
    lines = tuple(_determinant(rule, line, asked) for line in says.get("determinants", ()))
    if not lines or lines[-1].any or lines[-1].all:
        _refuse(rule, "has no last determinant that always fits.", "End with one that has neither `any` nor `all`.")
    if len(asked) < len(questions) or len({line.id for line in lines}) < len(lines):
        _refuse(rule, "has a question or determinant twice.")
    strange = [one for one in says.get("natures", ()) if one not in natures()]
    if strange:
        _refuse(rule, f"there is no nature {strange[0]!r}.")
    return Card(
        rule=rule,
        label=str(says.get("label", rule.id)),
        natures=tuple(says.get("natures", ())),
        questions=questions,
        determinants=lines,
        scripts=_words(says.get("scripts")),
        turned={turn: _words(table) for turn, table in (says.get("turned") or {}).items()},
    )


def _question(rule: Rule, line: Mapping[str, Any]) -> Question:
    _known(rule, line, _QUESTION, ("key", "ask", "answers"))
    answers, turns, opens = (_words(line.get(name)) for name in ("answers", "turns", "opens"))
    lost = (set(turns) | set(opens)) - set(answers)
    if lost:
        _refuse(rule, f"question {line['key']} turns on {min(lost)!r}, which is none of its answers.")
    return Question(
        key=line["key"], ask=line["ask"], help=line.get("help", ""), answers=answers, turns=turns, opens=opens
    )


def _determinant(rule: Rule, line: Mapping[str, Any], asked: Mapping[str, set[str]]) -> Determinant:
    _known(rule, line, _DETERMINANT, ("id", "label", "priority", "response"))
    conditions = []
    for name in ("any", "all"):
        pairs = [(key, frozenset(map(str, wanted))) for one in line.get(name, ()) for key, wanted in one.items()]
        for key, wanted in pairs:
            if key not in asked or not wanted <= asked[key]:
                _refuse(rule, f"determinant {line['id']} asks for an answer to {key!r} that cannot be given.")
        conditions.append(tuple(pairs))
    nature, said = line.get("nature", ""), line.get("recognises", "")
    fine = line["priority"] in PRIORITIES and line["response"] in RESPONSES
    if not fine or (nature and nature not in natures()) or (said and said not in RECOGNISED):
        _refuse(rule, f"determinant {line['id']} has a priority, response, nature or recognition that is not known.")
    return Determinant(
        id=f"{rule.id}/{line['id']}",
        label=line["label"],
        priority=line["priority"],
        response=line["response"],
        nature=nature,
        card=line.get("card", ""),
        recognises=said,
        any=conditions[0],
        all=conditions[1],
    )


def _script(rule: Rule) -> Script:
    """Return a rule as a script."""
    steps = []
    keys = [line.get("key") for line in rule.says.get("steps", ())]
    if not keys or len(set(keys)) < len(keys):
        _refuse(rule, "has no steps, or a step twice.")
    for line in rule.says["steps"]:
        _known(rule, line, _STEP, ("key", "say"))
        answers, goes = _words(line.get("answers")), _words(line.get("goes"))
        rate, stamps = line.get("metronome", 0), line.get("stamps", "")
        if set(goes.values()) - set(keys) or set(goes) - {*answers, "next"} or (answers and set(answers) - set(goes)):
            _refuse(rule, f"step {line['key']} leads nowhere, or not from each of its answers.")
        if (rate and not SLOWEST <= rate <= FASTEST) or (stamps and stamps not in STAMPS):
            _refuse(rule, f"step {line['key']}: the metronome beats {SLOWEST} to {FASTEST} a minute.")
        steps.append(
            Step(
                key=line["key"],
                say=line["say"],
                answers=answers,
                goes=goes,
                to=line.get("to", ""),
                metronome=rate,
                stamps=stamps,
                waits=bool(line.get("waits")),
            )
        )
    return Script(rule=rule, title=str(rule.says.get("title", rule.id)), steps=tuple(steps))


def _refuse_dead_ends(protocol: Protocol, day: date) -> None:
    """Refuse cards that lead to a card or script that is not in force, and a protocol that cannot begin or end."""
    for needed in (ENTRY, GENERIC):
        if needed not in protocol.cards:
            raise BadInput(
                code="no_card",
                what=f"no approved card called {needed} is in force on {day}.",
                do="Have the medical director approve it (approved_by, approved_on), or train with the shipped ones.",
                where="protocols",
            )
    for card in protocol.cards.values():
        turns = [turn for question in card.questions for turn in question.turns.values()]
        direct = [turn for turn in turns if turn not in card.turned]
        by_age = [*card.scripts.values(), *(one for table in card.turned.values() for one in table.values())]
        opened = [one for question in card.questions for one in question.opens.values()]
        cards = [*opened, *(line.card for line in card.determinants if line.card)]
        lost = [one for one in (*direct, *by_age) if one not in protocol.scripts]
        lost += [one for one in cards if one not in protocol.cards]
        if card.id != ENTRY and set(card.scripts) != set(AGES):
            lost.append(f"a script for each of {', '.join(AGES)}")
        if lost:
            _refuse(card.rule, f"leads to {lost[0]}, which is not in force on {day}.", "Add it, or lead elsewhere.")
    for script in protocol.scripts.values():
        lost = [step.to for step in script.steps if step.to and step.to not in protocol.scripts]
        if lost:
            _refuse(script.rule, f"leads to {lost[0]}, which is not in force on {day}.", "Add it, or lead elsewhere.")


def card_of(protocol: Protocol, nature: str) -> str:
    """Return the card for a nature; the generic one where none was written for it."""
    if nature in {"", UNKNOWN}:
        return GENERIC
    return next((card.id for card in protocol.cards.values() if nature in card.natures), GENERIC)
