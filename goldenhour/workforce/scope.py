"""Scope of practice: may this person do this, here, today, and why.

`decide` is pure: an ask and the books in, a decision with its reasons out. Layers intersect: the role at the scene, how
the person stands (a live licence at a level the place recognises, or a privilege), what the state says (else the
national model it adopted), the rule's conditions, and what the agency narrows. One denial denies; otherwise one thing
that is not known leaves the answer unknown; a missing rule is never a yes.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from goldenhour.errors import BadInput
from goldenhour.workforce import scope_words as say
from goldenhour.workforce.book_lines import NATION, ROUTES, SETTINGS, LevelLine, Line, SkillLine, Visitors, When, states
from goldenhour.workforce.books import Books, PlaceBook, load_books, place_named, place_words, state_named
from goldenhour.workforce.compact import Membership, load_compact
from goldenhour.workforce.credentials import Standing, is_within
from goldenhour.workforce.levels import Level, level_named, levels
from goldenhour.workforce.skills import Skill, code_skill, forms_of, skill_named, skills

ALLOW, DENY, UNKNOWN = "allow", "deny", "unknown"
LAYERS = ("role", "standing", "compact", "state", "national", "conditions", "agency")
NREMT = "NREMT"
RESCUE = "rescue"  # The endorsement, and the kind of skill that needs it.
CARE_ROLES = frozenset({"care", "attendant", "primary_attendant", "preceptor", "driver", "rescue", "medical_director"})
# Who leads does not treat: these take a person's care out of the counted capacity.
COMMAND_ROLES = frozenset(
    {
        "command", "incident_commander", "deputy_incident_commander", "unified_command", "management", "supervisor",
        "operations", "planning", "logistics", "finance", "safety", "liaison", "public_information", "staging",
        "dispatch",
        "medical_branch", "medical_group", "triage_unit_leader", "treatment_unit_leader", "transport_unit_leader",
        "division_supervisor", "group_supervisor",
    }
)  # fmt: skip
_MOST_SAID = 100_000  # Findings kept in words; beyond, they are made anew.
_ROLE_ENDINGS = ("_officer", "_section_chief", "_chief", "_manager", "_supervisor", "_director", "_leader")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question. Keys as in levels.yaml, skills.yaml and scope_rules/."""

    level: str
    skill: str
    place: str
    on: date  # The day in that place.
    agency: str = ""
    licence: str = ""  # The state of the licence, or NREMT; "": a live licence of `place`.
    endorsements: frozenset[str] = frozenset()
    role: str = "care"
    setting: str = "ambulance"
    route: str = ""
    order: str = ""  # "", "online" or "standing".
    declared: bool = False  # Whether an emergency is declared.
    age: float | None = None  # Of the patient, in years.
    director: bool | None = None  # Whether the medical director approves.
    programme: str = ""
    standing: Standing | None = None  # Of a real person; None: assumed live, as `licence` says.


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason, with its rule. `end` is the first day the rule no longer holds."""

    layer: str  # One of LAYERS.
    verdict: str
    what: str
    rule: str = ""  # "" where no rule speaks.
    source: str = ""
    start: date | None = None
    end: date | None = None
    confidence: str = ""
    unconfirmed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer, its reasons, and the hash of the rules it was made under."""

    verdict: str
    findings: tuple[Finding, ...]
    rules_hash: str


# A reason before it is put into words: layer, verdict, what says it, the rule, and what else the words need. Words are
# made only where somebody reads them, and once.
Mark = tuple[str, str, Callable[..., str], Any, tuple[Any, ...]]


def decide(ask: Ask, books: Books | None = None) -> Decision:
    """Return whether somebody may do something, and why.

    Args:
        ask: the question.
        books: the rules; by default the shipped ones.

    Raises:
        BadInput: there is no such level, skill, place, role or setting.
    """
    books = books or load_books()
    key = _same_as(ask, books)
    found = books.decided.get(key) if key is not None else None
    if found is None:
        found = _decided(ask, books)
        if key is not None:
            if len(books.decided) >= _MOST_SAID:
                books.decided.clear()
            books.decided[key] = found
    assert isinstance(found, Decision)
    return found


