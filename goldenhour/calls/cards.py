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
from typing import Protocol as Protocol_  # The word is the medical one here.

from goldenhour.calls.natures import PRIORITIES, UNKNOWN, natures
from goldenhour.dated import TIERS, Rule, hash_of, read_rules
from goldenhour.errors import BadInput

SHIPPED = Path(__file__).with_name("protocols")
ENTRY, GENERIC = "entry", "generic"  # Cards that must be there.
RESPONSES = ("bls", "als_bls")  # Basic alone, or advanced and basic at once.
AGES = ("adult", "child", "infant")
RECOGNISED = ("arrest",)
SLOWEST, FASTEST = 100, 120  # Compressions a minute (AHA 2020).
APPROVAL = {"approved_by", "approved_on", "expires"}
_CARD = {"label", "natures", "questions", "determinants", "scripts", "by_nature", "turned"} | APPROVAL
_SCRIPT = {"title", "steps"} | APPROVAL
_QUESTION = {"key", "ask", "help", "answers", "when", "turns", "opens", "safety"}
_DETERMINANT = {"id", "label", "any", "all", "nature", "priority", "response", "card", "yields", "recognises"}
_STEP = {"key", "say", "answers", "goes", "to", "sets", "metronome", "stamps", "waits"}
STAMPS = ("first_compression",)

Conditions = tuple[tuple[str, frozenset[str]], ...]  # Question, and the answers that fit.


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, its answers in the order of their keys, and what an answer turns."""

    key: str
    ask: str
    answers: Mapping[str, str]  # Answer: what the call taker sees.
    help: str = ""
    when: Conditions = ()  # Asked only after all of these answers to earlier questions.
    turns: Mapping[str, str]  # Answer: the script it leads to at once.
    opens: Mapping[str, str]  # Answer: the card that is better.
    safety: bool = False  # It is about the caller's own safety: its turn goes before every other one's.

    def asked(self, given: Mapping[str, str]) -> bool:
        """Return whether it is asked at all, after the answers given so far."""
        return all(given.get(key, "") in wanted for key, wanted in self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class Determinant:
    """What a set of answers comes to: who is sent, and how urgently."""

    id: str  # Card and line, such as "chest_pain/grave".
    label: str
    priority: int
    response: str
    nature: str = ""  # "" leaves the call's own.
    card: str = ""  # The card to go on with.
    yields: bool = False  # That card gives way to the one of the call's own nature.
    recognises: str = ""
    any: Conditions = ()  # One of these, where there are any.
    all: Conditions = ()

    @property
    def always(self) -> bool:
        """Return whether it fits whatever was answered: the last one of its card."""
        return not (self.any or self.all)

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
    by_nature: Mapping[str, str]  # What is said instead where the call's nature is known to be this.
    turned: Mapping[str, Mapping[str, str]]  # A turn that depends on the age.

    @property
    def id(self) -> str:
        """Return its id."""
        return self.rule.id

    @property
    def kind(self) -> str:
        """Return what it is among all that a physician stands for."""
        return "card"

    def applying(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return the answers to questions that are still asked after the others; the rest say nothing any more."""
        kept: dict[str, str] = {}
        for question in self.questions:
            if question.key in given and question.asked(kept):
                kept[question.key] = given[question.key]
        return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that a caller is told, and what comes next."""

    key: str
    say: str
    answers: Mapping[str, str]
    goes: Mapping[str, str]  # Answer ("next" where none is asked): the step that follows.
    to: Mapping[str, str]  # By age: the script that follows; empty where none does.
    sets: Mapping[str, str]  # "card.question": the answer that coming here amounts to.
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

    @property
    def kind(self) -> str:
        """Return what it is among all that a physician stands for."""
        return "script"

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


class Worded(Protocol_):
    """What a physician stands for as it is worded: a card, a script, a crew's checklist."""

    @property
    def rule(self) -> Rule:
        """Return the dated line that says it."""

    @property
    def id(self) -> str:
        """Return its id."""

    @property
    def kind(self) -> str:
        """Return what it is: card, script or checklist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A physician stands for one version of one card or script, as its words were then, from one day to another."""

    kind: str  # card, script or checklist
    id: str
    version: str
    words: str  # Hash of what it says: a word changed since, and nobody stands for it.
    by: str
    start: date
    until: date  # The first day on which nobody stands for it any more.


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """The cards and scripts in force on one day."""

    cards: Mapping[str, Card]
    scripts: Mapping[str, Script]
    hash: str
    training: tuple[str, ...]  # "card arrest", "script cpr_adult": nobody stands for these, or no longer.


