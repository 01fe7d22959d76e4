"""The words of a scope decision: each finding as a sentence for the person who asks on the street.

Every function takes the rule (or None), then plain keys, and returns a sentence. None reads a clock or a book.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from goldenhour.workforce.book_lines import ROUTES, Adoption, LevelLine, Line, SkillLine, Visitors
from goldenhour.workforce.credentials import day_words, level_words
from goldenhour.workforce.skills import families_of, skill_at

_SPELT_WITH_VOWEL = frozenset("AEFHILMNORSX")  # Letters whose name begins with a vowel: an EMT, a VEFR.
CHARTED = "Care given all the same is charted with this finding."
TERMS = " Terms: "
BY_HOUSE = "docs/reference/scope.md"  # The source of what no state has to say.


def a_level(level: str) -> str:
    """Return a level with its article.

    >>> a_level("emr"), a_level("paramedic"), a_level("vefr")
    ('an EMR', 'a paramedic', 'a VEFR')
    """
    words = _level(level)
    spelt = words[:2].isupper()
    vowel = words[0] in _SPELT_WITH_VOWEL if spelt else words[0].casefold() in "aeiou"
    return f"an {words}" if vowel else f"a {words}"


def _level(level: str) -> str:
    """Return a level inside a sentence: only abbreviations keep their capitals."""
    words = level_words(level)
    return words if words[1].isupper() else words[0].lower() + words[1:]


def label(skill: str) -> str:
    """Return a skill as it is written in sentences: its label, in quotation marks."""
    return f'"{skill_at(skill).label}"'


def listed(words: Sequence[str], last: str = "or") -> str:
    """Return words as a list.

    >>> listed(["a", "b", "c"])
    'a, b or c'
    """
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def _since(line: Line) -> str:
    """Return the days of a rule in words."""
    since = f"known to hold since {day_words(line.start)}" if line.first_known else f"since {day_words(line.start)}"
    return since if line.end is None else f"{since}, until {day_words(line.end - timedelta(days=1))}"


def _plain(text: str) -> str:
    return text.replace("_", " ")


# ---------------------------------------------------------------- role


def in_command(_: None, role: str) -> str:
    """Say that a command role and planned care exclude each other."""
    return f"Someone in a command role ({_plain(role)}) leads and is not counted for planned care. {CHARTED}"


def rescue_held(_: None, skill: str) -> str:
    """Say that the rescue credential is there."""
    return f"{label(skill)} is rescue work: it rests on the rescue credential, which is held, and not on the EMS level."


def rescue_missing(_: None, skill: str) -> str:
    """Say that the rescue credential is not there."""
    return f"{label(skill)} is rescue work: it needs the rescue credential, at any EMS level, and none is held."


# ---------------------------------------------------------------- standing


def no_care(_: None, level: str) -> str:
    """Say that a level is none of care."""
    return f"{a_level(level).capitalize()} is part of EMS and holds no licence to give care."


def recognised(line: LevelLine, place: str, level: str) -> str:
    """Say that a place knows a level."""
    return f"{place} recognises the level {_level(level)} ({_since(line)}); a live licence of it is taken as held."


def level_refused(line: LevelLine, place: str, level: str) -> str:
    """Say that a place does not know a level."""
    return f"{place} does not recognise the level {_level(level)} ({_since(line)})."


def level_ended(line: LevelLine, place: str, level: str) -> str:
    """Say that a place ended a level."""
    assert line.end is not None
    last = day_words(line.end - timedelta(days=1))
    return f"{place} ended the level {_level(level)}: its last day was {last}. Nobody is licensed at it now."


def level_evident(line: SkillLine, place: str, level: str) -> str:
    """Say that a place knows a level because a rule of it names it."""
    return (
        f"{place} has no rule here that recognises the level {_level(level)}, but its rule on "
        f"{label(min(line.skills))} speaks of it; a live licence is taken as held."
    )


def level_not_yet(line: LevelLine, place: str, level: str) -> str:
    """Say that a level is known from a later day only."""
    since = day_words(line.start)
    if not line.recognised:
        return (
            f"The first rule of {place} here on the level {_level(level)} is of {since}: what held before is not known."
        )
    word = "is known to recognise" if line.first_known else "recognises"
    return f"{place} {word} the level {_level(level)} from {since}; what held before is not known here."


def level_unspoken(_: None, place: str, level: str) -> str:
    """Say that nothing tells whether a place knows a level."""
    return f"No rule of {place} recorded here says whether it recognises the level {_level(level)}. Ask its EMS office."


def certificate_only(_: None, place: str) -> str:
    """Say that an NREMT certificate is no licence."""
    return f"An NREMT certificate shows what was learnt and permits nothing by itself. {place} asks for a licence."


def as_recorded(_: None, why: str) -> str:
    """Say what the person's own record says."""
    return why or "No live licence is on record."


