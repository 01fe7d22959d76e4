"""In which order the times of a run can have come: rules as dated data, and what they say of a run, in words.

They warn, and never refuse: a late true time in an odd order is kept and shown as odd.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path

from goldenhour.dated import Rule, read_rules
from goldenhour.errors import BadInput

SHIPPED = Path(__file__).with_name("time_rules.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRule:
    """One relation that a step's time has to keep. Steps are named as in fleet.status.Stamp."""

    rule: Rule
    stamp: str
    not_before: str  # The step that it cannot lie before; "" where it is about the present.
    ahead: timedelta  # How far it may lie after the present, where it is about that.

    def is_broken(self, stamps: Mapping[str, datetime], now: datetime) -> bool:
        """Return whether a run's times break it. A missing time breaks nothing."""
        at = stamps.get(self.stamp)
        if at is None:
            return False
        if not self.not_before:
            return at > now + self.ahead
        earlier = stamps.get(self.not_before)
        return earlier is not None and at < earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """One rule that a run's times break."""

    rule: str  # Its id, such as on_scene/en_route.
    stamp: str
    beside: str  # The other step; "" for the present.
    words: str


@cache
def load_time_rules(path: Path = SHIPPED) -> tuple[TimeRule, ...]:
    """Return the rules of a file.

    Raises:
        BadInput: a line is wrong; it says where.
    """
    rules, _ = read_rules([path], section="time_rules", fields={"stamp", "not_before", "ahead_s"})
    return tuple(_time_rule(rule) for rule in rules)


def _time_rule(rule: Rule) -> TimeRule:
    stamp, other, ahead_s = (rule.says.get(name) for name in ("stamp", "not_before", "ahead_s"))
    if not stamp or (other is None) == (ahead_s is None):
        raise BadInput(
            code="time_rule_line",
            what="needs a stamp, and either not_before or ahead_s.",
            do="See its siblings.",
            where=rule.where,
        )
    return TimeRule(
        rule=rule, stamp=str(stamp), not_before=str(other or ""), ahead=timedelta(seconds=float(ahead_s or 0))
    )


@cache
def rules_on(day: date) -> tuple[TimeRule, ...]:
    """Return the rules in force on a day; none where none is known."""
    return tuple(one for one in load_time_rules() if one.rule.in_force(day))


@cache
def not_before(day: date) -> dict[str, tuple[str, ...]]:
    """Return, for each step, the steps that it cannot lie before."""
    about = [one for one in rules_on(day) if one.not_before]
    return {
        stamp: tuple(one.not_before for one in about if one.stamp == stamp)
        for stamp in dict.fromkeys(one.stamp for one in about)
    }


def day_of(stamps: Mapping[str, datetime], now: datetime) -> date:
    """Return the day whose rules hold for a run: the one on which the unit was notified, else of its first time."""
    return (stamps.get("unit_notified") or min(stamps.values(), default=now)).date()


def check_times(stamps: Mapping[str, datetime], *, now: datetime, zone: tzinfo = UTC) -> tuple[Warned, ...]:
    """Return the rules that the times of one unit's run break, each in words.

    Args:
        stamps: the time of each step that counts.
        now: what time it is.
        zone: on whose clock the words name times.
    """
    broken = [one for one in rules_on(day_of(stamps, now)) if one.is_broken(stamps, now)]
    return tuple(
        Warned(rule=one.rule.id, stamp=one.stamp, beside=one.not_before, words=_words(one, stamps, zone))
        for one in broken
    )


def _words(one: TimeRule, stamps: Mapping[str, datetime], zone: tzinfo) -> str:
    said = f"{one.stamp.replace('_', ' ')} {stamps[one.stamp].astimezone(zone):%H:%M:%S}".capitalize()
    if not one.not_before:
        return f"{said} lies more than {one.ahead.total_seconds() / 60:.0f} min in the future."
    other = stamps[one.not_before].astimezone(zone)
    return f"{said} lies before {one.not_before.replace('_', ' ')} {other:%H:%M:%S}."
