"""How long people wait until somebody is with them who may give a certain care there that day.

The first unit on scene with somebody aboard whose level may do it, by the rule books of the place (`workforce.masks`),
on the local day of its arrival. On scene stands for at the patient: the way from the wheels to the patient is not
simulated. A crew of which nobody states a level, or a level of which no rule speaks, is unknown: it is counted, and
never as able.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenhour.calls.natures import natures
from goldenhour.errors import BadInput
from goldenhour.simulate import kernels as k
from goldenhour.simulate.crews import Place, Watch, day_of, watch_at
from goldenhour.simulate.engine import Run, crews_of
from goldenhour.workforce.books import load_books, place_words
from goldenhour.workforce.credentials import state_of
from goldenhour.workforce.masks import mask_of
from goldenhour.workforce.scope import ALLOW, DENY, UNKNOWN
from goldenhour.workforce.skills import skill_named

_BEST = {DENY: 0, UNKNOWN: 1, ALLOW: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillTime:
    """A measure: until somebody is there who may do this, on calls of some natures."""

    skill: str  # Its key.
    natures: frozenset[str] = frozenset()  # Empty: all calls.

    @property
    def name(self) -> str:
        """Return what summaries call it."""
        return f"skill:{self.skill}" + (f"@{','.join(sorted(self.natures))}" if self.natures else "")

    @classmethod
    def parse(cls, text: str, known_natures: Sequence[str] = ()) -> "SkillTime":
        """Return the measure written "naloxone_intranasal" or "naloxone_intranasal@overdose,unconscious".

        `known_natures` are those of service.toml, beside the natures of calls.

        Raises:
            BadInput: there is no such skill or nature.
        """
        skill, _, of = text.removeprefix("skill:").partition("@")
        wanted = frozenset(one.strip() for one in of.split(",") if one.strip())
        strange = sorted(wanted - set(natures()) - set(known_natures))
        if strange:
            raise BadInput(
                code="no_nature", what=f"There is no nature {strange[0]!r}.",
                do="Use the natures of the calls, such as overdose, or leave them out.", where=f"--skill {text}",
            )  # fmt: skip
        return cls(skill=skill_named(skill.strip()).key, natures=wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """What a skill time was, call by call, (calls,); NaN: not measured, or nobody came who may."""

    counted: NDArray[np.bool_]
    took_s: NDArray[np.float64]
    unknown: NDArray[np.bool_]  # Somebody came before whom nobody can answer for.

    def figures(self) -> dict[str, Any]:
        """Return the figures of calls that somebody who may was there for, and how many there were of the others."""
        took = self.took_s[self.counted & np.isfinite(self.took_s)]
        told: dict[str, Any] = {
            "n": len(took),
            "never_n": int(self.counted.sum()) - len(took),
            "unknown_n": int((self.counted & self.unknown).sum()),
        }
        if not len(took):
            return told | {"mean_s": None, "median_s": None, "p90_s": None}
        return told | {
            "mean_s": round(float(took.mean()), 6),
            "median_s": round(float(np.median(took)), 6),
            "p90_s": round(float(np.quantile(took, 0.9)), 6),
        }


def waits_of(run: Run, measure: SkillTime, *, from_us: int = 0) -> Waits:
    """Return how long calls waited for somebody who may do it; those received before `from_us` are not counted."""
    calls, place = run.calls, run.model.place
    counted = calls.received_us >= from_us
    if measure.natures:
        counted &= np.isin(calls.nature.astype(str), sorted(measure.natures))
    crews = run.crews or crews_of(run.model, calls.clock, run.end_us)
    took, unsure = np.full(len(calls), np.inf), np.full(len(calls), np.inf)
    verdicts = Verdicts(place, measure.skill)
    there = run.rows[(run.rows[:, k.ON_SCENE_AT] >= 0) & counted[run.rows[:, k.CALL]]]
    for call, unit, notified_us, on_scene_us in there[:, [k.CALL, k.UNIT, k.NOTIFIED_AT, k.ON_SCENE_AT]].tolist():
        watch = watch_at(crews[unit], notified_us)
        verdict = verdicts.of(watch, day_of(calls.clock, on_scene_us, place.zone))
        waited_s = (on_scene_us - calls.received_us[call]) / 1e6
        if verdict == ALLOW:
            took[call] = min(took[call], waited_s)
        elif verdict == UNKNOWN:
            unsure[call] = min(unsure[call], waited_s)
    return Waits(counted=counted, took_s=np.where(np.isfinite(took), took, np.nan), unknown=unsure < took)


class Verdicts:
    """Whether crews may do one skill at a place, day by day, remembered."""

    def __init__(self, place: Place, skill: str) -> None:
        self._books = place.books or load_books()
        self._state, self._skill = state_of(place.jurisdiction), skill
        if self._state not in self._books.places:
            raise BadInput(
                code="no_rule_book",
                what=f"No rule book speaks of {place_words(self._state, self._books) or 'this region'}: "
                "who may do what there is unknown.",
                do="Name a jurisdiction in region.toml that has one, or give one with --rules.",
                where="--skill",
            )
        self._kept: dict[tuple[tuple[str, ...], date], str] = {}

    def of(self, watch: Watch, day: date) -> str:
        """Return the best verdict on anybody aboard: allow, deny or unknown."""
        levels = watch.crewed.unit.levels
        key = (levels, day)
        if key not in self._kept:
            found = [mask_of(level, self._state, day, books=self._books).may(self._skill) for level in levels]
            self._kept[key] = max(found, key=_BEST.__getitem__) if found else UNKNOWN
        return self._kept[key]