def restricted(_: None, why: str) -> str:
    """Say that a licence holds within limits that only a person can read."""
    return f"{why} Whether the restriction leaves this skill is for the medical director to say."


def above_practice(_: None, level: str, practice: str) -> str:
    """Say that somebody asks at a level above theirs."""
    return f"Asked as {a_level(level)}, but the level held for practice is {_level(practice)}."


# ---------------------------------------------------------------- licences of elsewhere


def compact_member(_: None, home: str, place: str) -> str:
    """Say that a compact privilege carries."""
    return (
        f"A live, unrestricted licence of {home} carries the compact's privilege to practise in {place}, for an agency "
        f"of {place} and under its medical director."
    )


def compact_not_known(_: None, what: str) -> str:
    """Say that a membership is not known."""
    return f"{what} Whether the compact's privilege carries is not known. Ask the state's EMS office."


def compact_no(_: None, what: str, place: str) -> str:
    """Say why no compact privilege carries."""
    return f"{what} No privilege of the compact carries, and no rule recorded here lets a visitor practise in {place}."


def compact_level(_: None, level: str) -> str:
    """Say that the compact leaves a level out."""
    return f"The compact covers EMTs, AEMTs, paramedics and state levels between them; {a_level(level)} is not covered."


def compact_director(_: None, place: str) -> str:
    """Say that the compact asks for a medical director."""
    return f"The compact's privilege holds only under a medical director in {place}."


def visitor(line: Visitors, place: str, level: str, licence: str) -> str:
    """Say that a place lets visitors practise."""
    scope = "what their licence lets them do" if line.scope == "home" else "its own scope"
    return f"{place} lets {a_level(level)} with {licence} practise as a visitor, within {scope} ({_since(line)})."


# ---------------------------------------------------------------- state and nation


def no_book(_: None, place: str, code: str) -> str:
    """Say that a place has no rules here."""
    file = f"scope_rules/{code.lower()}.yaml"
    rest = f"What {place} lets people do is not known."
    if place == code:
        rest = f"{code} is no state or territory known here; if one was meant, check the letters."
    return f"There is no rule book for {code}; add {file}. {rest}"


def allows(line: SkillLine, place: str, level: str, skill: str) -> str:
    """Say that a rule allows."""
    terms = f"{TERMS}{line.provided}." if line.provided else ""
    ways = f", {listed([ROUTES[one] for one in line.routes])}" if line.routes else ""
    return f"{place}: {a_level(level)} may {_do(skill)}{_named(line, skill)}{ways} ({_since(line)}).{terms}"


def denies(line: SkillLine, place: str, level: str, skill: str) -> str:
    """Say that a rule denies."""
    return f"{place}: {a_level(level)} may not {_do(skill)}{_named(line, skill)} ({_since(line)})."


def _do(skill: str) -> str:
    """Return a skill with its verb."""
    verb = {"medication": "give", "route": "give a medicine this way:"}.get(skill_at(skill).kind, "do")
    return f"{verb} {label(skill)}"