def load_protocol(
    day: date, folders: Sequence[Path] = (SHIPPED,), *, live: bool = False, approvals: Sequence[Approval] = ()
) -> Protocol:
    """Return the cards and scripts in force on a day; of several of one id, the one of the nearest tier.

    Args:
        day: on the local calendar of the centre.
        folders: each with cards/ and scripts/; the agency's own beside or instead of those shipped.
        live: leave out what is not approved; False keeps it, for training.
        approvals: those beside the ones that stand in the files.

    Raises:
        BadInput: a card is wrong, points nowhere, or there is no entry or generic card.
    """
    cards, scripts, digest = _read(tuple(folders))
    every: tuple[Card | Script, ...] = (*cards, *scripts)
    found = [(one, is_approved(one, day, approvals)) for one in every if one.rule.in_force(day)]
    found.sort(key=lambda pair: TIERS.index(pair[0].rule.tier))
    kept = {name_of(one): (one, fine) for one, fine in found if fine or not live}  # The nearer one is put in last.
    made = Protocol(
        cards={one.id: one for one, _ in kept.values() if isinstance(one, Card)},
        scripts={one.id: one for one, _ in kept.values() if isinstance(one, Script)},
        hash=digest,
        training=tuple(sorted(name for name, (_, fine) in kept.items() if not fine)),
    )
    _refuse_dead_ends(made, day)
    return made


def name_of(one: Worded) -> str:
    """Return what something is called among all that a physician stands for, such as "card arrest"."""
    return f"{one.kind} {one.id}"


def words_of(one: Worded) -> str:
    """Return the hash of what it says, whoever approved it."""
    return hash_of({name: value for name, value in one.rule.says.items() if name not in APPROVAL})


def is_approved(one: Worded, day: date, approvals: Sequence[Approval]) -> bool:
    """Return whether a physician stands for it that day. An approval without an end is none."""
    by, on, until = (one.rule.says.get(name) for name in ("approved_by", "approved_on", "expires"))
    if by and on and until and on <= day < until:
        return True
    mine = [each for each in approvals if f"{each.kind} {each.id}" == name_of(one) and each.start <= day < each.until]
    return any((each.version, each.words) == (one.rule.version, words_of(one)) for each in mine)


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


def refuse_half_approval(rule: Rule) -> None:
    """Refuse an approval that does not say by whom, from when and until when."""
    said = [name for name in sorted(APPROVAL) if rule.says.get(name)]
    wrong = [name for name in said if name != "approved_by" and type(rule.says[name]) is not date]
    if wrong or (said and len(said) < len(APPROVAL)):
        _refuse(rule, "its approval is not whole.", "Give approved_by, approved_on and expires, days as 2026-01-31.")


def _known(rule: Rule, line: Mapping[str, Any], fields: set[str], needed: Iterable[str]) -> None:
    strange = set(line) - fields
    lacking = [name for name in needed if not line.get(name)]
    if strange or lacking:
        _refuse(rule, f"{min(strange)!r} is not known here." if strange else f"a line lacks {lacking[0]!r}.")


def _card(rule: Rule) -> Card:
    """Return a rule as a card."""
    refuse_half_approval(rule)
    says = rule.says
    asked: dict[str, set[str]] = {}
    questions = []
    for line in says.get("questions", ()):
        question = _question(rule, line, asked)
        if question.key in asked:
            _refuse(rule, f"question {question.key} is there twice.")
        asked[question.key] = set(question.answers)
        questions.append(question)
    lines = tuple(_determinant(rule, line, asked) for line in says.get("determinants", ()))
    if not lines or not lines[-1].always or any(line.always for line in lines[:-1]):
        _refuse(rule, "has no last determinant that always fits.", "End with one that has neither `any` nor `all`.")
    if len({line.id for line in lines}) < len(lines):
        _refuse(rule, "has a determinant twice.")
    by_nature = _words(says.get("by_nature"))
    strange = [one for one in (*says.get("natures", ()), *by_nature) if one not in natures()]
    if strange:
        _refuse(rule, f"there is no nature {strange[0]!r}.")
    return Card(
        rule=rule,
        label=str(says.get("label", rule.id)),
        natures=tuple(says.get("natures", ())),
        questions=tuple(questions),
        determinants=lines,
        scripts=_words(says.get("scripts")),
        by_nature=by_nature,
        turned={turn: _words(table) for turn, table in (says.get("turned") or {}).items()},
    )


