"""Response plans: what goes to what, as dated data. A call that no plan speaks of gets the default, never nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from goldenhour.calls.natures import PRIORITIES, natures
from goldenhour.dated import TIERS, Rule, read_rules
from goldenhour.dispatch.units import BRINGS, RESCUE, Slot
from goldenhour.errors import BadInput
from goldenhour.fleet.units import UnitType
from goldenhour.roads.bands import days_of
from goldenhour.workforce.crews import LEVELS, level_at_least
from goldenhour.workforce.skills import skills

BOOKS = Path(__file__).with_name("response_plans")
_FIELDS = {"natures", "groups", "priorities", "slots", "places", "hours", "days", "responses"}
RESPONSES = ("bls", "als_bls")  # What triage may come to, see calls.cards.
_DAY_H = 24
_SLOT_FIELDS = set(Slot.__dataclass_fields__)
MOST_SLOTS = 60  # What the kernel takes.
_HEAVIEST = 1000
_OF_VEHICLES = frozenset().union(*BRINGS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of the map that plans speak of: a box of longitudes and latitudes, its south and west edge in it."""

    name: str
    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        """Return whether a place lies in it."""
        return self.west <= lon < self.east and self.south <= lat < self.north

    def meets(self, other: "Area") -> bool:
        """Return whether some place lies in both."""
        return (
            self.west < other.east and other.west < self.east and self.south < other.north and other.south < self.north
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is known of a call beside what it is about: where, when by the clock there, and what triage came to.

    What is not known no plan that asks for it speaks of.
    """

    lon: float | None = None
    lat: float | None = None
    at: datetime | None = None  # By the place's own clock.
    response: str = ""  # bls or als_bls.


NOTHING_MORE = Asking()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One response plan, in force from one day to another."""

    rule: Rule
    natures: frozenset[str]  # Empty: any.
    groups: frozenset[str]
    priorities: frozenset[int]  # Empty: any.
    slots: tuple[Slot, ...]
    places: tuple[Area, ...] = ()  # Empty: anywhere.
    hours: tuple[float, float] | None = None  # Local, from the first until before the second; (22, 6) is over midnight.
    days: frozenset[int] = frozenset()  # 0 is Monday, on which the hour itself falls; empty: any.
    responses: frozenset[str] = frozenset()  # Of RESPONSES; empty: any, also where triage did not come to one.

    @property
    def is_default(self) -> bool:
        """Return whether this is what goes when nothing else speaks of the call."""
        return not (self.natures or self.groups or self.priorities or self.responses or self.is_local)

    @property
    def is_local(self) -> bool:
        """Return whether it speaks of some places or times alone."""
        return bool(self.places or self.hours or self.days)

    def fits(self, nature: str, group: str, priority: int, more: Asking = NOTHING_MORE) -> bool:
        """Return whether the plan speaks of such a call."""
        speaks = nature in self.natures or group in self.groups or not (self.natures or self.groups)
        urgent = not self.priorities or priority in self.priorities
        return speaks and urgent and self._is_there(more) and self._is_then(more.at) and self._is_so(more)

    def _is_there(self, more: Asking) -> bool:
        if not self.places:
            return True
        return (
            more.lon is not None and more.lat is not None and any(one.holds(more.lon, more.lat) for one in self.places)
        )

    def _is_then(self, at: datetime | None) -> bool:
        if not (self.hours or self.days):
            return True
        if at is None or (self.days and at.weekday() not in self.days):
            return False
        return self.hours is None or _within(self.hours, at.hour + at.minute / 60 + at.second / 3600)

    def _is_so(self, more: Asking) -> bool:
        return not self.responses or more.response in self.responses

    @property
    def rank(self) -> tuple[int, int, int, int, int, int]:
        """Return how closely it speaks, greater is closer.

        By nature, else group; then by place; by hours and days, both before one; by priority; by what triage came to;
        by the nearer tier.
        """
        return (
            2 if self.natures else int(bool(self.groups)),
            int(bool(self.places)),
            int(self.hours is not None) + int(bool(self.days)),
            int(bool(self.priorities)),
            int(bool(self.responses)),
            TIERS.index(self.rule.tier),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What one call needs: slots to fill, and by which rule."""

    call_id: str
    priority: int
    slots: tuple[Slot, ...]
    plan: str = ""  # The plan's id with the day it is in force from.
    rules_hash: str = ""
    note: str = ""  # Why this plan, when it is not the obvious one.
    waited_s: float = 0.0  # Since the first ring.
    district: str = ""  # Station whose first-due area the call lies in, "" when not known.
    ahead_of_s: Mapping[str, float] = field(
        default_factory=dict
    )  # A bridge is of use only to a unit there before that.

    def without(self, filled: Mapping[str, float]) -> "Need":
        """Return what is still needed once these slots are filled: slot, and seconds until its unit is there.

        A bridge to a slot whose unit arrives by its target is no longer needed; one to a unit that comes late is, if it
        is there before.
        """
        left, ahead = [], dict(self.ahead_of_s)
        target = {slot.name: slot.target_s - self.waited_s for slot in self.slots}
        for slot in self.slots:
            if slot.name in filled:
                continue
            if slot.bridges in filled:
                if filled[slot.bridges] <= target[slot.bridges]:
                    continue
                ahead[slot.name] = filled[slot.bridges]
            left.append(slot)
        return replace(self, slots=tuple(left), ahead_of_s=ahead)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The response plans of one place."""

    plans: tuple[Plan, ...]
    hash: str

    @property
    def asks_where(self) -> bool:
        """Return whether some plan speaks of some places alone."""
        return any(plan.places for plan in self.plans)

    @property
    def asks_when(self) -> bool:
        """Return whether some plan speaks of some hours or days alone."""
        return any(plan.hours or plan.days for plan in self.plans)

    def plan_on(self, nature: str, priority: int, day: date, more: Asking = NOTHING_MORE) -> tuple[Plan, str]:
        """Return the plan for such a call on that day, and a note when it is not one made for it."""
        known = natures().get(nature)
        group = known.group if known else ""
        in_force = [plan for plan in self.plans if plan.rule.in_force(day)]
        fitting = [plan for plan in in_force if not plan.is_default and plan.fits(nature, group, priority, more)]
        if fitting:
            return max(fitting, key=lambda plan: plan.rank), ""
        defaults = [plan for plan in self.plans if plan.is_default]
        now = [plan for plan in defaults if plan.rule.in_force(day)]
        what = f"no plan speaks of {nature or 'this nature'} at priority {priority}"
        if now:
            others = any(not plan.is_default for plan in self.plans)  # A book of one plan needs no excuse.
            return max(now, key=lambda plan: plan.rank), f"Default plan: {what}." if others else ""
        nearest = min(defaults, key=lambda plan: abs((plan.rule.start - day).days))
        return nearest, f"Default plan of {nearest.rule.start}: no plan is known for {day}."

    def need(
        self,
        *,
        call_id: str,
        nature: str,
        priority: int,
        day: date,
        waited_s: float = 0.0,
        district: str = "",
        more: Asking = NOTHING_MORE,
    ) -> Need:
        """Return what a call needs. `day` is the local date of the place of the call."""
        plan, note = self.plan_on(nature, priority, day, more)
        return Need(
            call_id=call_id,
            priority=priority,
            slots=plan.slots,
            plan=plan.rule.version,
            rules_hash=self.hash,
            note=note,
            waited_s=waited_s,
            district=district,
        )


@cache
def load_book(folder: Path | str = "county") -> Book:
    """Return the response plans of a folder of YAML files; a name alone is one of those that ship.

    Raises:
        BadInput: a line is wrong, two plans of one tier are equally close on one day, or there is no default plan.
    """
    path = BOOKS / folder if isinstance(folder, str) else folder
    files = sorted(path.glob("*.yaml"))
    if not files:
        shipped = ", ".join(sorted(one.name for one in BOOKS.iterdir() if one.is_dir()))
        raise BadInput(
            code="no_plans", what="holds no response plans.", do=f"Give a folder of YAML files, or one of {shipped}.",
            where=str(folder),
        )  # fmt: skip
    rules, digest = read_rules(files, section="plans", fields=_FIELDS)
    plans = tuple(_plan(rule) for rule in rules)
    if not any(plan.is_default for plan in plans):
        raise BadInput(
            code="no_default_plan",
            what="no plan without natures, groups and priorities.",
            do="Add one: it goes when nothing else speaks of a call.",
            where=str(folder),
        )
    _refuse_ambiguous(plans)
    return Book(plans=plans, hash=digest)


def _plan(rule: Rule) -> Plan:
    """Return a rule as a response plan."""
    known = natures()
    groups = {one.group for one in known.values()}
    says = rule.says
    for name, allowed in (
        ("natures", set(known)),
        ("groups", groups),
        ("priorities", set(PRIORITIES)),
        ("responses", set(RESPONSES)),
    ):
        strange = [one for one in says.get(name, ()) if one not in allowed]
        if strange:
            raise BadInput(
                code="plan",
                what=f"{name}: {strange[0]!r} is unknown.",
                do=f"Known: {_listed(allowed)}.",
                where=rule.where,
            )
    slots = tuple(_slot(line, rule) for line in says.get("slots", ()))
    names = [slot.name for slot in slots]
    if not 0 < len(slots) <= MOST_SLOTS or len(set(names)) < len(names):
        raise BadInput(
            code="plan", what="slots must be there, each with a name of its own.", do="Correct them.", where=rule.where
        )
    for slot in slots:
        main = next((one for one in slots if one.name == slot.bridges), None)
        if slot.bridges and (slot.required or main is None or not main.required or main.bridges):
            raise BadInput(
                code="plan_bridge",
                what=f"slot {slot.name} bridges the time to {slot.bridges}.",
                do="A bridge is not required, and what it bridges to is a required slot of the same plan.",
                where=rule.where,
            )
        if slot.bridges and (slot.transport or RESCUE in slot.skills or not _is_a_team(main)):
            raise BadInput(
                code="plan_bridge",
                what=f"slot {slot.name} bridges the time to {slot.bridges}.",
                do="A bridge neither carries patients nor rescues, and behind it comes a crew with an EMT or above.",
                where=rule.where,
            )
    return Plan(
        rule=rule,
        natures=frozenset(says.get("natures", ())),
        groups=frozenset(says.get("groups", ())),
        priorities=frozenset(says.get("priorities", ())),
        slots=slots,
        places=tuple(_area(name, box, rule) for name, box in _mapping(says.get("places", {}), rule).items()),
        hours=_hours(says.get("hours"), rule),
        days=days_of(str(says["days"])) if says.get("days") else frozenset(),
        responses=frozenset(says.get("responses", ())),
    )


def _within(hours: tuple[float, float], hour: float) -> bool:
    start, end = hours
    return start <= hour < end if start <= end else hour >= start or hour < end


def _mapping(value: Any, rule: Rule) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadInput(
            code="plan", what="places are no names with a box each.", do="Write places: {harbour: [w, s, e, n]}.",
            where=rule.where,
        )  # fmt: skip
    return value


def _area(name: str, box: Any, rule: Rule) -> Area:
    numbers = isinstance(box, list) and len(box) == len(("west", "south", "east", "north"))
    if not numbers or not all(type(one) in {int, float} for one in box) or not (box[0] < box[2] and box[1] < box[3]):
        raise BadInput(
            code="plan",
            what=f"places: {name} is no box.",
            do="Give [west, south, east, north] in degrees, west before east and south before north.",
            where=rule.where,
        )
    return Area(name=str(name), west=box[0], south=box[1], east=box[2], north=box[3])


def _hours(value: Any, rule: Rule) -> tuple[float, float] | None:
    if value is None:
        return None
    two = isinstance(value, list) and len(value) == len(("from", "to"))
    if not two or not all(type(one) in {int, float} and 0 <= one <= _DAY_H for one in value) or value[0] == value[1]:
        raise BadInput(
            code="plan",
            what=f"hours: {value!r} is no time of the day.",
            do="Give [from, to] of 0 to 24, such as [22, 6].",
            where=rule.where,
        )
    return float(value[0]), float(value[1])


def _is_a_team(slot: Slot | None) -> bool:
    """Return whether a slot asks for an EMT or above, whoever fills it."""
    least = (slot.accept or slot.care) if slot else ""
    return bool(least) and level_at_least(least, "emt")


def _slot(line: Mapping[str, Any], rule: Rule) -> Slot:
    """Return one line of `slots`."""
    where = f"{rule.where}, slot {line.get('name', '?')}"
    strange = set(line) - _SLOT_FIELDS
    types = [one for one in line.get("types", ()) if one not in set(UnitType)]
    levels = [line[key] for key in ("care", "accept") if key in line and line[key] not in LEVELS]
    wrong = [*strange, *types, *levels]
    numbers = line.get("target_s", 0) > 0 and 0 <= line.get("weight", 1) <= _HEAVIEST and line.get("count", 1) >= 1
    _refuse_misspelt(line.get("skills", ()), where)
    if wrong or not line.get("name") or not numbers:
        raise BadInput(
            code="plan_slot",
            what=f"{wrong[0]!r} is unknown."
            if wrong
            else "needs a name, a target_s above 0, a weight of 0 to 1000 and a count of 1 or more.",
            do=f"Fields: {_listed(_SLOT_FIELDS)}. Types: {_listed(set(UnitType))}. Care: {', '.join(LEVELS)}.",
            where=where,
        )
    return Slot(
        **{
            **line,
            "types": frozenset(UnitType(one) for one in line.get("types", ())),
            "skills": frozenset(line.get("skills", ())),
        }
    )


def _refuse_misspelt(asked: Iterable[str], where: str) -> None:
    """Refuse the name of a skill that is nearly one of the vocabulary: agencies' own words are free, slips are not."""
    for one in asked:
        near = [] if one in skills() or one in _OF_VEHICLES else get_close_matches(one, skills(), n=1, cutoff=0.85)
        if near:
            raise BadInput(
                code="plan_slot", what=f"there is no skill {one!r}.", do=f"Did you mean {near[0]}?", where=where
            )


def _refuse_ambiguous(plans: tuple[Plan, ...]) -> None:
    """Refuse two plans that are equally close to the same call on the same day."""
    for at, plan in enumerate(plans):
        for other in plans[:at]:
            if plan.rank != other.rank or not plan.rule.overlaps(other.rule):
                continue
            same_what = plan.natures & other.natures or plan.groups & other.groups or plan.rank[0] == 0
            same_priority = plan.priorities & other.priorities or not plan.priorities
            same_response = plan.responses & other.responses or not plan.responses
            if same_what and same_priority and same_response and _meet(plan, other):
                raise BadInput(
                    code="plans_overlap",
                    what=f"speaks of the same calls on the same days as {other.rule.where}.",
                    do="End one of them with `to`, or make it speak of other calls.",
                    where=plan.rule.where,
                )


def _meet(plan: Plan, other: Plan) -> bool:
    """Return whether some place and some hour of the week has both plans, of equal rank."""
    somewhere = not plan.places or any(one.meets(two) for one in plan.places for two in other.places)
    days = not (plan.days and other.days) or bool(plan.days & other.days)
    if plan.hours and other.hours:  # Two spans of the day meet where one begins in the other.
        days = days and (_within(plan.hours, other.hours[0]) or _within(other.hours, plan.hours[0]))
    return somewhere and days


def _listed(names: set[Any]) -> str:
    """Return the names in order, as words."""
    return ", ".join(str(name) for name in sorted(names, key=str))