def _same_as(ask: Ask, books: Books) -> tuple[Any, ...] | None:
    """Return what an answer hangs on, so that it need not be worked out twice.

    Between two days on which any rule it rests on changes, every day is alike. None: it rests on somebody's own record,
    or on a name, which may mean something else on another day.
    """
    place, licence = ask.place, ask.licence
    if ask.standing is not None or place not in books.places or ask.level not in levels():
        return None
    if licence and licence != NREMT and licence not in books.places and licence not in states():
        return None
    agency = ask.agency if ask.agency and f"{place}/{ask.agency}" in books.places else ""
    days = books.changes_between(place, licence, agency) if licence or agency else books.changes(place)
    return (
        ask.level, ask.skill, place, bisect_right(days, ask.on), licence, ask.agency, ask.endorsements, ask.role,
        ask.setting, ask.route, ask.order, ask.declared, ask.age, ask.director, ask.programme,
    )  # fmt: skip


def _decided(ask: Ask, books: Books) -> Decision:
    """Return a decision, worked out."""
    marks = marks_of(ask, skill_of(ask.skill), books)
    said = books.said
    findings = []
    for mark in marks:
        finding = said.get(mark)
        if finding is None:
            finding = said[mark] = _finding(mark, books)
        findings.append(finding)
    return Decision(verdict=worst(marks), findings=tuple(findings), rules_hash=books.hash)


def marks_of(ask: Ask, skill: Skill, books: Books) -> list[Mark]:
    """Return the reasons of the answer, not yet in words; `ask.skill` is not looked at."""
    level = levels().get(ask.level) or level_named(ask.level, on=ask.on, place=ask.place)
    place = ask.place if ask.place in books.places else place_named(ask.place, books)
    if ask.setting not in SETTINGS:
        known = ", ".join(SETTINGS)
        raise BadInput(
            code="unknown_setting", what=f'"{ask.setting}" is no setting.', do=f"Known: {known}.", where="setting"
        )
    book = books.places.get(place)
    marks = _role(ask)
    if skill.kind == RESCUE:
        if book is None:
            return [*marks, *_rescue(ask, skill), _no_book("state", place, books)]
        return [*marks, *_rescue(ask, skill), *_more_on_rescue(_Case(ask, level, book, None, books), skill)]
    if not level.care:
        return [*marks, ("standing", DENY, say.no_care, None, (level.key,))]
    if book is None:
        return [*marks, _no_book("state", place, books)]
    where, base = standing_of(ask, level, book, books)
    return [*marks, *where, *_with_forms(_Case(ask, level, book, base, books), skill)]


def verdicts_of(ask: Ask, books: Books) -> list[str]:
    """Return the verdict on every skill of the vocabulary, in its order, as `decide` would give it one by one."""
    first = marks_of(ask, _RESCUED, books)  # Says no to a wrong place, role or setting, too.
    level = levels().get(ask.level) or level_named(ask.level, on=ask.on, place=ask.place)
    place = ask.place if ask.place in books.places else place_named(ask.place, books)
    book = books.places.get(place)
    if book is None or not level.care:
        fixed = worst(marks_of(ask, _CARED, books))
        return [worst(first) if skill.kind == RESCUE else fixed for skill in skills().values()]
    where, home = standing_of(ask, level, book, books)
    before = worst([*_role(ask), *where])
    case = _Case(ask, level, book, home, books)
    found = [DENY if before == DENY else UNKNOWN] * len(skills())
    for at, skill in _numbered(None):
        found[at] = worst(marks_of(ask, skill, books))
    if before != DENY:
        for at, skill in _numbered(_spoken(case)):
            verdict = worst(_with_forms(case, skill))
            found[at] = before if verdict == ALLOW else verdict
    return found


