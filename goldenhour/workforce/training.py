"""Courses: how long they are by whom, what was attended, skill sheets with critical fails, and who is eligible.

Completing a course makes somebody eligible for a certificate only where the programme is approved on that day; it gives
no certificate, and a certificate gives no licence. Hours of another course count only where a rule says so: EMR is a
title of its own and no step of the EMT course.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from goldenhour.dated import Rule, read_rules, read_yaml
from goldenhour.errors import BadInput
from goldenhour.workforce.credentials import Kind, Person, is_within
from goldenhour.workforce.levels import level_named, levels

RULES = Path(__file__).with_name("training_rules")
PLACES = ("workplace", "college", "agency", "academy", "hospital", "online", "other")
_CONFIDENCES = ("A", "B", "C")
_HOURS_FIELDS = {"place", "level", "basis", "low", "high", "beyond", "detail", "first_known", "confidence"}
_CREDIT_FIELDS = {"course", "prior", "hours", "what", "first_known", "confidence"}
_SHEET_FIELDS = {"title", "skill", "levels", "status", "steps", "pass_points", "critical"}


# ---------------------------------------------------------------- how long a course is, and by whom


@dataclass(frozen=True, slots=True, kw_only=True)
class HourRange:
    """Hours of a course as one basis gives them."""

    id: str
    level: str
    basis: str
    low: float | None  # None: the basis gives no hours.
    high: float | None
    beyond: str  # The level whose course comes before these hours; "" for none.
    detail: str
    place: str  # "US" or the state.
    confidence: str
    dated: bool  # False: from when the figure holds is not known.
    source: str

    @property
    def unconfirmed(self) -> bool:
        """Return whether no authority was seen to say so."""
        return self.confidence == "C"

    def judge(self, hours: float) -> str:
        """Return "below", "within" or "above"; "no_range" where it gives no hours."""
        if self.low is None or self.high is None:
            return "no_range"
        return "below" if hours < self.low else "above" if hours > self.high else "within"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseHours:
    """All that is said about the hours of a level's course on a day."""

    level: str
    ranges: tuple[HourRange, ...]

    @property
    def agree(self) -> bool | None:
        """Return whether all bases give the same hours; None where fewer than two give any."""
        given = {(one.low, one.high, one.beyond) for one in self.ranges if one.low is not None}
        count = sum(one.low is not None for one in self.ranges)
        return len(given) == 1 if count > 1 else None

    @property
    def words(self) -> str:
        """Return the ranges beside each other, and that they disagree where they do."""
        name = levels()[self.level].name
        if not self.ranges:
            return f"No hours of a course for {name} are recorded for that day. Ask the programme and the state office."
        said = "; ".join(_range_words(one) for one in self.ranges)
        return f"{name}: {said}.{' They disagree.' if self.agree is False else ''}"


def _range_words(one: HourRange) -> str:
    if one.low is None or one.high is None:
        hours = "no range"
    else:
        hours = f"{one.low:g} h" if one.low == one.high else f"{one.low:g} to {one.high:g} h"
        hours += f" beyond {levels()[one.beyond].name}" if one.beyond else ""
    sure = ", unconfirmed" if one.unconfirmed else ""
    return f"{hours} ({one.basis}{sure})"


@cache
def _hour_rules() -> tuple[Rule, ...]:
    rules, _ = read_rules([RULES / "course_hours.yaml"], section="course_hours", fields=_HOURS_FIELDS)
    for rule in rules:
        says = rule.says
        good = says.get("level") in levels() and says.get("basis") and says.get("confidence") in _CONFIDENCES
        low, high = says.get("low"), says.get("high")
        if not good or (low is None) != (high is None) or (low is not None and not 0 < low <= high):
            raise BadInput(
                code="rule_line",
                what="level, basis, confidence or the hours are wrong.",
                do="Give low and high, or neither.",
                where=rule.where,
            )
    return rules


def course_hours(level: str, on: date, *, place: str = "") -> CourseHours:
    """Return every range that is given for a level's course on a day, by each basis.

    A figure whose first day is not known is shown on any day before its end, and says that it is not dated.

    >>> course_hours("EMR", date(2026, 6, 1)).agree
    False
    """
    key = level_named(level, on=on, place=place).key
    found = []
    for rule in _hour_rules():
        says = rule.says
        over = rule.end is not None and rule.end <= on
        begun = rule.start <= on or says.get("first_known", False)
        where = says.get("place", "US")
        if says["level"] != key or over or not begun or where not in {"US", place or where}:
            continue
        found.append(
            HourRange(
                id=rule.id,
                level=key,
                basis=says["basis"],
                low=says.get("low"),
                high=says.get("high"),
                beyond=says.get("beyond", ""),
                detail=says.get("detail", ""),
                place=where,
                confidence=says["confidence"],
                dated=not says.get("first_known", False),
                source=rule.source,
            )
        )
    return CourseHours(level=key, ranges=tuple(found))


