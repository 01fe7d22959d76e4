"""What it takes to practise in another state: the ways that are known, step by step, each with its source.

A way is the compact privilege, recognition of a certificate or licence, a course, or a visitor's standing. Each is a
dated rule of the state it leads to (`reciprocity_rules/`); the compact's members and terms stand beside the rule books.
Where no rule is known the answer is "unknown: ask the state office"; a certificate of the NREMT permits nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path as File
from typing import Any

from goldenhour.dated import Rule, read_rules
from goldenhour.errors import BadInput, Refused
from goldenhour.workforce.book_lines import ANY, NATION, Visitors
from goldenhour.workforce.books import Books, PlaceBook, load_books, place_named, state_named
from goldenhour.workforce.compact import Compact, Membership, load_compact
from goldenhour.workforce.credentials import Kind, Person, Status, rank
from goldenhour.workforce.levels import Level, level_named

RULES = File(__file__).parent / "reciprocity_rules"
_FIELDS = {
    "place", "way", "opens", "levels", "gives", "steps", "asks", "note", "do", "first_known", "confidence",
}  # fmt: skip
_WAYS = ("nremt", "licence", "course", "note")
_STEP = {"needs", "any_of", "unless", "what"}
_ADULT = 18
ASK = "Ask the state office; its answer belongs into reciprocity_rules/, with its source."

# What a step may ask and a holding answers by itself; every other need is answered by `facts`.
_OWN = ("nremt", "licence_elsewhere", "no_licence", "age_18", "nremt_and_military")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What somebody holds when they ask. A fact that is not known is not in `facts`."""

    level: str  # Key or name: emt, "EMT-Basic".
    licence: str = ""  # The state of their live licence at that level; "" none.
    restricted: bool = False  # A licence or privilege of theirs is restricted or suspended, anywhere.
    nremt: str = ""  # The level of their current NREMT certificate; "" none.
    age: float | None = None
    facts: Mapping[str, bool] = field(default_factory=dict)  # {"medical_director": True, "refresher": False, ...}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to have or to do."""

    what: str
    state: str  # "met", "to_do", "blocked" (nothing can be done about it now), "unknown"
    rule: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to practise there, or why it is closed."""

    way: str  # "home", "compact", "level", "nremt", "licence", "course", "visitor", "note"
    verdict: str  # "open" (nothing left to do), "to_do", "closed", "unknown", "" for a note
    what: str
    steps: tuple[Step, ...] = ()
    rule: str = ""
    source: str = ""
    start: date | None = None
    end: date | None = None
    confidence: str = ""
    unconfirmed: bool = False  # No authority says so: never a basis.
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The whole answer."""

    verdict: str  # "may_practise", "steps_to_take", "not_recognised", "unknown"
    what: str
    do: str
    level: str
    licence: str
    to: str
    on: date
    ways: tuple[Way, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return every step of every way that is not closed, in order."""
        return tuple(step for way in self.ways if way.verdict != "closed" for step in way.steps)

    def as_json(self) -> dict[str, Any]:
        """Return the answer as plain values."""
        steps = [
            {"way": way.way, **asdict(step)} for way in self.ways if way.verdict != "closed" for step in way.steps
        ]  # fmt: skip
        return asdict(self) | {"on": self.on.isoformat(), "steps": steps}


@cache
def load_rules() -> tuple[Rule, ...]:
    """Return the shipped rules of recognition.

    Raises:
        BadInput: a line is wrong; it says which.
    """
    rules, _ = read_rules(RULES.glob("*.yaml"), section="reciprocity", fields=_FIELDS)
    for rule in rules:
        _check(rule)
    return rules


def _check(rule: Rule) -> None:
    """Refuse a rule that could not be followed."""
    says = rule.says
    if says.get("way") not in _WAYS or not says.get("levels") or says.get("confidence") not in {"A", "B", "C"}:
        raise BadInput(
            code="rule_line",
            what="way, levels or confidence is missing or unknown.",
            do=f"way is one of {', '.join(_WAYS)}; confidence A, B or C.",
            where=rule.where,
        )
    for step in says.get("steps", ()):
        if not step.get("what") or set(step) - _STEP or not (step.get("needs") or step.get("any_of")):
            raise BadInput(
                code="rule_line", what=f"a step says {step}.", do="It has needs or any_of, and what.", where=rule.where
            )


def known_facts() -> tuple[str, ...]:
    """Return the facts about a person that some rule asks for, for whoever fills `Holding.facts`."""
    found = {"affiliated", "medical_director", "military", "nremt_lapsed"}
    for rule in load_rules():
        for step in rule.says.get("steps", ()):
            found |= {*step.get("any_of", ()), step.get("needs"), step.get("unless")}
    return tuple(sorted(found - {None, *_OWN}))


def path(who: Holding | Person | Sequence[Holding], to_state: str, on: date, books: Books | None = None) -> Path:
    """Return what it takes for somebody to practise in a state from a day on.

    Args:
        who: somebody of ours by what is on record of them, or what somebody holds; several where they hold several
            licences.
        to_state: two letters, or its name.
        on: the day.
        books: the rule books; None: the shipped ones.

    Raises:
        BadInput: a level, state or fact is not known here.
        Refused: somebody of ours holds neither licence nor certificate that day.
    """
    if isinstance(who, Person):
        who = holdings_of(who, on)
    books = books or load_books()
    holdings = [who] if isinstance(who, Holding) else list(who)
    if not holdings:
        raise BadInput(code="no_holding", what="Nothing is held.", do="Say the level and the licence.", where="who")
    to = place_named(to_state, books)
    ways = tuple(dict.fromkeys(way for one in holdings for way in _ways(one, to, on, books)))
    first = holdings[0]
    home = state_named(first.licence, books) if first.licence else ""
    level = level_named(first.level, on=on, place=home or to)
    verdict = _verdict(ways)
    what, do = _words(verdict, level, to, ways)
    return Path(verdict=verdict, what=what, do=do, level=level.key, licence=home, to=to, on=on, ways=ways)


def holdings_of(person: Person, on: date, *, facts: Mapping[str, bool] | None = None) -> list[Holding]:
    """Return what somebody of ours holds on a day: each live licence, with what is known beside it.

    Without a licence: their NREMT certificate alone. A restriction or suspension anywhere counts for every licence.
    What is on record says nothing about an agency or medical director elsewhere: that comes by `facts`.

    Raises:
        Refused: they hold neither licence nor certificate that day.
    """
    holding = [one for one in person.credentials if one.on(on).status.holds]
    licences = [one for one in holding if one.kind is Kind.LICENCE and one.on(on).level]
    registered = [one for one in holding if one.kind is Kind.CERTIFICATE and one.issuer.casefold() == "nremt"]
    against = {Status.RESTRICTED, Status.SUSPENDED, Status.REVOKED}
    barred = any(
        one.on(on).status in against for one in person.credentials if one.kind in {Kind.LICENCE, Kind.COMPACT_PRIVILEGE}
    )
    age = None if person.born is None else float(_years(person.born, on))
    shared: dict[str, Any] = {"restricted": barred, "age": age, "facts": dict(facts or {})}
    best = max(registered, key=lambda one: rank(one.on(on).level), default=None)
    nremt = best.on(on).level if best else ""
    if not licences and not nremt:
        raise Refused(
            code="nothing_held",
            what=f"{person.id} holds no licence and no NREMT certificate on {on}.",
            do="Ask for a day on which they do, or ask without a person.",
        )
    if not licences:
        return [Holding(level=nremt, nremt=nremt, **shared)]
    levels_held = sorted(licences, key=lambda one: (-rank(one.on(on).level), one.place))
    return [Holding(level=one.on(on).level, licence=one.place, nremt=nremt, **shared) for one in levels_held]


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Going:
    """Somebody on their way: what they hold, from where, to where, when."""

    one: Holding
    level: Level
    home: str  # "" without a licence.
    to: str
    on: date
    book: PlaceBook | None  # Of the place they go to.

    def has(self, need: str) -> bool:
        """Return whether they are known to have what a step needs. Not known is not had."""
        one = self.one
        own = {
            "nremt": self.certified,
            "nremt_and_military": bool(one.nremt) and bool(one.facts.get("military")),
            "licence_elsewhere": bool(self.home) and not one.restricted,
            "no_licence": not self.home,
            "age_18": one.age is not None and one.age >= _ADULT,
        }
        return own[need] if need in own else bool(one.facts.get(need))

    @property
    def certified(self) -> bool:
        """Return whether they hold a current NREMT certificate at their level."""
        return bool(self.one.nremt) and level_named(self.one.nremt).key == self.level.key


def _ways(one: Holding, to: str, on: date, books: Books) -> list[Way]:
    """Return every known way there for one holding."""
    unknown = set(one.facts) - set(known_facts())
    if unknown:
        raise BadInput(
            code="bad_fact",
            what=f"No rule asks for {', '.join(sorted(unknown))}.",
            do=f"Known are {', '.join(known_facts())}.",
            where="facts",
        )
    if to == NATION:
        raise BadInput(code="bad_state", what="Nobody is licensed by the country.", do="Name a state.", where="to")
    home = state_named(one.licence, books) if one.licence else ""
    level = level_named(one.level, on=on, place=home or to)
    if not level.care:
        return [_closed("level", f"{level.name} is no level of care: no state licenses it as one.")]
    going = _Going(one=one, level=level, home=home, to=to, on=on, book=books.find(to))
    if home == to:
        return _ended(going) or [_home(one, level, to)]
    rules = [rule for rule in load_rules() if rule.in_force(on) and _speaks(rule, going)]
    rules.sort(key=lambda rule: (_WAYS.index(rule.says["way"]), rule.id))
    return [
        _compact_way(going),
        *_ended(going),
        *(_visit(line, going) for line in _visits(going)),
        *(_state_way(rule, going) for rule in rules),
    ]


def _ended(going: _Going) -> list[Way]:
    """Return that a state says it does not recognise a level, or does so no longer; nothing where it is silent."""
    lines = going.book.levels.get(going.level.key, ()) if going.book else ()
    holding = [line for line in lines if line.in_force(going.on)]
    if any(line.recognised for line in holding):
        return []
    past = [line for line in lines if line.recognised and line.end is not None and line.end <= going.on]
    said = holding or past[-1:]
    return [
        _closed(
            "level",
            f"{going.to} does not recognise {going.level.name}{f' since {line.end}' if line in past else ''}.",
            rule=line.id,
            source=line.source,
            start=line.start,
            end=line.end,
            confidence=line.confidence,
            unconfirmed=line.confidence == "C",
        )
        for line in said
    ]


def _visits(going: _Going) -> list[Visitors]:
    """Return the lines of a state's book that let somebody licensed elsewhere practise for a time."""
    found = []
    for line in going.book.visitors if going.book else ():
        held = bool(going.home) and not {ANY, going.home}.isdisjoint(line.from_licence)
        certified = going.certified and "nremt" in line.from_licence
        if line.in_force(going.on) and going.level.key in line.levels and (held or certified):
            found.append(line)
    return found


def _visit(line: Visitors, going: _Going) -> Way:
    """Return a visitor's standing with its steps."""
    level, to, home = going.level, going.to, going.home
    steps = [Step(what="Hold the licence or certificate it speaks of.", state="met", rule=line.id, source=line.source)]
    if line.when.director:
        met = "met" if going.has("medical_director") else "to_do"
        what = f"Have the approval of a medical director in {to}."
        steps.append(Step(what=what, state=met, rule=line.id, source=line.source))
    if other := _visit_asks(line):
        what = f"Come {', '.join(other)}."
        steps.append(Step(what=what, state="unknown", rule=line.id, source=line.source))
    if going.one.restricted:
        steps.append(Step(what=_RESTRICTED, state="unknown", rule=line.id, source=line.source))
    scope = f"the scope you are licensed for in {home}" if line.scope == "home" and home else f"the scope of {to}"
    return Way(
        way="visitor",
        verdict=_way_verdict(steps),
        what=f"{to} lets a visiting {level.name} practise for a time.",
        steps=tuple(steps),
        rule=line.id,
        source=line.source,
        start=line.start,
        end=line.end,
        confidence=line.confidence,
        unconfirmed=line.confidence == "C",
        note=f"Limited to {scope}. {line.note}".strip(),
    )


def _visit_asks(line: Visitors) -> list[str]:
    """Return what else a visitor's standing hangs on, in words: none of it can be known from what somebody holds."""
    when = line.when
    asks = [f"under the programme of {when.programme}"] if when.programme else []
    asks += ["while an emergency is declared"] if when.declared else []
    asks += [f"with one of the endorsements {', '.join(when.endorsement)}"] if when.endorsement else []
    asks += [f"to work in: {', '.join(when.setting)}"] if when.setting else []
    return asks + ([f"with an order: {', '.join(when.order)}"] if when.order else [])


_RESTRICTED = "Your licence is restricted: the state office decides whether it counts."


def _closed(way: str, what: str, **more: Any) -> Way:
    return Way(way=way, verdict="closed", what=what, **more)


def _home(one: Holding, level: Level, to: str) -> Way:
    what = f"A live licence of {to} as {level.name} is what it takes there."
    if one.restricted:
        return Way(way="home", verdict="unknown", what=f"{what} Yours is restricted: its terms say what is left.")
    return Way(way="home", verdict="open", what=what)


def _speaks(rule: Rule, going: _Going) -> bool:
    """Return whether a rule is about this person going there."""
    says = rule.says
    asks = says.get("asks", {})
    return (
        says["place"] in {going.to, NATION}
        and not {ANY, going.level.key}.isdisjoint(says["levels"])
        and all(going.one.facts.get(name) == wanted for name, wanted in asks.items() if name != "certified")
        and ("certified" not in asks or bool(going.one.nremt) == asks["certified"])
    )


def _state_way(rule: Rule, going: _Going) -> Way:
    """Return a state's own way with its steps answered."""
    says = rule.says
    unconfirmed = says["confidence"] == "C"
    shared: dict[str, Any] = {
        "way": says["way"],
        "rule": rule.id,
        "source": rule.source,
        "start": rule.start,
        "end": rule.end,
        "confidence": says["confidence"],
        "unconfirmed": unconfirmed,
    }
    if says["way"] == "note":
        return Way(verdict="", what=says["note"], **shared)
    if not says.get("opens", True):
        return Way(verdict="closed", what=says["note"], note=says.get("do", ""), **shared)
    steps = [
        Step(what=step["what"], state=_answer(step, going), rule=rule.id, source=rule.source)
        for step in says.get("steps", ())
    ]
    if going.one.restricted:
        steps.append(Step(what=_RESTRICTED, state="unknown", rule=rule.id, source=rule.source))
    what = f"Apply to {says['place']} for a licence as {says.get('gives', going.level.name)}."
    steps.append(Step(what=what, state="to_do", rule=rule.id, source=rule.source))
    what = _WAY_WORDS[says["way"]].format(state=says["place"], level=going.level.name)
    return Way(verdict=_way_verdict(steps), what=what, steps=tuple(steps), note=says.get("note", ""), **shared)


_WAY_WORDS = {
    "nremt": "{state} licenses on a certificate of the NREMT: {level}.",
    "licence": "{state} recognises an equivalent licence or certificate: {level}.",
    "course": "{state} asks for a course and an exam, its own or equivalent ones: {level}.",
}


def _way_verdict(steps: Sequence[Step]) -> str:
    states = {step.state for step in steps}
    for state, verdict in (("blocked", "closed"), ("unknown", "unknown"), ("to_do", "to_do")):
        if state in states:
            return verdict
    return "open"


def _answer(step: Mapping[str, Any], going: _Going) -> str:
    """Return how far a step is met by what somebody holds."""
    needs = step.get("any_of") or [step["needs"]]
    if (step.get("unless") and going.has(step["unless"])) or any(going.has(need) for need in needs):
        return "met"
    return "blocked" if step.get("needs") == "age_18" and going.one.age is not None else "to_do"


def _compact_way(going: _Going) -> Way:
    """Return the way by the compact's privilege: to do, closed, or not known."""
    compact, one = load_compact(), going.one
    if going.on < compact.formed:
        what = f"There was no compact before {compact.formed}."
        return _closed("compact", what, rule=compact.id, source=compact.formed_source, confidence=compact.confidence)
    name = going.level.name
    for closes, kind, what in (
        (not going.home, "individual", "The privilege rests on a live licence of a member state; none is named."),
        (not compact.covers(going.level), "individual", f"{name} is not covered: {_COVERED}."),
        (one.age is not None and one.age < _ADULT, "individual", "The privilege begins at the age of 18."),
        (one.restricted, "discipline", _NO_PRIVILEGE),
    ):
        if closes:
            term = compact.terms[kind]
            return _closed("compact", what, rule=term.id, source=term.source, confidence=compact.confidence)
    states = [compact.membership(place, going.on) for place in (going.home, going.to)]
    for state in states:
        if state.member is False:
            return _closed("compact", state.what, rule=state.rule, source=state.source, confidence=compact.confidence)
    return _privilege(going, compact, states)


_COVERED = "the compact covers EMT, AEMT, paramedic and a state's levels between them"
_NO_PRIVILEGE = "A restricted or suspended licence gives no privilege anywhere: restricted in one state is so in all."


def _privilege(going: _Going, compact: Compact, states: Sequence[Membership]) -> Way:
    """Return the privilege between two states that are members, or may be, with its steps."""
    home, to = (state.state for state in states)
    steps = [
        Step(what=state.what, state="met" if state.member else "unknown", rule=state.rule, source=state.source)
        for state in states
    ]
    individual, agency = compact.terms["individual"], compact.terms["agency"]
    for need, term, what in (
        ("", individual, f"Hold a live, unrestricted licence of {home}."),
        ("age_18", individual, "Be 18 or older."),
        ("affiliated", agency, f"Be affiliated with an agency that {to} authorises; nobody practises alone."),
        ("medical_director", agency, "Practise under a physician medical director there."),
    ):
        met = not need or going.has(need)
        steps.append(Step(what=what, state="met" if met else "to_do", rule=term.id, source=term.source))
    return Way(
        way="compact",
        verdict=_way_verdict(steps),
        what=f"By the privilege of the {compact.name}, on the licence of {home}.",
        steps=tuple(steps),
        rule=compact.id,
        source=compact.source,
        start=max([compact.formed, *(state.start for state in states if state.start)]),
        confidence=compact.confidence,
        note=" ".join(compact.terms[kind].says for kind in ("scope", "discipline", "time_limit")),
    )


def _verdict(ways: Iterable[Way]) -> str:
    """Return the answer of all ways together. What no authority says decides nothing."""
    sure = [way for way in ways if way.verdict and not way.unconfirmed]
    verdicts = {way.verdict for way in sure}
    if "open" in verdicts:
        return "may_practise"
    if "to_do" in verdicts:
        return "steps_to_take"
    said_no = any(way.verdict == "closed" and way.way != "compact" for way in sure)
    return "not_recognised" if said_no and "unknown" not in verdicts else "unknown"


def _words(verdict: str, level: Level, to: str, ways: Sequence[Way]) -> tuple[str, str]:
    """Return the answer and what to do, in words."""
    if verdict == "may_practise":
        return f"Nothing is left to do before practising in {to} as {level.name}.", "Carry your licence."
    if verdict == "steps_to_take":
        return f"There is a way to practise in {to} as {level.name}.", "Take the steps that are still to do."
    if verdict == "not_recognised":
        notes = [way.note for way in ways if way.verdict == "closed" and way.note]
        return f"{level.name} is not recognised in {to}.", " ".join(notes) or ASK
    unclear = [step.what for way in ways for step in way.steps if step.state == "unknown"]
    unclear += [way.what for way in ways if way.way == "home" and way.verdict == "unknown"]
    if unclear:
        return f"Unknown whether there is a way to practise in {to} as {level.name}: {unclear[0]}", ASK
    claims = " There are claims that no authority confirms." if any(way.unconfirmed for way in ways) else ""
    return f"Unknown: no rule recorded here says how {level.name} from elsewhere is licensed in {to}.{claims}", ASK