@lru_cache(maxsize=1024)
def _numbered(spoken: frozenset[str] | None) -> tuple[tuple[int, Skill], ...]:
    """Return the skills that are spoken of, or a form of which is, with their numbers; None: those of rescue."""
    return tuple(
        (at, skill)
        for at, skill in enumerate(skills().values())
        if (skill.kind == RESCUE) == (spoken is None)
        and (spoken is None or skill.key in spoken or not spoken.isdisjoint(forms_of(skill.key)))
    )


def _spoken(case: "_Case") -> frozenset[str]:
    """Return the skills that the place or the model behind it ever spoke of for a level: of the rest nothing is known.

    An answer for somebody from another state, or in an agency, may rest on other books: then it is every skill.
    """
    level = case.level.key
    if case.home is not None or case.ask.agency:
        return frozenset(skills())
    adopted = case.book.adopted(case.ask.on)
    model = case.books.models.get(adopted.model) if adopted is not None else None
    return case.book.spoken(level) | (model.spoken(level) if model is not None else frozenset())


def same_names(names: frozenset[str]) -> frozenset[str]:
    """Return endorsements as they are compared: without case, hyphens and underscores as spaces."""
    return _norms(names) if names else _NOTHING


def worst(marks: Iterable[Mark]) -> str:
    """Return what the reasons come to together."""
    verdict = ALLOW
    for mark in marks:
        if mark[1] == DENY:
            return DENY
        if mark[1] == UNKNOWN:
            verdict = UNKNOWN
    return verdict


# Two that stand for their kind where the kind alone decides.
_RESCUED = Skill(key="rescue", label="Rescue", category="", kind=RESCUE)
_CARED = Skill(key="care", label="Care", category="", kind="procedure")


def skill_of(text: str) -> Skill:
    """Return the skill of a key or any of its names."""
    return skills().get(text) or code_skill(text) or skill_named(text)


# ---------------------------------------------------------------- role, rescue, standing


def is_command(role: str) -> bool:
    """Return whether somebody in that role gives no planned care.

    Raises:
        BadInput: there is no such role.
    """
    if role in CARE_ROLES:
        return False
    if role in COMMAND_ROLES or any(role.removesuffix(end) in COMMAND_ROLES for end in _ROLE_ENDINGS):
        return True
    known = ", ".join(sorted(CARE_ROLES | COMMAND_ROLES))
    raise BadInput(code="unknown_role", what=f'"{role}" is no role.', do=f"Known: {known}.", where="role")


def _role(ask: Ask) -> list[Mark]:
    return [("role", DENY, say.in_command, None, (ask.role,))] if is_command(ask.role) else []


def _rescue(ask: Ask, skill: Skill) -> list[Mark]:
    """Return the reasons for rescue work: a credential of its own, whatever the level."""
    if RESCUE in _held(ask):
        return [("role", ALLOW, say.rescue_held, None, (skill.key,))]
    return [("role", DENY, say.rescue_missing, None, (skill.key,))]


def _more_on_rescue(case: "_Case", skill: Skill) -> list[Mark]:
    """Return what a place itself says of rescue work; mostly nothing."""
    lines = case.book.in_force(skill.key, case.level.key, case.ask.on)
    return (_evaluate(case, case.book, lines, skill.key) or []) if lines else []


def standing_of(ask: Ask, level: Level, book: PlaceBook, books: Books) -> tuple[list[Mark], "_Home | None"]:
    """Return where the person stands, and the home state whose scope goes along (None: the place's own scope)."""
    standing = ask.standing
    licence = ask.licence and _licence(ask.licence, books)
    marks: list[Mark] = []
    if standing is not None:
        if not standing.by:
            return [("standing", DENY, say.as_recorded, None, (standing.why,))], None
        licence = NREMT if standing.by == "certificate" else standing.licence
        if licence != NREMT and not is_within(level.key, standing.practice):
            marks.append(("standing", DENY, say.above_practice, None, (level.key, standing.practice)))
        if standing.restrictions:
            marks.append(("standing", UNKNOWN, say.restricted, None, (standing.why,)))
        elif standing.live:
            marks.append(("standing", ALLOW, say.as_recorded, None, (standing.why,)))
    if licence in {"", book.place}:
        return [*marks, _recognition(book, level, ask.on)], None
    home = _home(licence, books)
    if standing is not None and standing.by == "privilege":
        covered = load_compact().covers(level)
        return marks if covered else [*marks, ("compact", DENY, say.compact_level, "individual", (level.key,))], home
    if licence == NREMT:
        return _as_visitor(
            ask, level, book, home, [*marks, ("standing", DENY, say.certificate_only, None, (book.name,))]
        )
    barred = standing.barred if standing is not None else ""
    compact = [_barred(barred, book)] if barred else _compact(ask, level, book, home)
    if worst(compact) == ALLOW:
        return [*marks, *compact, *_at_home(home, level, ask.on)], home
    return _as_visitor(ask, level, book, home, [*marks, *compact])