@cache
def topics() -> Mapping[str, str]:
    """Return what hours can be about, by key."""
    return MappingProxyType(dict(read_yaml(RULES / "topics.yaml")["topics"]))


def check_topics(hours: Mapping[str, float], *, where: str) -> None:
    """Refuse topics that are none, and hours that are no hours."""
    for topic, count in hours.items():
        if topic not in topics():
            raise BadInput(
                code="unknown_topic",
                what=f"{topic!r} is no topic.",
                do=f"Known are {', '.join(topics())}.",
                where=where,
            )
        check_hours(count, where=f"{where}, {topic}")


MOST_HOURS = 5000.0


def check_hours(hours: float, *, where: str) -> None:
    """Refuse what can be no number of hours."""
    if not 0 < hours <= MOST_HOURS:  # Also refuses NaN.
        raise BadInput(code="bad_hours", what=f"{hours} is no number of hours.", do="Write hours above 0.", where=where)


# ---------------------------------------------------------------- skill sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What somebody shows to pass a skill. A step is a point; a critical fail fails the sheet."""

    id: str
    version: str
    title: str
    skill: str
    levels: frozenset[str]
    approved: bool  # False: for training only, until a medical director approves it.
    steps: Mapping[str, str]  # Key and words, in order.
    critical: Mapping[str, str]
    pass_points: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """How one try at a sheet went."""

    sheet: str
    version: str
    passed: bool
    points: int
    of: int
    critical: tuple[str, ...]  # Keys of the critical fails seen.
    why: str


@cache
def _sheet_rules() -> tuple[Rule, ...]:
    rules, _ = read_rules([RULES / "skill_sheets.yaml"], section="skill_sheets", fields=_SHEET_FIELDS)
    for rule in rules:
        says = rule.says
        steps, points = says.get("steps") or {}, says.get("pass_points", 0)
        if not steps or not says.get("critical") or not 0 < points <= len(steps) or not says.get("levels"):
            raise BadInput(
                code="rule_line",
                what="has no steps, critical fails or levels, or asks for more points than there are.",
                do="Correct it.",
                where=rule.where,
            )
    return rules


def sheets_on(on: date) -> Mapping[str, Sheet]:
    """Return the skill sheets in force on a day, by id."""
    return {
        rule.id: Sheet(
            id=rule.id,
            version=rule.version,
            title=rule.says["title"],
            skill=rule.says["skill"],
            levels=frozenset(rule.says["levels"]),
            approved=rule.says.get("status") == "approved",
            steps=MappingProxyType(dict(rule.says["steps"])),
            critical=MappingProxyType(dict(rule.says["critical"])),
            pass_points=rule.says["pass_points"],
            source=rule.source,
        )
        for rule in _sheet_rules()
        if rule.in_force(on)
    }


def get_sheet(sheet: str, on: date) -> Sheet:
    """Return a skill sheet.

    Raises:
        BadInput: there is none of that id on that day.
    """
    known = sheets_on(on)
    if sheet not in known:
        raise BadInput(
            code="unknown_sheet",
            what=f"There is no skill sheet {sheet!r} on {on}.",
            do=f"Known are {', '.join(known) or 'none that day'}.",
            where="sheet",
        )
    return known[sheet]


def mark(sheet: Sheet, *, done: Collection[str], critical: Collection[str]) -> Marked:
    """Return how a try went: failed by one critical fail, whatever the points; else by too few points.

    Args:
        sheet: which.
        done: keys of the steps seen.
        critical: keys of the critical fails seen.

    Raises:
        BadInput: a step or critical fail is not on the sheet.
    """
    for name, given, known in (("steps", done, sheet.steps), ("critical", critical, sheet.critical)):
        strange = sorted(set(given) - set(known))
        if strange:
            raise BadInput(
                code="not_on_the_sheet",
                what=f"{strange[0]!r} is not on the sheet {sheet.id}.",
                do=f"On it are {', '.join(known)}.",
                where=name,
            )
    points, seen = len(set(done)), tuple(key for key in sheet.critical if key in set(critical))
    if seen:
        why = f"Failed: {'; '.join(sheet.critical[key] for key in seen)}."
    elif points < sheet.pass_points:
        why = f"Failed: {points} of {len(sheet.steps)} points, and {sheet.pass_points} are needed."
    else:
        why = f"Passed with {points} of {len(sheet.steps)} points."
    return Marked(
        sheet=sheet.id,
        version=sheet.version,
        passed=not seen and points >= sheet.pass_points,
        points=points,
        of=len(sheet.steps),
        critical=seen,
        why=why,
    )