def _named(line: SkillLine, skill: str) -> str:
    """Return the family that a rule names, where it does not name the skill itself."""
    if skill in line.skills:
        return ""
    family = sorted(line.skills & families_of(skill))
    return f", a form of {label(family[0])}" if family else ""


def forms(_: Line | None, place: str, level: str, skill: str, may: str, other: str) -> str:
    """Say which forms of a skill are allowed."""
    rest = f" Not so: {other}." if other else ""
    return f"{place}: {a_level(level)} may {_do(skill)} in some forms: {may}.{rest}"


def not_yet(line: SkillLine, place: str, level: str, skill: str) -> str:
    """Say that the rules begin later."""
    known = "is known from" if line.first_known else "begins on"
    return (
        f"{place}: the first rule here on {label(skill)} for {a_level(level)} {known} {day_words(line.start)}; "
        "what held before is not known."
    )


def ran_out(line: SkillLine, place: str, level: str, skill: str) -> str:
    """Say that a rule ended and nothing followed."""
    assert line.end is not None
    last = day_words(line.end - timedelta(days=1))
    return f"{place}: the rule on {label(skill)} for {a_level(level)} ran until {last}; none recorded here follows it."


def silent(_: None, place: str, level: str, skill: str) -> str:
    """Say that nobody speaks of it."""
    return (
        f"No rule of {place} recorded here speaks of {label(skill)} for {a_level(level)}, and none says that a "
        "national model stands behind its silence."
    )


def adopted_later(line: Adoption, place: str, level: str, skill: str) -> str:
    """Say that the model came later."""
    known = "is known to have adopted" if line.first_known else "adopted"
    return (
        f"No rule of {place} recorded here speaks of {label(skill)} for {a_level(level)}; {place} {known} the national "
        f"model {line.model} from {day_words(line.start)}, and what held before is not known."
    )


def model_missing(line: Adoption, place: str, level: str, skill: str) -> str:
    """Say that the adopted model is not here."""
    return (
        f"No rule of {place} recorded here speaks of {label(skill)} for {a_level(level)}. {place} adopted the national "
        f"model {line.model}, whose table is not shipped."
    )


def adopts(line: Adoption, place: str) -> str:
    """Say which model stands behind a state's silence."""
    return f"{place} has no rule of its own on this; it adopted the national model {line.model} ({_since(line)})."


def model_silent(_: Line | None, model: str, level: str, skill: str) -> str:
    """Say that the model does not speak of it."""
    return f"{model} does not speak of {label(skill)} for {a_level(level)}."


def changes_home(_: None, place: str, home: str) -> str:
    """Say that the remote state's own rule goes before the home state's."""
    return f"{place} has a rule of its own on this, which goes before the scope of {home}."


def within_home(_: None, place: str, home: str) -> str:
    """Say that a visitor stays within the scope of home."""
    return f"{place} lets its own people do this; a visitor stays within the scope of {home}."


def home_scope(_: None, place: str, home: str) -> str:
    """Say that the home state's scope is the base."""
    return f"{place} has no rule of its own on this: the scope of {home} goes along."


# ---------------------------------------------------------------- conditions


def endorsed(_: Line, names: str) -> str:
    """Say that an endorsement is held."""
    return f"The endorsement this needs is held: {names}."


def endorsement_missing(_: Line, names: str) -> str:
    """Say that an endorsement is missing."""
    return f"This needs an endorsement that is not held: {names}."


def order_given(_: Line, order: str) -> str:
    """Say that an order is there."""
    return f"There is {_order(order)}."


def order_open(_: Line, orders: str) -> str:
    """Say that nobody said whether there is an order."""
    return f"This needs {orders}. Say which there is, or call medical control."


def order_wrong(_: Line, orders: str) -> str:
    """Say that the order is of another kind."""
    return f"This needs {orders}; what was given is another."


def _order(order: str) -> str:
    return "an online order" if order == "online" else "a standing order or protocol"


def orders(names: Sequence[str]) -> str:
    """Return kinds of order in words."""
    return listed([_order(one) for one in names])