def _recognition(book: PlaceBook, level: Level, day: date) -> Mark:
    """Return whether a place knows a level that day: by a rule on levels, or because a rule in force names it."""
    args = (book.name, level.key)
    lines = book.levels.get(level.key, ())
    for line in lines:
        if line.in_force(day):
            return ("standing", ALLOW, say.recognised, line, args) if line.recognised else _refused(line, args)
    ended = [line for line in lines if line.end is not None and line.end <= day and line.recognised]
    if ended:
        return ("standing", DENY, say.level_ended, ended[-1], args)
    for named in book.naming.get(level.key, ()):
        # "Any level" is no evidence of one that the place names elsewhere, from another day on.
        if named.in_force(day) and (level.key in named.named or not lines):
            return ("standing", ALLOW, say.level_evident, named, args)
    if lines and lines[0].start > day:
        return ("standing", UNKNOWN, say.level_not_yet, lines[0], args)
    return ("standing", UNKNOWN, say.level_unspoken, None, args)


def _refused(line: LevelLine, args: tuple[str, str]) -> Mark:
    return ("standing", DENY, say.level_refused, line, args)


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a licence comes from."""

    place: str
    name: str
    book: PlaceBook | None
    visiting: bool = False  # By a rule for visitors: the place's own rules narrow its scope and never widen it.


def _licence(text: str, books: Books) -> str:
    """Return the state of a licence, or NREMT."""
    if text in books.places:
        return text
    return NREMT if text.strip().upper() == NREMT else state_named(text, books)


def _home(licence: str, books: Books) -> _Home:
    """Return the home state of a licence; an NREMT certificate's base is the national model."""
    if licence == NREMT:
        return _Home(NREMT, "the national model", books.places.get(NATION))
    return _Home(licence, place_words(licence, books), books.places.get(licence))


def _at_home(home: _Home, level: Level, day: date) -> list[Mark]:
    """Return why there can be no licence of the home state, where its own book says so; else it is held as told."""
    if home.book is None or home.place == NREMT:
        return []
    mark = _recognition(home.book, level, day)
    return [mark] if mark[1] == DENY else []


def _compact(ask: Ask, level: Level, book: PlaceBook, home: _Home) -> list[Mark]:
    """Return whether the compact's privilege carries from the home state to this place."""
    compact = load_compact()
    if not compact.covers(level):
        return [("compact", DENY, say.compact_level, "individual", (level.key,))]
    if ask.on < compact.formed:
        return [("compact", DENY, say.compact_no, "formed", ("There was no compact on that day.", book.name))]
    found = [compact.membership(place, ask.on) for place in (home.place, book.place)]
    for one in found:
        if one.member is False:
            return [("compact", DENY, say.compact_no, one, (one.what, book.name))]
    for one in found:
        if one.member is None:
            return [("compact", UNKNOWN, say.compact_not_known, one, (one.what,))]
    marks: list[Mark] = [("compact", ALLOW, say.compact_member, "scope", (home.name, book.name))]
    if ask.director is False:
        marks.append(("compact", DENY, say.compact_director, "agency", (book.name,)))
    return marks


def _barred(why: str, book: PlaceBook) -> Mark:
    return ("compact", DENY, say.compact_no, "discipline", (why, book.name))