# ---------------------------------------------------------------- courses


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A state's approval of a programme, `[start, end)`."""

    state: str
    levels: frozenset[str]
    start: date
    end: date | None = None
    source: str = ""

    def holds(self, level: str, on: date) -> bool:
        """Return whether a level's course is approved on a day."""
        return level in self.levels and self.start <= on and (self.end is None or on < self.end)


def may_teach(person: Person, level: str, on: date) -> bool:
    """Return whether somebody holds an instructor's credential for a level's course on a day, at that level or above.

    A credential that names no level is for none: not known is not allowed.
    """
    held = [one.on(on) for one in person.credentials if one.kind is Kind.INSTRUCTOR]
    return any(
        span.status.holds and span.level and (span.level == level or is_within(level, span.level)) for span in held
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course as it was opened."""

    id: str
    level: str
    programme: str
    agency: str
    state: str  # Where it is held: whose approval counts.
    place_kind: str
    hours: Mapping[str, float]  # Planned, by topic.
    sheets: tuple[str, ...]  # Skill sheets that have to be passed.
    start: date
    end: date | None = None

    @property
    def total(self) -> float:
        """Return the hours it plans."""
        return sum(self.hours.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """Hours of one person in one session."""

    session: str
    day: date
    topic: str
    hours: float
    instructor_qualified: bool  # On that day, for the course's level.


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Hours that somebody brings from an earlier course."""

    level: str  # Of that course.
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that completion asks."""

    what: str
    met: bool
    do: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """Whether somebody has completed a course, and whether that makes them eligible for a certificate."""

    completed: bool
    eligible: bool  # Completed, and the programme is approved on that day.
    checks: tuple[Check, ...]
    done: Mapping[str, float]  # Hours that count, by topic.
    planned: Mapping[str, float]
    uncounted: tuple[tuple[float, str], ...]  # Hours that do not count, and why.
    notes: tuple[str, ...] = field(default=())  # What is worth knowing and stops nothing.

    @property
    def progress(self) -> float:
        """Return the part of the planned hours that is done, 0 to 1."""
        total = sum(self.planned.values())
        counted = sum(min(self.done.get(topic, 0.0), hours) for topic, hours in self.planned.items())
        return counted / total if total else 0.0

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what is not met, in words."""
        return tuple(f"{one.what} {one.do}".strip() for one in self.checks if not one.met)


@cache
def _credit_rules() -> tuple[Rule, ...]:
    rules, _ = read_rules([RULES / "credits.yaml"], section="credits", fields=_CREDIT_FIELDS)
    return rules


def credit_for(course: str, credit: Credit, on: date) -> tuple[float, str]:
    """Return how many hours of an earlier course count towards another, and why not more.

    >>> credit_for("emt", Credit(level="emr", hours=60), date(2026, 6, 1))[0]
    0.0
    """
    for rule in _credit_rules():
        if rule.in_force(on) and (rule.says["course"], rule.says["prior"]) == (course, credit.level):
            return min(float(rule.says["hours"]), credit.hours), rule.says["what"]
    names = levels()
    prior, name = names[credit.level].name if credit.level in names else credit.level, names[course].name
    return 0.0, f"No rule says that hours of {prior} count towards {name}: they count nothing."


def completion(
    course: Course,
    *,
    attended: Sequence[Attended],
    passed: Collection[str],
    approvals: Sequence[Approval],
    on: date,
    credits_brought: Sequence[Credit] = (),
) -> Completion:
    """Return whether somebody has completed a course by a day, and is eligible for a certificate.

    Args:
        course: as opened.
        attended: their hours.
        passed: ids of the skill sheets whose last try was passed.
        approvals: of the course's programme.
        on: the day of completion.
        credits_brought: hours of earlier courses.
    """
    done, uncounted = _count(course, attended, on)
    for credit in credits_brought:
        counts, why = credit_for(course.level, credit, on)
        if counts:
            done["other"] = done.get("other", 0.0) + counts
        if counts < credit.hours:
            uncounted.append((credit.hours - counts, why))
    checks = [_hours_check(topic, done.get(topic, 0.0), hours) for topic, hours in sorted(course.hours.items())] + [
        _sheet_check(sheet, sheet in passed) for sheet in course.sheets
    ]
    completed = all(one.met for one in checks)
    approval = _approval_check(course, approvals, on)
    return Completion(
        completed=completed,
        eligible=completed and approval.met,
        checks=(*checks, approval),
        done=MappingProxyType(done),
        planned=MappingProxyType(dict(course.hours)),
        uncounted=tuple(uncounted),
        notes=_length_notes(course, on),
    )


def _count(course: Course, attended: Sequence[Attended], on: date) -> tuple[dict[str, float], list[tuple[float, str]]]:
    """Return hours that count by topic, and those that do not."""
    done: dict[str, float] = {}
    uncounted: list[tuple[float, str]] = []
    seen: set[str] = set()
    for one in sorted(attended, key=lambda each: (each.day, each.session)):
        if one.session in seen:
            uncounted.append((one.hours, f"Session {one.session} is there twice: it counts once."))
        elif one.day > on:
            uncounted.append((one.hours, f"Session {one.session} is after {on}."))
        elif not course.start <= one.day or (course.end is not None and one.day >= course.end):
            uncounted.append((one.hours, f"Session {one.session} on {one.day} is outside the course's days."))
        elif not one.instructor_qualified:
            uncounted.append((one.hours, f"Session {one.session}: its instructor was not qualified that day."))
        else:
            done[one.topic] = done.get(one.topic, 0.0) + one.hours
        seen.add(one.session)
    return done, uncounted


def _hours_check(topic: str, done: float, planned: float) -> Check:
    missing = planned - done
    met = missing <= 0
    do = "" if met else f"{missing:g} h are missing."
    return Check(what=f"{topics().get(topic, topic)}: {done:g} of {planned:g} h.", met=met, do=do)


def _sheet_check(sheet: str, passed: bool) -> Check:
    what = f"Skill sheet {sheet}: {'passed' if passed else 'not passed'}."
    return Check(what=what, met=passed, do="" if passed else "It can be tried again.")


def _approval_check(course: Course, approvals: Sequence[Approval], on: date) -> Check:
    """Return whether the programme is approved on the day. No approval on record is none."""
    name = levels()[course.level].name
    own = [one for one in approvals if one.state == course.state]
    holding = next((one for one in own if one.holds(course.level, on)), None)
    if holding:
        return Check(
            what=f"The programme {course.programme} is approved for {name} by {holding.state} that day.", met=True
        )
    other = next((one for one in own if course.level in one.levels), None)
    said = f"The programme {course.programme} is not approved for {name} by {course.state} on {on}"
    if other is not None:
        said += f" (it was from {other.start}{f' until {other.end}' if other.end else ''})"
    return Check(what=f"{said}.", met=False, do="Completing it makes nobody eligible for a certificate that day.")


def _length_notes(course: Course, on: date) -> tuple[str, ...]:
    """Return how the course's length stands beside the known ranges."""
    known = course_hours(course.level, on)
    judged: dict[str, list[str]] = {}
    for one in known.ranges:
        judged.setdefault(one.judge(course.total), []).append(one.basis)
    notes = [known.words] if known.agree is False else []
    if judged.get("below") and not judged.get("within") and not judged.get("above"):
        notes.append(f"{course.total:g} h are fewer than any known basis gives: {', '.join(judged['below'])}.")
    elif judged.get("below"):
        notes.append(f"{course.total:g} h are fewer than these give: {', '.join(judged['below'])}.")
    return tuple(notes)


def check_course(course: Course) -> None:
    """Refuse a course that could not be held.

    Raises:
        BadInput: its level gives no care, its place, topics, hours, sheets or days are wrong.
    """
    level: Any = levels().get(course.level)
    if level is None or not level.care:
        raise BadInput(
            code="bad_course", what=f"{course.level!r} is no level of care.", do="Name the level taught.", where="level"
        )
    if course.place_kind not in PLACES:
        raise BadInput(
            code="bad_course",
            what=f"{course.place_kind!r} is no kind of place.",
            do=f"Known are {', '.join(PLACES)}.",
            where="place_kind",
        )
    if not course.hours:
        raise BadInput(code="bad_course", what="No hours are planned.", do="Give hours by topic.", where="hours")
    check_topics(course.hours, where="hours")
    for sheet in course.sheets:
        get_sheet(sheet, course.start)
    if course.end is not None and course.end <= course.start:
        raise BadInput(
            code="bad_course",
            what=f"It ends {course.end}, not after it starts {course.start}.",
            do="`end` is the first day after it.",
            where="end",
        )
