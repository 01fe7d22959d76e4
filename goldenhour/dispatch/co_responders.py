"""Help from services that the house does not run: what each can do, where it is proposed, what it may say. Pure.

A co-responder is a task on a call and never a unit: it fills no slot, and nothing is counted of it but what it said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from goldenhour.calls.natures import natures
from goldenhour.dated import TIERS, Rule, read_rules
from goldenhour.errors import BadInput

SERVICES = Path(__file__).with_name("co_responders.yaml")
PLANS = Path(__file__).with_name("co_responder_plans.yaml")
OWN_SERVICES, OWN_PLANS = SERVICES.name, PLANS.name  # In a region's folder: what holds there.


class State(StrEnum):
    """How far a request has come."""

    ASKED = "asked"
    COMING = "coming"
    THERE = "there"
    DECLINED = "declined"
    CLEARED = "cleared"
    CANCELLED = "cancelled"  # By the desk.


OPEN = (State.ASKED, State.COMING, State.THERE)


class Said(StrEnum):
    """What a co-responder may say of a request."""

    COMING = "coming"
    DECLINED = "declined"
    THERE = "there"
    SAFE = "safe"
    NOT_SAFE = "not_safe"
    CLEARED = "cleared"


_MOVES_TO = {
    Said.COMING: State.COMING,
    Said.DECLINED: State.DECLINED,
    Said.THERE: State.THERE,
    Said.CLEARED: State.CLEARED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service that can be asked."""

    key: str
    label: str
    words: tuple[str, ...]  # What people type for it.
    contact: str
    tasks: Mapping[str, str]  # What people read, by key; the first is meant where none is named.
    make_safe: frozenset[str]  # Tasks that units may wait for.


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A co-responder that a call's kind suggests."""

    service: str
    task: str
    stage: bool  # Units are to wait until it says that the scene is safe.
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What is in force on a day."""

    services: Mapping[str, Service]
    plans: tuple[Rule, ...]

    def service_named(self, word: str) -> Service:
        """Return a service by its key or by a word for it.

        Raises:
            BadInput: there is none.
        """
        wanted = word.strip().lower()
        for one in self.services.values():
            if wanted == one.key or wanted in one.words:
                return one
        known = ", ".join(one.words[0].upper() for one in self.services.values())
        raise BadInput(code="service", what=f"no service is {word!r}.", do=f"Use one of {known}.", where="service")

    def proposed(self, nature: str) -> tuple[Proposal, ...]:
        """Return whom the plans propose for a call of that nature, each task once; one that stages goes before."""
        known = natures().get(nature)
        found: dict[tuple[str, str], Proposal] = {}
        for rule in self.plans:
            says = rule.says
            if nature not in says.get("natures", ()) and (known is None or known.group not in says.get("groups", ())):
                continue
            for service, task in says["asks"].items():
                if service not in self.services or task not in self.services[service].tasks:
                    continue  # It is there on other days.
                stage = bool(says.get("stage")) and task in self.services[service].make_safe
                if (service, task) not in found or (stage and not found[service, task].stage):
                    found[service, task] = Proposal(service=service, task=task, stage=stage, rule=rule)
        return tuple(sorted(found.values(), key=lambda one: not one.stage))


@cache
def book_on(day: date, services: tuple[Path, ...] = (SERVICES,), plans: tuple[Path, ...] = (PLANS,)) -> Book:
    """Return the services and proposals in force on a day; of one id the nearest tier's.

    Every line is looked at, of whatever day: a wrong one is refused when the house opens, not when its day comes.

    Raises:
        BadInput: a line is wrong, or speaks of a nature, service or task that there is none of.
    """
    lines, _ = read_rules(services, section="co_responders", fields={"label", "words", "contact", "tasks", "make_safe"})
    known = [_service(line) for line in lines]
    by_word: dict[str, str] = {}
    for one in known:
        for word in one.words:
            if by_word.setdefault(word, one.key) != one.key:
                what = f"{word} stands for {by_word[word]} and for {one.key}."
                raise BadInput(code="co_responder_line", what=what, do="Keep one.", where=OWN_SERVICES)
    asks, _ = read_rules(plans, section="proposals", fields={"natures", "groups", "asks", "stage"})
    tasks = {(one.key, task) for one in known for task in one.tasks}
    for rule in asks:
        _check(rule, tasks)
    return Book(services={rule.id: _service(rule) for rule in _in_force(lines, day)}, plans=tuple(_in_force(asks, day)))


def _in_force(rules: Iterable[Rule], day: date) -> list[Rule]:
    held = sorted((one for one in rules if one.in_force(day)), key=lambda one: TIERS.index(one.tier))
    return list({one.id: one for one in held}.values())  # The nearest tier comes last, and stays.


def _service(rule: Rule) -> Service:
    says = rule.says
    tasks, words, safe = says.get("tasks"), says.get("words"), says.get("make_safe", [])
    if not (isinstance(tasks, Mapping) and tasks and isinstance(words, list) and words and says.get("label")):
        raise _wrong(rule, "it needs a label, words and tasks.")
    if not isinstance(safe, list) or set(safe) - set(tasks):
        raise _wrong(rule, "make_safe names a task that is none of its tasks.")
    return Service(
        key=rule.id,
        label=str(says["label"]),
        words=tuple(str(one).lower() for one in words),
        contact=str(says.get("contact", "")),
        tasks={str(key): str(text) for key, text in tasks.items()},
        make_safe=frozenset(safe),
    )


def _check(rule: Rule, tasks: set[tuple[str, str]]) -> None:
    asks: Any = rule.says.get("asks")
    if not isinstance(asks, Mapping):
        raise _wrong(rule, "asks is no list of services with a task each.")
    strange = [
        *(one for one in rule.says.get("natures", ()) if one not in natures()),
        *(one for one in rule.says.get("groups", ()) if one not in {nature.group for nature in natures().values()}),
        *(f"{one}: {task}" for one, task in asks.items() if (one, task) not in tasks),
    ]
    if strange:
        raise _wrong(rule, f"{strange[0]} is unknown.")


def _wrong(rule: Rule, what: str) -> BadInput:
    return BadInput(code="co_responder_line", what=what, do="Correct it.", where=rule.where)


def state_after(state: State, said: Said) -> State | None:
    """Return how far a request has come by what was said; None where it is over, or was so already.

    What was said of the scene's safety moves nothing. Who comes may say so again, with other minutes.
    """
    if state not in OPEN or (state is State.THERE and said in {Said.COMING, Said.THERE, Said.DECLINED}):
        return None
    return _MOVES_TO.get(said, state)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyTask:
    """A request to make a scene safe: how far it has come, and since when it is said to be safe."""

    state: State
    safe_at: datetime | None


def is_said_safe(tasks: Iterable[SafetyTask], staged_since: datetime) -> bool:
    """Return whether to offer that units enter: a proposal, which a person confirms.

    Somebody has to have said so since the units wait, and nobody who was asked as well may still have to: an older word
    speaks of another danger, and one service's word is not another's.
    """
    said = [(one, one.safe_at is not None and one.safe_at >= staged_since) for one in tasks]
    return any(safe for _, safe in said) and all(safe or one.state not in OPEN for one, safe in said)