def _as_visitor(
    ask: Ask, level: Level, book: PlaceBook, home: _Home, otherwise: list[Mark]
) -> tuple[list[Mark], _Home | None]:
    """Return the standing by a rule of the place for visitors; without one, what holds otherwise."""
    best: tuple[list[Mark], Visitors] | None = None
    for line in book.visitors:
        licences = line.from_licence
        fits = home.place.casefold() in licences if home.place == NREMT else {home.place, "any"} & licences
        if not fits or level.key not in line.levels or not line.in_force(ask.on):
            continue
        words = "an NREMT certificate" if home.place == NREMT else f"a licence of {home.name}"
        marks: list[Mark] = [("standing", ALLOW, say.visitor, line, (book.name, level.key, words))]
        marks += _conditions(line.when, line, _Case(ask, level, book, None, None))
        if best is None or _rank(worst(marks)) < _rank(worst(best[0])):
            best = marks, line
    if best is None or (worst(best[0]) == DENY and worst(otherwise) == UNKNOWN):
        return otherwise, home if worst(otherwise) == UNKNOWN else None
    return [*best[0], *_at_home(home, level, ask.on)], (
        replace(home, visiting=True) if best[1].scope == "home" else None
    )


def _rank(verdict: str) -> int:
    return (ALLOW, UNKNOWN, DENY).index(verdict)


# ---------------------------------------------------------------- what may be done


@dataclass(frozen=True, slots=True)
class _Case:
    """One ask on its way through the layers."""

    ask: Ask
    level: Level
    book: PlaceBook
    home: _Home | None
    books: Any  # Books; None where no book is asked further.


def _with_forms(case: _Case, skill: Skill) -> list[Mark]:
    """Return what the place says of a skill; of a family, by its forms: one that is allowed allows."""
    own = _scope(case, skill.key)
    if not skill.covers or worst(own) == ALLOW:
        return own
    found = {form: _scope(case, form) for form in sorted(forms_of(skill.key))}
    may = [form for form, marks in found.items() if worst(marks) == ALLOW]
    if may:
        rest = [form for form in found if form not in may and not skills()[form].covers]
        may = [form for form in may if not skills()[form].covers] or may
        words = tuple(say.listed([skills()[one].label for one in some], "and") for some in (may, rest))
        main = next(mark for mark in found[may[0]] if mark[2] is say.allows)
        args = (case.book.name, case.level.key, skill.key, *words)
        others = [mark for mark in _once(found, may) if mark[2] is not say.allows or mark[3] is not main[3]]
        return [(main[0], ALLOW, say.forms, main[3], args), *others]
    open_ = [form for form, marks in found.items() if worst(marks) == UNKNOWN]
    if worst(own) == UNKNOWN or not open_:
        asked = [form for form in open_ if any(mark[1] == ALLOW for mark in found[form])]
        return found[asked[0]] if asked and worst(own) == UNKNOWN else own
    return _once(found, open_[:1])


def _once(found: dict[str, list[Mark]], forms: Sequence[str]) -> list[Mark]:
    """Return the reasons of these forms, each rule once."""
    kept: dict[Any, Mark] = {}
    for form in forms:
        for mark in found[form]:
            kept.setdefault((mark[0], mark[3], mark[2]), mark)
    return list(kept.values())


def _scope(case: _Case, skill: str) -> list[Mark]:
    """Return what state, nation and agency say of one skill."""
    marks = _state(case, skill)
    return _agency(case, skill, marks) if case.ask.agency else marks


def _state(case: _Case, skill: str) -> list[Mark]:
    """Return what the place says, for its own people or for somebody from another state."""
    home, book = case.home, case.book
    if home is None:
        return _own(case, book, skill)
    lines = book.in_force(skill, case.level.key, case.ask.on)
    said: list[Mark] | None = None
    if lines:
        said = _evaluate(case, book, lines, skill)
    elif lines is not None and not _not_begun(book.about[skill, case.level.key], case.ask.on):
        said = [_gap("state", book.about[skill, case.level.key], case, book.name, skill)]
    if said is not None and not (home.visiting and worst(said) == ALLOW):
        change: Mark = ("state", ALLOW, say.changes_home, None, (book.name, home.name))
        return [*said, change] if lines else said
    if home.book is None:
        return [_no_book("state", home.place, case.books)]
    words = say.within_home if said is not None else say.home_scope
    return [("state", ALLOW, words, None, (book.name, home.name)), *_own(case, home.book, skill)]


