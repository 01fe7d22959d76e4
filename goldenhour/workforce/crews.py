"""Crews: seats and who may take them, who must be aboard to carry a patient, volunteers on call, roles.

All pure: levels, places and days in, words out. What a whole crew counts for is in `capability`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from goldenhour.dated import Rule, hash_of, read_rules, read_yaml
from goldenhour.errors import BadInput

LEVELS = ("emr", "emt", "aemt", "paramedic")  # Rising: each may do what the ones before it may.
RULES = Path(__file__).with_name("crew_rules")
COUNTRY = "US"
SCOPES = ("incident", "shift")  # A role is taken for one incident, or for the whole shift.
_LEGAL_FIELDS = {"place", "members", "attendant", "others", "confidence", "note", "first_known"}
_VOLUNTEER_FIELDS = {"part", "pages", "answers", "turnout_s_p50", "turnout_s_p90", "sigma", "note"}
_PARTS = ("weekday_day", "weekend_day", "evening", "night")
_NIGHT_ENDS, _EVENING, _SATURDAY = 6, 18, 5


def level_at_least(level: str, needed: str) -> bool:
    """Return whether a care level is the needed one or above. "" is no care: below all, and needs nothing.

    >>> level_at_least("paramedic", "emt"), level_at_least("emr", "emt"), level_at_least("", "")
    (True, False, True)
    """
    return not needed or (level != "" and LEVELS.index(level) >= LEVELS.index(needed))


def level_words(level: str) -> str:
    """Return what people call a care level.

    >>> level_words("emt"), level_words("paramedic"), level_words("")
    ('EMT', 'paramedic', 'nobody with care')
    """
    if not level:
        return "nobody with care"
    return level if level == "paramedic" else level.upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One seat of a unit, and what whoever takes it must be."""

    unit: str
    name: str  # Such as attendant, driver, officer.
    level: str = ""  # Least care level as counted; "" asks for none.
    endorsements: frozenset[str] = frozenset()
    required: bool = True  # Whether an empty one is a gap in the roster.

    def __post_init__(self) -> None:
        if self.level and self.level not in LEVELS:
            msg = f"{self.unit} {self.name}: unknown care level {self.level}; known are {', '.join(LEVELS)}."
            raise ValueError(msg)

    def why_not(self, level: str, endorsements: frozenset[str]) -> str:
        """Return why somebody of that counted level ("" for none) may not take it, in words; "" when they may."""
        if not level_at_least(level, self.level):
            counts = f"counts as {level_words(level)}" if level else "counts for no care"
            return f"{self.name} asks for {level_words(self.level)} or above; this person {counts} here today"
        lacking = self.endorsements - endorsements
        return f"{self.name} asks for the endorsement {', '.join(sorted(lacking))}" if lacking else ""