def declared(_: Line) -> str:
    """Say that an emergency is declared."""
    return "The emergency that this needs is declared."


def not_declared(_: Line) -> str:
    """Say that no emergency is declared."""
    return "This is for a declared emergency only, and none was named."


def in_setting(_: Line, setting: str) -> str:
    """Say that the setting is right."""
    return f"The setting is one of those the rule is for: {_plain(setting)}."


def wrong_setting(_: Line, setting: str, wanted: str) -> str:
    """Say that the setting is wrong."""
    return f"The rule is for {wanted}; this is {_plain(setting)}."


def by_route(_: Line, route: str) -> str:
    """Say that the route is right."""
    return f"The route is one of those the rule is for: {ROUTES.get(route, route)}."


def wrong_route(_: Line, route: str, wanted: str) -> str:
    """Say that the route is wrong."""
    return f"The rule is for {wanted}; this is {ROUTES.get(route, route)}."


def route_open(_: Line, wanted: str) -> str:
    """Say that the route was not given."""
    return f"The rule speaks of {wanted}. Say the route."


def age_right(_: Line, wanted: str) -> str:
    """Say that the age is right."""
    return f"The patient is of an age the rule is for: {wanted}."


def age_wrong(_: Line, wanted: str) -> str:
    """Say that the age is wrong."""
    return f"The rule is for patients {wanted}."


def age_open(_: Line, wanted: str) -> str:
    """Say that the age was not given."""
    return f"The rule speaks of patients {wanted}. Say the patient's age."


def ages(low: float | None, high: float | None) -> str:
    """Return a span of ages in words.

    >>> ages(None, 17), ages(8, None), ages(1, 12)
    ('up to 17 years old', 'of 8 years and older', 'from 1 to 12 years old')
    """
    if low and high is not None:
        return f"from {low:g} to {high:g} years old"
    return f"of {low:g} years and older" if low else f"up to {high:g} years old"


def director_yes(_: Line) -> str:
    """Say that the director approves."""
    return "The medical director's approval that this needs is there."


def director_no(_: Line) -> str:
    """Say that the director does not approve."""
    return "This needs the medical director's approval, and it is not there."


def director_open(_: Line) -> str:
    """Say that nobody said whether the director approves."""
    return "This needs the medical director's approval. Say whether it is there."


def programme_yes(_: Line, name: str) -> str:
    """Say that the programme is the right one."""
    return f"It is done within the programme that the rule names: {_plain(name)}."


def programme_no(_: Line, name: str) -> str:
    """Say that the programme is another."""
    return f"The rule is for the programme {_plain(name)} only."


def programme_open(_: Line, name: str) -> str:
    """Say that no programme was named."""
    return f"The rule is for the programme {_plain(name)} only. Say whether this belongs to it."


# ---------------------------------------------------------------- agency


def agency_no_book(_: None, agency: str, code: str) -> str:
    """Say that an agency has no rules here."""
    return f"There is no rule book of the agency {agency} in {code}; whether it narrows the state's scope is not known."


def agency_level(line: LevelLine, agency: str, level: str) -> str:
    """Say that an agency does not use a level."""
    return f"{agency} does not let anyone practise as {a_level(level)} ({_since(line)})."


def may_not_widen(_: Line, agency: str, place: str) -> str:
    """Say that an agency cannot allow what the state denies."""
    return f"{agency} would allow it, but an agency may not widen what {place} allows: it may only narrow it."


def nothing_lets_widen(_: Line, agency: str, place: str) -> str:
    """Say that no rule lets an agency allow more."""
    return f"{agency} would allow it, but no rule of {place} recorded here lets an agency widen the state's scope."


def widened(_: Line, agency: str, place: str) -> str:
    """Say that the state lets this agency allow more."""
    return (
        f"{place} alone does not allow it, and lets an agency with its medical director widen the scope; {agency} does."
    )


def last_day(day: date) -> str:
    """Return the day before, in words: the last day of a span that ends on `day`."""
    return day_words(day - timedelta(days=1))