def _own(case: _Case, book: PlaceBook, skill: str) -> list[Mark]:
    """Return what a state says to its own people: by its rules, else by the national model it adopted."""
    said = _tier(case, book, skill)
    if said is not None:
        return said
    args = (book.name, case.level.key, skill)
    if book.model:
        return [("national", UNKNOWN, say.model_silent, None, args)]
    adopted = book.adopted(case.ask.on)
    if adopted is None:
        later = next((one for one in book.adopts if one.start > case.ask.on), None)
        return [("state", UNKNOWN, say.adopted_later if later else say.silent, later, args)]
    model = case.books.models.get(adopted.model)
    if model is None:
        return [("national", UNKNOWN, say.model_missing, adopted, args)]
    unspoken: Mark = ("national", UNKNOWN, say.model_silent, None, (model.name, case.level.key, skill))
    return [("national", ALLOW, say.adopts, adopted, (book.name,)), *(_tier(case, model, skill) or [unspoken])]


def _tier(case: _Case, book: PlaceBook, skill: str) -> list[Mark] | None:
    """Return what one tier says of a skill and level; None when it never spoke of it, or of other ways to do it."""
    level = case.level.key
    lines = book.in_force(skill, level, case.ask.on)
    if lines:
        return _evaluate(case, book, lines, skill)
    if lines is None:
        return None
    every = book.about[skill, level]
    if _not_begun(every, case.ask.on) and book.adopted(case.ask.on) is not None:
        return None
    return [_gap("national" if book.model else "state", every, case, book.name, skill)]


def _not_begun(lines: Sequence[SkillLine], day: date) -> bool:
    """Return whether a place only began to speak later, on a day that is known: until then it was silent."""
    return day < lines[0].start and not lines[0].first_known


def _gap(layer: str, lines: Sequence[SkillLine], case: _Case, name: str, skill: str) -> Mark:
    """Return why nothing is known on a day without a rule: before the first, or after the last ran out."""
    args = (name, case.level.key, skill)
    over = [line for line in lines if line.end is not None and line.end <= case.ask.on]
    if over:
        return (layer, UNKNOWN, say.ran_out, max(over, key=lambda line: line.end or date.min), args)
    return (layer, UNKNOWN, say.not_yet, lines[0], args)


def _no_book(layer: str, place: str, books: Books) -> Mark:
    return (layer, UNKNOWN, say.no_book, None, (place_words(place, books), place))


def _agency(case: _Case, skill: str, marks: list[Mark]) -> list[Mark]:
    """Return the reasons with what the agency says: it narrows, and widens only where a rule of the place lets it."""
    ask, place = case.ask, case.book
    book = case.books.places.get(f"{place.place}/{ask.agency}")
    if book is None:
        return [*marks, ("agency", UNKNOWN, say.agency_no_book, None, (ask.agency, place.place))]
    said = _agency_says(case, book, skill)
    if not said or worst(said) != ALLOW or worst(marks) == ALLOW:
        return [*marks, *said]
    widening = place.widens(ask.on)
    if widening is not None and widening.allowed:
        return [("state", ALLOW, say.widened, widening, (book.name, place.name)), *said]
    if worst(marks) == UNKNOWN:
        return [*marks, *said]
    words = say.may_not_widen if widening is not None else say.nothing_lets_widen
    return [*marks, ("agency", DENY, words, widening or said[0][3], (book.name, place.name))]


