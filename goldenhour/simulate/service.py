"""What a service's days are made of: how many calls, of what kind, who is sent, and how long each step takes.

A region keeps it as `service.toml`. Builders write defaults, `goldenhour calibrate` fits them to a record, and the
simulator draws from them. Everything is optional but `calls_per_day` for generated demand. `"*"` means any.

    calls_per_day = 280.0

    [priority]                            # Generated calls without [[nature]]: share of each priority.
    share = {1 = 0.57, 2 = 0.245, 3 = 0.185}

    [[nature]]                            # Generated calls of several natures.
    key = "Medical Incident"              # As call lists spell it.
    share = 0.75
    priority = {1 = 0.4, 3 = 0.6}

    [[slot]]                              # A kind of place in a response. Each unit type is one of its own name anyway.
    name = "fire"
    types = ["engine", "truck"]           # Unit types that may fill it.
    transports = false                    # Whether its unit takes the patient (default: only "ambulance" does).
    required = true
    target_s = 240                        # From the call's receipt; absent: the region's target of the priority.

    [[mix]]                               # What is sent to a call; one row is drawn by share.
    nature = "Medical Incident"           # The most exact rows win: nature and priority, nature, priority, neither.
    priority = 1
    share = 0.67
    slots = ["ambulance", "engine"]       # Twice the same name: two units. Without any [[mix]]: ["ambulance"].

    [[draw]]                              # A law of one quantity. The most exact row wins, looked at in the order
    quantity = "scene"                    # unit_type, nature, priority, hours; of equals the last.
    unit_type = "ambulance"
    nature = "*"
    priority = 1
    hours = [22, 6]                       # Local hour of the call's receipt, from-to, may pass midnight; absent: any.
    days = "Mon-Fri"                      # Local day of the call's receipt; absent: any.
    law = "lognormal"
    mean_s = 1100.0
    sd_s = 500.0

Quantities. Times take parameters in seconds (`mean_s`); ratios the same names without `_s` (`mean`).

    interarrival       time    between generated calls; scaled to calls_per_day and its profile (default exponential)
    call_processing    time    call received -> units notified; one a call (unit_type does not apply)   default 0
    turnout            time    unit notified at its station -> en route        default the unit's own turnout_s
    turnout_away       time    the same for a unit that was not at its station default 0
    travel_factor      ratio   drive to the scene over the road time that the decision reckons with     default 1
    travel_extra       time    of the drive that does not grow with distance: pulling out, finding the door  default 0
    cancel_en_route    chance  the unit is cancelled before it arrives         default 0
    cancel_point       ratio   share of its turnout and drive then gone        default uniform 0 to 1
    scene              time    on scene -> left scene with a patient           default 0
    scene_no_transport time    on scene -> back in service, no patient taken   default as scene
    transport          chance  the call's patient is taken to hospital         default 1 if the unit can
    destination        rank    0 the hospital the policy prefers, 1 the next   default 0
    transport_factor   ratio   drive to hospital over the road time            default 1
    transport_extra    time    of the drive to hospital that does not grow with distance                default 0
    handover           time    at hospital -> back in service                  default 0

Laws and parameters (p is a chance, u a uniform number; draws are made by inversion, one random stream a quantity):

    exponential  mean                      lognormal    mean, sd  or  median, sigma (sigma of the logarithm)
    normal       mean, sd (cut off at 0)   weibull      shape, scale
    uniform      low, high                 gamma        shape, scale
    constant     value (or mean)           empirical    quantiles = [q0, ..., qk], at k equal steps from 0 to 1
    bernoulli    p (chances)               categorical  p = [p0, p1, ...] (ranks)
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray
from scipy import special

from goldenhour.errors import BadInput
from goldenhour.roads.bands import days_of

ANY = "*"
UNIT_TYPES = ("ambulance", "quick_response", "engine", "truck", "rescue", "supervisor", "responder", "support")
TIMES = frozenset(
    {
        "interarrival",
        "call_processing",
        "turnout",
        "turnout_away",
        "travel_extra",
        "scene",
        "scene_no_transport",
        "transport_extra",
        "handover",
    }
)
RATIOS = frozenset({"travel_factor", "transport_factor", "cancel_point"})
CHANCES = frozenset({"cancel_en_route", "transport"})
RANKS = frozenset({"destination"})
QUANTITIES = TIMES | RATIOS | CHANCES | RANKS

_SPELLINGS: dict[str, tuple[tuple[str, ...], ...]] = {
    "exponential": (("mean",),),
    "normal": (("mean", "sd"),),
    "lognormal": (("mean", "sd"), ("median", "sigma")),
    "weibull": (("shape", "scale"),),
    "gamma": (("shape", "scale"),),
    "uniform": (("low", "high"),),
    "constant": (("value",), ("mean",)),
    "empirical": (("quantiles",),),
    "bernoulli": (("p",),),
    "categorical": (("p",),),
}
_PLAIN = frozenset({"shape", "sigma", "p"})  # Parameters without a unit.
_MAY_BE_ZERO = frozenset({"sd", "sigma", "low", "high", "value"})
_PRIORITIES = range(1, 5)
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Law:
    """A probability law of a quantity that is never negative."""

    name: str
    values: tuple[float, ...]  # In the order of _SPELLINGS; lognormal always as (median, sigma).

    def at(self, u: NDArray[np.float64]) -> NDArray[np.float64]:  # noqa: PLR0911 -- One law, one line.
        """Return the law's quantiles at `u`, uniform numbers in [0, 1), in its own unit; same shape.

        >>> Law("exponential", (60.0,)).at(np.array([0.0, 0.5])).round(3).tolist()
        [0.0, 41.589]
        """
        a, b = (*self.values, 0.0)[:2]
        match self.name:
            case "exponential":
                return -a * np.log1p(-u)
            case "normal":
                below = special.ndtr(-a / b) if b > 0 else 0.0
                found = a + b * special.ndtri(below + u * (1.0 - below)) if b > 0 else np.full(u.shape, a)
                return np.maximum(found, 0.0)
            case "lognormal":
                return np.asarray(a * np.exp(b * special.ndtri(u)))
            case "weibull":
                return np.asarray(b * (-np.log1p(-u)) ** (1.0 / a))
            case "gamma":
                return np.asarray(b * special.gammaincinv(a, u))
            case "uniform":
                return a + (b - a) * u
            case "constant":
                return np.full(u.shape, a)
            case "bernoulli":
                return (u < a).astype(np.float64)
            case "categorical":
                steps = np.cumsum(self.values)
                return np.searchsorted(steps / steps[-1], u, side="right").astype(np.float64)
        return np.interp(u, np.linspace(0.0, 1.0, len(self.values)), self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """The law of one quantity for some units and calls."""

    quantity: str
    law: Law
    unit_type: str = ANY
    nature: str = ANY
    priority: int | None = None
    hours: tuple[float, float] | None = None
    days: frozenset[int] | None = None  # 0 is Monday.

    @property
    def exactness(self) -> tuple[bool, bool, bool, int]:
        """Return what the row asks for; of the rows that fit, the greatest wins."""
        times = (self.hours is not None) + (self.days is not None)
        return (self.unit_type != ANY, self.nature != ANY, self.priority is not None, times)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A kind of place in a response."""

    name: str
    types: tuple[str, ...]
    transports: bool = False
    required: bool = True
    target_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """One answer to calls of a nature and priority, and the share of them that gets it."""

    slots: tuple[str, ...]
    share: float = 1.0
    nature: str = ANY
    priority: int | None = None

    @property
    def exactness(self) -> tuple[bool, bool]:
        """Return what the row asks for; of the rows that fit, those with the greatest win."""
        return (self.nature != ANY, self.priority is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nature:
    """A nature of generated calls."""

    key: str
    share: float
    priority: Mapping[int, float]  # Share of each priority.


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service's demand, responses and laws, checked."""

    calls_per_day: float | None
    natures: tuple[Nature, ...]
    slots: tuple[Slot, ...]
    mixes: tuple[Mix, ...]
    draws: tuple[Draw, ...]  # From the least to the most exact.

    def of(self, quantity: str) -> tuple[Draw, ...]:
        """Return a quantity's rows, from the least to the most exact."""
        return tuple(draw for draw in self.draws if draw.quantity == quantity)


class _Row:
    """One table of service.toml, read key by key; what is left over is refused."""

    def __init__(self, content: Any, where: str) -> None:
        self.where = where
        if not isinstance(content, Mapping):
            self.refuse("This must be a table.", "See the layout in the reference of service.toml.")
        self.left = dict(content)

    def refuse(self, what: str, do: str) -> NoReturn:
        raise BadInput(code="bad_service", what=what, do=do, where=self.where)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.left.pop(key, default)
        if not isinstance(value, str) or not value:
            self.refuse(f"{key} is {value!r}, not a name.", f"Write {key} as text.")
        return value

    def number(self, key: str, low: float = 0.0, high: float = math.inf) -> float:
        value = self.left.pop(key, None)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.refuse(f"{key} is {value!r}, not a number from {low:g} to {high:g}.", "Correct the value.")
        return float(value)

    def names(self, key: str) -> tuple[str, ...]:
        value = self.left.pop(key, None)
        if not isinstance(value, list) or not value or not all(isinstance(one, str) and one for one in value):
            self.refuse(f"{key} is {value!r}, not a list of names.", f'Write {key} = ["...", "..."].')
        return tuple(value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.left.pop(key, default)
        if not isinstance(value, bool):
            self.refuse(f"{key} is {value!r}, not true or false.", "Correct the value.")
        return value

    def priority(self) -> int | None:
        value = self.left.pop("priority", ANY)
        if value == ANY:
            return None
        if isinstance(value, bool) or value not in _PRIORITIES:
            self.refuse(f"priority is {value!r}.", 'Priorities are 1 (most urgent) to 4, or "*" for any.')
        return int(value)

    def shares(self, key: str) -> dict[int, float]:
        value = self.left.pop(key, None)
        found = {}
        for name, share in value.items() if isinstance(value, Mapping) else ():
            if str(name) not in {"1", "2", "3", "4"} or not isinstance(share, int | float) or share < 0:
                self.refuse(f"{key} has {name} = {share!r}.", "Write a share of 0 or more for each priority 1 to 4.")
            found[int(name)] = float(share)
        if not sum(found.values()) > 0:
            self.refuse(f"{key} gives no priority a share.", f"Write {key} = {{1 = 0.3, 2 = 0.5, 3 = 0.2}}.")
        return dict(sorted(found.items()))

    def done(self) -> None:
        if self.left:
            self.refuse(f"{', '.join(sorted(self.left))} is not known here.", "Correct the spelling, or remove it.")


def _laws_of(quantity: str) -> tuple[str, ...]:
    """Return the laws that a quantity may have."""
    if quantity in CHANCES:
        return ("bernoulli",)
    if quantity in RANKS:
        return ("categorical", "constant")
    return tuple(name for name in _SPELLINGS if name not in {"bernoulli", "categorical"})


def _law(row: _Row, quantity: str) -> Law:
    """Read a row's law and check that it makes sense for the quantity."""
    name = row.text("law")
    if name not in _SPELLINGS:
        row.refuse(f"There is no law {name!r}.", f"Use one of {', '.join(_SPELLINGS)}.")
    if name not in _laws_of(quantity):
        row.refuse(f"{quantity} cannot be {name}.", f"Use one of {', '.join(_laws_of(quantity))}.")
    unit = "_s" if quantity in TIMES else ""
    spelled = [[one if one in _PLAIN else one + unit for one in names] for names in _SPELLINGS[name]]
    keys = next((keys for keys in spelled if set(keys) <= set(row.left)), None)
    if keys is None:
        row.refuse(
            f"The {name} law of {quantity} needs {' or '.join(', '.join(keys) for keys in spelled)}.",
            "Add them to the row.",
        )
    if name in {"empirical", "categorical"}:
        return Law(name, _numbers(row, keys[0], rising=name == "empirical"))
    high = 1.0 if name == "bernoulli" else math.inf
    values = [row.number(key, 0.0, high) for key in keys]
    for key, value in zip(keys, values, strict=True):
        if value == 0.0 and key.removesuffix("_s") not in _MAY_BE_ZERO | {"p", "mean"}:
            row.refuse(f"{key} is 0.", "It must be greater than 0.")
    if name == "uniform" and values[0] > values[1]:
        row.refuse(f"{keys[0]} is greater than {keys[1]}.", "Swap them.")
    if name == "lognormal" and keys[0].startswith("mean"):
        mean, sd = values
        if mean <= 0:
            row.refuse("A lognormal law's mean is 0.", "It must be greater than 0.")
        spread = math.log1p((sd / mean) ** 2)
        values = [mean * math.exp(-spread / 2), math.sqrt(spread)]
    return Law(name, tuple(values))


def _numbers(row: _Row, key: str, *, rising: bool) -> tuple[float, ...]:
    """Read a list of numbers that are 0 or more, and for quantiles never fall."""
    given = row.left.pop(key)
    if not isinstance(given, list) or not given or not all(isinstance(one, int | float) and one >= 0 for one in given):
        row.refuse(f"{key} must be a list of numbers of 0 or more.", "Correct the list.")
    if rising and any(a > b for a, b in pairwise(given)):
        row.refuse(f"{key} must never fall.", "Sort them.")
    if not rising and not sum(given) > 0:
        row.refuse(f"{key} adds up to 0.", "Give at least one rank a share.")
    return tuple(map(float, given))


def _draw(row: _Row) -> Draw:
    """Read one [[draw]]."""
    quantity = row.text("quantity")
    if quantity not in QUANTITIES:
        row.refuse(f"There is no quantity {quantity!r}.", f"Use one of {', '.join(sorted(QUANTITIES))}.")
    unit_type, nature, priority = row.text("unit_type", ANY), row.text("nature", ANY), row.priority()
    hours = row.left.pop("hours", None)
    if hours is not None and not (
        isinstance(hours, list) and len(hours) == 2 and all(isinstance(h, int | float) and 0 <= h <= 24 for h in hours)  # noqa: PLR2004 -- From, to; a day.
    ):
        row.refuse(f"hours is {hours!r}.", "Write hours = [from, to], each 0 to 24.")
    days = _days(row)
    law = _law(row, quantity)
    row.done()
    span = (float(hours[0]), float(hours[1])) if hours else None
    return Draw(
        quantity=quantity, law=law, unit_type=unit_type, nature=nature, priority=priority, hours=span, days=days
    )


def _days(row: _Row) -> frozenset[int] | None:
    """Read the days of a [[draw]]."""
    if "days" not in row.left:
        return None
    text = row.text("days")
    try:
        return days_of(text)
    except BadInput as wrong:
        row.refuse(wrong.what, wrong.do)


def _slot(row: _Row) -> Slot:
    """Read one [[slot]]."""
    name, types = row.text("name"), row.names("types")
    target = row.number("target_s") if "target_s" in row.left else None
    transports = row.flag("transports", default="ambulance" in types)
    slot = Slot(
        name=name, types=types, transports=transports, required=row.flag("required", default=True), target_s=target
    )
    row.done()
    return slot


def _mix(row: _Row, slots: Mapping[str, Slot]) -> Mix:
    """Read one [[mix]]; every slot named in it must be known, when slots are declared."""
    nature, priority, share, named = row.text("nature", ANY), row.priority(), row.number("share"), row.names("slots")
    unknown = [name for name in named if name not in slots and name not in UNIT_TYPES]
    if unknown:
        row.refuse(f"There is no slot {unknown[0]}.", f"Add a [[slot]] of that name, or use {', '.join(UNIT_TYPES)}.")
    row.done()
    return Mix(slots=named, share=share, nature=nature, priority=priority)


def _natures(content: Mapping[str, Any], where: str) -> tuple[Nature, ...]:
    """Read the natures of generated calls, or the one nameless nature of [priority]."""
    found = []
    for number, given in enumerate(content.get("nature", ()), start=1):
        row = _Row(given, f"{where}, [[nature]] {number}")
        found.append(Nature(key=row.text("key"), share=row.number("share"), priority=row.shares("priority")))
        row.done()
    if not found:
        row = _Row(content.get("priority", {"share": {"1": 1.0}}), f"{where}, [priority]")
        found.append(Nature(key="", share=1.0, priority=row.shares("share")))
        row.done()
    if not sum(one.share for one in found) > 0:
        row.refuse("No nature has a share.", "Give at least one [[nature]] a share above 0.")
    return tuple(found)


def parse(content: Mapping[str, Any], where: str = "service.toml") -> Service:
    """Return a service's demand, responses and laws as read from its TOML.

    Args:
        content: what `tomllib` made of service.toml.
        where: the file's name, for refusals.

    Raises:
        BadInput: a key, name, law or value is wrong; it says in which table.

    >>> parse({"draw": [{"quantity": "scene", "law": "exponential", "mean_s": 720}]}).of("scene")[0].law
    Law(name='exponential', values=(720.0,))
    """
    top = _Row(content, where)
    tables = {key: top.left.pop(key, []) for key in ("slot", "mix", "draw", "nature")}
    for key, rows in tables.items():
        if not isinstance(rows, list):
            top.refuse(f"{key} must be a list of tables.", f"Write [[{key}]].")
    top.left.pop("priority", None)
    rate = top.number("calls_per_day") if "calls_per_day" in top.left else None
    top.done()
    slots = {}
    for number, given in enumerate(tables["slot"], start=1):
        slot = _slot(_Row(given, f"{where}, [[slot]] {number}"))
        slots[slot.name] = slot
    mixes = tuple(_mix(_Row(given, f"{where}, [[mix]] {n}"), slots) for n, given in enumerate(tables["mix"], start=1))
    draws = [_draw(_Row(given, f"{where}, [[draw]] {n}")) for n, given in enumerate(tables["draw"], start=1)]
    draws.sort(key=lambda draw: draw.exactness)
    return Service(
        calls_per_day=rate,
        natures=_natures(content, where),
        slots=tuple(slots.values()),
        mixes=mixes,
        draws=tuple(draws),
    )