def seats_of(unit: str, levels: Sequence[str], crew: int) -> tuple[Seat, ...]:
    """Return the usual seats of a unit that nobody has described: as many as its crew, at the levels it asserts.

    >>> [(seat.name, seat.level) for seat in seats_of("ems/M12", ("emt", "paramedic"), 2)]
    [('attendant', 'paramedic'), ('driver', 'emt')]
    """
    falling = sorted((one for one in levels if one in LEVELS), key=LEVELS.index, reverse=True)
    names = ("attendant", "driver", *(f"seat_{n}" for n in range(3, crew + 1)))
    asked = [*falling, *[""] * crew]
    return tuple(Seat(unit=unit, name=name, level=level) for name, level in zip(names[:crew], asked, strict=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalCrew:
    """Who must be aboard for a patient to be carried, at one place on one day."""

    members: int
    attendant: str  # Least level of the one with the patient.
    others: str  # Least level of the rest; "" for none.
    rule: str  # Id and first day.
    source: str
    unconfirmed: bool  # The place has no rule of its own that day: the country's model stands in.

    def why_not(self, levels: Sequence[str]) -> str:
        """Return why these people, by counted level ("" for no care), may not carry a patient; "" when they may."""
        if len(levels) < self.members:
            return f"has a crew of {len(levels)}, and a transport needs {self.members}"
        falling = sorted(levels, key=lambda one: LEVELS.index(one) if one else -1, reverse=True)
        if not level_at_least(falling[0], self.attendant):
            alone = f"only {_a(level_words(falling[0]))}" if falling[0] else "nobody with care"
            return f"has {alone} for the patient, and a transport needs {_a(level_words(self.attendant))} or above"
        fit = 1 + sum(level_at_least(one, self.others) for one in falling[1:])
        if fit < self.members:
            return f"has no legal crew: beside the attendant a transport needs {_a(level_words(self.others))} or above"
        return ""


@cache
def legal_crew_rules(path: Path = RULES / "legal_crews.yaml") -> tuple[Rule, ...]:
    """Return the legal crews of a file.

    Raises:
        BadInput: a line is wrong, or two lines speak of one place on one day.
    """
    rules, _ = read_rules([path], section="crews", fields=_LEGAL_FIELDS)
    for rule in rules:
        says = rule.says
        levels = {says.get("attendant"), says.get("others", "")} - {""}
        if not says.get("place") or not says.get("members", 0) > 0 or not says.get("attendant") or levels - set(LEVELS):
            raise BadInput(
                code="legal_crew",
                what="needs a place, members above 0, an attendant and, if it asks for one, a level of the others.",
                do=f"Levels: {', '.join(LEVELS)}.",
                where=rule.where,
            )
    for at, rule in enumerate(rules):
        for other in rules[:at]:
            if rule.says["place"] == other.says["place"] and rule.overlaps(other):
                raise BadInput(
                    code="legal_crew",
                    what=f"speaks of the same place on the same days as {other.where}.",
                    do="End one of them with `to`.",
                    where=rule.where,
                )
    return rules


def legal_crew_on(place: str, day: date, rules: Sequence[Rule] | None = None) -> LegalCrew:
    """Return who must be aboard to carry a patient.

    Where the place has no rule that day, the country's stands in and is marked unconfirmed, also before its first day:
    what is not known must not leave a county without ambulances, and an EMR is never alone with the patient.
    """
    all_of = legal_crew_rules() if rules is None else rules
    own = next((rule for rule in all_of if rule.says["place"] == place and rule.in_force(day)), None)
    country = [rule for rule in all_of if rule.says["place"] == COUNTRY]
    rule = own or next((one for one in country if one.in_force(day)), None) or min(country, key=lambda one: one.start)
    return LegalCrew(
        members=rule.says["members"],
        attendant=rule.says["attendant"],
        others=rule.says.get("others", ""),
        rule=rule.version,
        source=rule.source,
        unconfirmed=own is None or rule.says.get("confidence") == "C",
    )


def legal_crew_changes(place: str, rules: Sequence[Rule] | None = None) -> list[date]:
    """Return the days, rising, on which the rule of a place may change."""
    all_of = legal_crew_rules() if rules is None else rules
    mine = [rule for rule in all_of if rule.says["place"] in {place, COUNTRY}]
    return sorted({rule.start for rule in mine} | {rule.end for rule in mine if rule.end})


@cache
def rules_hash() -> str:
    """Return the hash of the rules on legal crews, kept with what is decided under them."""
    return hash_of(read_yaml(RULES / "legal_crews.yaml"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """How volunteers on call answer in one part of the week."""

    answers: float  # Share of pages that a squad answers.
    turnout_s_p50: float  # From the page until wheels roll.
    turnout_s_p90: float
    sigma: float  # Of the turnout's logarithm.
    source: str


def part_of_week(at: datetime, zone: ZoneInfo) -> str:
    """Return the part of the week by the local clock: weekday_day, weekend_day (06 to 18), evening, night (0 to 6)."""
    local = at.astimezone(zone)
    if local.hour < _NIGHT_ENDS:
        return "night"
    if local.hour >= _EVENING:
        return "evening"
    return "weekend_day" if local.weekday() >= _SATURDAY else "weekday_day"


@cache
def volunteer_rules(path: Path = RULES / "volunteers.yaml") -> tuple[Rule, ...]:
    """Return how volunteers answer, as a file says it.

    Raises:
        BadInput: a line is wrong.
    """
    rules, _ = read_rules([path], section="volunteers", fields=_VOLUNTEER_FIELDS)
    for rule in rules:
        if rule.says.get("part") not in _PARTS or not 0 <= rule.says.get("answers", -1) <= 1:
            raise BadInput(
                code="volunteer_rule",
                what="needs a part of the week and the share of pages answered, 0 to 1.",
                do=f"Parts: {', '.join(_PARTS)}.",
                where=rule.where,
            )
    return rules


def answering(at: datetime, zone: ZoneInfo) -> Answering:
    """Return how volunteers on call answer a page at that moment.

    >>> answering(datetime(2026, 3, 3, 2, tzinfo=ZoneInfo("UTC")), ZoneInfo("UTC")).turnout_s_p50
    352
    """
    says, source = next(
        (rule.says, rule.source) for rule in volunteer_rules() if rule.says["part"] == part_of_week(at, zone)
    )
    return Answering(
        answers=says["answers"],
        turnout_s_p50=says["turnout_s_p50"],
        turnout_s_p90=says["turnout_s_p90"],
        sigma=says["sigma"],
        source=source,
    )


def chance_of_answer(chances: Sequence[float], needed: int) -> float:
    """Return the chance that at least `needed` of some people answer, each on their own with a chance of theirs.

    People of one squad hear the same pager and live in the same village, so in truth they are not on their own: read it
    as a guide, never as a crew. Nobody who has not accepted is ever counted.

    >>> round(chance_of_answer([0.5, 0.5], 2), 3), chance_of_answer([], 1), chance_of_answer([0.3], 0)
    (0.25, 0.0, 1.0)
    """
    exactly = [1.0]
    for chance in chances:
        exactly = [
            (exactly[k] if k < len(exactly) else 0.0) * (1 - chance) + (exactly[k - 1] * chance if k else 0.0)
            for k in range(len(exactly) + 1)
        ]
    return min(1.0, sum(exactly[needed:], 0.0)) if needed > 0 else 1.0


def capability_drop(before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> float:
    """Return the share of a place's capability that a change would take away, 0 to 1; a gain is 0.

    Args:
        before: for each unit, what it counts for: a name for each counted level, "transport", a skill, ...
        after: the same units, in the same order, as they would be.

    The share is the worst over the kinds of thing counted: of a hundred EMTs and two paramedics, losing the two
    paramedics is a drop of 1, for there is nobody left who can do what they did.

    >>> capability_drop([["emt"], ["emt", "paramedic"]], [["emt"], ["emt"]])
    1.0
    """
    had: dict[str, int] = {}
    left: dict[str, int] = {}
    for counts, units in ((had, before), (left, after)):
        for unit in units:
            for one in unit:
                counts[one] = counts.get(one, 0) + 1
    return max((max(0.0, 1 - left.get(one, 0) / number) for one, number in had.items()), default=0.0)


DROP_NEEDS_SECOND = 0.05  # A change that takes away more of a place's capability waits for a second person.


def next_day(days: Sequence[date], after: date) -> date | None:
    """Return the first of some days that is later.

    >>> next_day([date(2026, 1, 1), date(2026, 5, 1)], date(2026, 1, 1))
    datetime.date(2026, 5, 1)
    """
    return min((day for day in days if day > after), default=None)


def _a(words: str) -> str:
    """Return the words with their article: an EMT, a paramedic."""
    return f"{'an' if words[0] in 'AEIaei' else 'a'} {words}"