def _agency_says(case: _Case, book: PlaceBook, skill: str) -> list[Mark]:
    """Return what an agency's own book says; nothing where it is silent, and the state's answer stands."""
    level, day = case.level.key, case.ask.on
    for line in book.levels.get(level, ()):
        if line.in_force(day) and not line.recognised:
            return [("agency", DENY, say.agency_level, line, (book.name, level))]
    lines = book.in_force(skill, level, day)
    if lines:
        return _evaluate(case, book, lines, skill) or []
    first = book.about[skill, level][0] if lines is not None else None
    if first is not None and first.first_known and day < first.start:
        return [("agency", UNKNOWN, say.not_yet, first, (book.name, level, skill))]
    return []


# ---------------------------------------------------------------- one tier's rules


def _evaluate(case: _Case, book: PlaceBook, lines: tuple[SkillLine, ...], skill: str) -> list[Mark] | None:
    """Return what the rules of one tier say, an amending one first; None when they are all about something else.

    A rule limited to settings, routes or ages speaks of those. Where it is not said which of them it is, and the rules
    differ about it, the answer is unknown.
    """
    level = case.level.key
    if len(lines) == 1 and not lines[0].limits(level).windowed:
        return _speak(case, book, lines[0], skill)
    doubtful: list[tuple[SkillLine, list[Mark]]] = []
    beside: list[tuple[SkillLine, list[Mark]]] = []
    for line in lines:
        window = _window(line.limits(level), line, case.ask)
        verdict = worst(window)
        if verdict == DENY:
            beside.append((line, window))
        elif verdict == UNKNOWN:
            doubtful.append((line, window))
        else:
            said = [*_speak(case, book, line, skill), *window]
            verdict = worst(said)
            other = [
                one
                for one in doubtful
                if worst(_speak(case, book, one[0], skill)) != verdict
                and not (verdict == ALLOW and _other_ways(one[0].limits(level), line))
            ]
            return said if not other else [*said, *other[0][1]] if verdict != DENY else other[0][1]
    if doubtful:
        line, window = doubtful[0]
        return [*(_speak(case, book, line, skill) if level in line.allow else ()), *window]
    for line, window in beside:
        if level in line.allow:
            return [*_speak(case, book, line, skill), *window]
    return None


def _other_ways(when: When, line: SkillLine) -> bool:
    """Return whether limits are about other routes than those that an allowance names, and so take nothing from it."""
    return bool(when.route and line.routes) and not set(when.route) & set(line.routes)


def _speak(case: _Case, book: PlaceBook, line: SkillLine, skill: str) -> list[Mark]:
    """Return what one rule says, with its conditions; settings, routes and ages are looked at elsewhere."""
    layer = "national" if book.model else "agency" if "/" in book.place else "state"
    args = (book.name, case.level.key, skill)
    if case.level.key in line.deny:
        return [(layer, DENY, say.denies, line, args)]
    marks: list[Mark] = [(layer, ALLOW, say.allows, line, args), *_conditions(line.when, line, case)]
    route = case.ask.route
    if route and line.routes and route not in line.routes:  # No route said is answered all the same, with the routes.
        wanted = say.listed([ROUTES[one] for one in line.routes])
        marks.append(("conditions", DENY, say.wrong_route, line, (route, wanted)))
    return marks


def _conditions(when: When, line: Line, case: _Case) -> list[Mark]:
    """Return what an allowance depends on, each met, not met, or not said."""
    ask = case.ask
    found: list[tuple[str, Callable[..., str], tuple[Any, ...]]] = []
    if when.endorsement:
        names = say.listed(when.endorsement)
        held = _held(ask)
        found.append(
            (ALLOW, say.endorsed, (names,))
            if any(_norm(one) in held for one in when.endorsement)
            else (DENY, say.endorsement_missing, (names,))
        )
    if when.order:
        words = say.orders(when.order)
        if ask.order in when.order:
            found.append((ALLOW, say.order_given, (ask.order,)))
        else:
            found.append((DENY, say.order_wrong, (words,)) if ask.order else (UNKNOWN, say.order_open, (words,)))
    if when.declared:
        found.append((ALLOW, say.declared, ()) if ask.declared else (DENY, say.not_declared, ()))
    if when.director:
        known = {True: (ALLOW, say.director_yes, ()), False: (DENY, say.director_no, ())}
        found.append(known[ask.director] if ask.director is not None else (UNKNOWN, say.director_open, ()))
    if when.programme:
        args = (when.programme,)
        if not ask.programme:
            found.append((UNKNOWN, say.programme_open, args))
        else:
            same = _norm(ask.programme) == _norm(when.programme)
            found.append((ALLOW, say.programme_yes, args) if same else (DENY, say.programme_no, args))
    marks: list[Mark] = [("conditions", verdict, words, line, args) for verdict, words, args in found]
    return [*marks, *_window(when, line, ask)] if isinstance(line, Visitors) else marks