def _question(rule: Rule, line: Mapping[str, Any], asked: Mapping[str, set[str]]) -> Question:
    _known(rule, line, _QUESTION, ("key", "ask", "answers"))
    answers, turns, opens = (_words(line.get(name)) for name in ("answers", "turns", "opens"))
    lost = (set(turns) | set(opens)) - set(answers)
    if lost:
        _refuse(rule, f"question {line['key']} turns on {min(lost)!r}, which is none of its answers.")
    when = _conditions(rule, f"question {line['key']}", [line.get("when") or {}], asked)
    return Question(
        key=line["key"],
        ask=line["ask"],
        help=line.get("help", ""),
        answers=answers,
        when=when,
        turns=turns,
        opens=opens,
        safety=bool(line.get("safety")),
    )


def _conditions(rule: Rule, who: str, said: Iterable[Any], asked: Mapping[str, set[str]]) -> Conditions:
    """Return conditions on answers, or refuse those that no earlier answer can fit."""
    pairs = []
    for key, wanted in [pair for one in said for pair in one.items()]:
        answers = frozenset(map(str, wanted)) if isinstance(wanted, list) else frozenset()
        if not answers or not answers <= asked.get(key, set()):
            _refuse(rule, f"{who} asks for an answer to {key!r} that cannot be given.")
        pairs.append((key, answers))
    return tuple(pairs)


def _determinant(rule: Rule, line: Mapping[str, Any], asked: Mapping[str, set[str]]) -> Determinant:
    _known(rule, line, _DETERMINANT, ("id", "label", "priority", "response"))
    either, every = (
        _conditions(rule, f"determinant {line['id']}", line.get(name, ()), asked) for name in ("any", "all")
    )
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
        yields=bool(line.get("yields")),
        recognises=said,
        any=either,
        all=every,
    )


def _script(rule: Rule) -> Script:
    """Return a rule as a script."""
    refuse_half_approval(rule)
    steps = []
    keys = [line.get("key") for line in rule.says.get("steps", ())]
    if not keys or len(set(keys)) < len(keys):
        _refuse(rule, "has no steps, or a step twice.")
    for line in rule.says["steps"]:
        _known(rule, line, _STEP, ("key", "say"))
        answers, goes = _words(line.get("answers")), _words(line.get("goes"))
        to = line.get("to") or {}
        to = dict.fromkeys(AGES, to) if isinstance(to, str) else _words(to)
        if to and set(to) != set(AGES):
            _refuse(rule, f"step {line['key']} leads on for some ages only.", f"Give {', '.join(AGES)}.")
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
                to=to,
                sets=_words(line.get("sets")),
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
                do="Have the medical director approve it, here or in its file, or train with the shipped ones.",
                where="protocols",
            )
    for card in protocol.cards.values():
        lost = _lost_from_card(protocol, card)
        if lost:
            _refuse(card.rule, f"leads to {lost[0]}, which is not in force on {day}.", "Add it, or lead elsewhere.")
    answers = {f"{card.id}.{one.key}": one.answers.keys() for card in protocol.cards.values() for one in card.questions}
    for script in protocol.scripts.values():
        lost = [to for step in script.steps for to in step.to.values() if to not in protocol.scripts]
        lost += [key for step in script.steps for key, one in step.sets.items() if one not in answers.get(key, ())]
        if lost:
            _refuse(script.rule, f"leads to {lost[0]}, which is not in force on {day}.", "Add it, or lead elsewhere.")


def _lost_from_card(protocol: Protocol, card: Card) -> list[str]:
    """Return what a card leads to that is not there."""
    turns = [turn for question in card.questions for turn in question.turns.values()]
    direct = [turn for turn in turns if turn not in card.turned]
    by_age = [*card.scripts.values(), *(one for table in card.turned.values() for one in table.values())]
    cards = [one for question in card.questions for one in question.opens.values()]
    cards += [line.card for line in card.determinants if line.card]
    lost = [one for one in (*direct, *by_age, *card.by_nature.values()) if one not in protocol.scripts]
    lost += [one for one in cards if one not in protocol.cards]
    tables = ([] if card.id == ENTRY else [card.scripts]) + list(card.turned.values())
    if any(set(table) != set(AGES) for table in tables):
        lost.append(f"a script for each of {', '.join(AGES)}")
    return lost


def card_of(protocol: Protocol, nature: str) -> str:
    """Return the card for a nature; the generic one where none was written for it."""
    if nature in {"", UNKNOWN}:
        return GENERIC
    return next((card.id for card in protocol.cards.values() if nature in card.natures), GENERIC)