def _window(when: When, line: Line, ask: Ask) -> list[Mark]:
    """Return whether the setting, route and age are those of a rule."""
    found: list[tuple[str, Callable[..., str], tuple[Any, ...]]] = []
    if when.setting:
        wanted = say.listed([one.replace("_", " ") for one in when.setting])
        right = ask.setting in when.setting
        found.append(
            (ALLOW, say.in_setting, (ask.setting,)) if right else (DENY, say.wrong_setting, (ask.setting, wanted))
        )
    if when.route:
        wanted = say.listed([ROUTES[one] for one in when.route])
        if not ask.route:
            found.append((UNKNOWN, say.route_open, (wanted,)))
        else:
            right = ask.route in when.route
            found.append((ALLOW, say.by_route, (ask.route,)) if right else (DENY, say.wrong_route, (ask.route, wanted)))
    if when.age_min is not None or when.age_max is not None:
        wanted = say.ages(when.age_min, when.age_max)
        if ask.age is None:
            found.append((UNKNOWN, say.age_open, (wanted,)))
        else:
            right = (when.age_min or 0) <= ask.age and (when.age_max is None or ask.age < when.age_max + 1)
            found.append((ALLOW, say.age_right, (wanted,)) if right else (DENY, say.age_wrong, (wanted,)))
    return [("conditions", verdict, words, line, args) for verdict, words, args in found]


_NOTHING: frozenset[str] = frozenset()


def _held(ask: Ask) -> frozenset[str]:
    """Return the endorsements that count, as compared with a rule's."""
    own = ask.endorsements if ask.standing is None else ask.endorsements | ask.standing.endorsements
    return _norms(own) if own else _NOTHING


@lru_cache(maxsize=1024)
def _norms(names: frozenset[str]) -> frozenset[str]:
    return frozenset(_norm(one) for one in names)


@lru_cache(maxsize=4096)
def _norm(name: str) -> str:
    """Return a name as it is compared: without case, hyphens and underscores as spaces."""
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


# ---------------------------------------------------------------- words


def _finding(mark: Mark, books: Books) -> Finding:
    """Return a reason in words, with its rule, source and days."""
    layer, verdict, words, rule, args = mark
    if len(books.said) > _MOST_SAID:
        books.said.clear()
    if isinstance(rule, Line):
        return Finding(
            layer=layer,
            verdict=verdict,
            what=words(rule, *args),
            rule=rule.id,
            source=rule.source,
            start=rule.start,
            end=rule.end,
            confidence=rule.confidence,
            unconfirmed=rule.confidence == "C",
            note=" ".join(filter(None, (rule.note, rule.book_note))),
        )
    what = words(None, *args)
    if rule is None:
        house = layer in {"role", "standing"} and verdict == DENY
        return Finding(layer=layer, verdict=verdict, what=what, source=say.BY_HOUSE if house else "")
    compact = load_compact()
    if isinstance(rule, Membership):
        return Finding(
            layer=layer,
            verdict=verdict,
            what=what,
            rule=rule.rule,
            source=rule.source,
            start=rule.start,
            confidence=compact.confidence,
        )
    term = compact.terms[rule]
    return Finding(
        layer=layer,
        verdict=verdict,
        what=what,
        rule=term.id,
        source=term.source,
        start=compact.formed,
        confidence=compact.confidence,
    )
