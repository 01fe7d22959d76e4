"""People and what they hold: dated credentials, their history, and who is live where on which day.

A credential's days are half open, `[from, until)`, on the licensing place's own calendar: they begin and end at its
local midnight. People say "expires 30 April", the last day it holds; kept is `until`, the first day it no longer does,
1 May. A credential is its history: what was done to it, in the order it was recorded. The state of any day follows.

The level of a licence (dPersonnel.24) and the level an agency lets somebody practise at (dPersonnel.38) are two things.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from goldenhour.dated import read_yaml
from goldenhour.errors import BadInput
from goldenhour.workforce.levels import levels

NOTICE_DAYS = (90, 60, 30, 7)  # How long before its last day a credential is warned of.
_ONE_DAY = timedelta(days=1)
_RISING = ("", "emr", "emt", "aemt", "paramedic")  # What a level counts as, lowest first.


class Kind(StrEnum):
    """What somebody can hold."""

    CERTIFICATE = "certificate"  # NREMT, CPR, ...: shows knowledge, permits nothing by itself.
    LICENCE = "licence"  # A state's: the right to practise at a level in that state.
    ENDORSEMENT = "endorsement"  # A state's addition to a licence.
    COMPACT_PRIVILEGE = "compact_privilege"
    EMD_CERTIFICATE = "emd_certificate"  # Of a telecommunicator.
    DRIVER = "driver"
    RESCUE = "rescue"
    INSTRUCTOR = "instructor"
    OTHER = "other"

    @property
    def words(self) -> str:
        """Return what people call it."""
        return {"emd_certificate": "EMD certificate", "driver": "driver's certificate"}.get(
            self.value, self.value.replace("_", " ")
        )


# Beside endorsements by name, holding one of these counts like an endorsement of that name, wherever it was issued.
COUNTS_AS_ENDORSEMENT = {
    Kind.RESCUE: "rescue",
    Kind.DRIVER: "driver",
    Kind.EMD_CERTIFICATE: "emd",
    Kind.INSTRUCTOR: "instructor",
}


class What(StrEnum):
    """What can be done to a credential."""

    ISSUED = "issued"
    RENEWED = "renewed"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    RESTRICTED = "restricted"
    REINSTATED = "reinstated"
    REVOKED = "revoked"
    SURRENDERED = "surrendered"
    CORRECTED = "corrected"
    VERIFIED = "verified"  # Somebody looked it up where it was issued. Whatever is done afterwards clears it.


class Status(StrEnum):
    """How a credential stands on a day."""

    NOT_YET = "not_yet"
    LIVE = "live"
    RESTRICTED = "restricted"  # Holds, within limits.
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    REVOKED = "revoked"
    SURRENDERED = "surrendered"

    @property
    def holds(self) -> bool:
        """Whether it holds on that day."""
        return self in {Status.LIVE, Status.RESTRICTED}


_OVER_TERM = {  # What lies over the term, and which goes before which.
    What.REVOKED: Status.REVOKED,
    What.SURRENDERED: Status.SURRENDERED,
    What.SUSPENDED: Status.SUSPENDED,
    What.RESTRICTED: Status.RESTRICTED,
}
_ORDER = (Status.REVOKED, Status.SURRENDERED, Status.SUSPENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that was done to a credential, from a day on."""

    what: What
    day: date  # The first day of it, on the licensing place's calendar.
    until: date | None = None  # The first day it is over. None: no end is stated.
    start: date | None = None  # corrected: the right first day of the term.
    level: str = ""  # corrected: the right level.
    strikes: int = 0  # corrected: the position of a change that was entered wrongly.
    holds_until: date | None = None  # corrected: the correction's own end, unless it is verified before.
    words: str = field(default="", repr=False)  # The restriction, or the reason.
    position: int = 0  # In the log: the order of what was recorded.
    actor: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which a credential stands in one way: from `start` until the day before `end`."""

    start: date
    end: date | None
    status: Status
    level: str
    words: tuple[str, ...] = ()

    def on(self, day: date) -> bool:
        """Return whether the day is one of them."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One credential of one person, with its whole history in the order of the log."""

    id: str
    kind: Kind
    place: str  # The state that issued it; "US" for a body of the country, such as NREMT.
    issuer: str = ""  # Of a certificate: nremt, ...
    level: str = ""  # A key of workforce.levels; "" where it has none.
    name: str = ""  # Of an endorsement, or of another certificate: iv, cpr, ...
    number: str = field(default="", repr=False)
    history: tuple[Change, ...] = ()
    spans: tuple[Span, ...] = field(init=False, repr=False, compare=False)  # Its days, rising, from the first on.

    def __post_init__(self) -> None:
        object.__setattr__(self, "spans", spans_of(self.history, self.level))

    @property
    def verified(self) -> Change | None:
        """The look-up at its issuer, when nothing was done to the credential since."""
        last = self.history[-1] if self.history else None
        return last if last is not None and last.what is What.VERIFIED else None

    def on(self, day: date) -> Span:
        """Return how it stands on a day."""
        return span_on(self.spans, day, level=self.level)


class Service(StrEnum):
    """What kind of house somebody serves in."""

    EMS = "ems"
    FIRE = "fire"
    AMBULANCE = "ambulance"
    WORKPLACE = "workplace"
    HOSPITAL = "hospital"
    CLINIC = "clinic"
    DISPATCH = "dispatch"
    COLLEGE = "college"


PAY = ("paid", "volunteer")
ROLES = ("care", "telecommunicator", "driver", "logistics", "instructor", "educator", "officer", "medical_director")


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """Somebody's place in an agency, from a day until the day before `end`."""

    agency: str
    service: Service
    start: date
    end: date | None = None
    pay: str = "paid"
    role: str = "care"
    practice: str = ""  # The level the agency lets them practise at; "" for that of the licence. Never above it.
    director: str = ""  # The person id of the medical director they practise under.

    def on(self, day: date) -> bool:
        """Return whether it holds on a day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Immunisation:
    """What somebody is immune against, and since when."""

    name: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the service. Who they are is left out of what a log line could show of this."""

    id: str
    credentials: tuple[Credential, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    given_name: str = field(default="", repr=False)
    family_name: str = field(default="", repr=False)
    born: date | None = field(default=None, repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    languages: tuple[str, ...] = field(default=(), repr=False)
    immunisations: tuple[Immunisation, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        """Their name, for those who may see it."""
        return f"{self.given_name} {self.family_name}".strip()


# ---------------------------------------------------------------- days and places


@cache
def _zones() -> dict[str, tuple[str, bool]]:
    found = read_yaml(Path(__file__).with_name("zones.yaml"))["zones"]
    return {str(state): (str(row["zone"]), bool(row.get("two"))) for state, row in found.items()}


def state_of(place: str) -> str:
    """Return the state of a place: "KS" of "KS", "US-KS" or "KS/agency".

    >>> state_of("US-KS"), state_of("KS/county-ems"), state_of("US")
    ('KS', 'KS', 'US')
    """
    return place.split("/", maxsplit=1)[0].removeprefix("US-").upper()


def known_places() -> tuple[str, ...]:
    """Return the places whose clock is known."""
    return tuple(sorted(_zones()))


def zone_of(place: str) -> ZoneInfo:
    """Return the clock of a licensing place. Of a state in two zones: its capital's, see zones.yaml.

    Raises:
        BadInput: its clock is not known.
    """
    found = _zones().get(state_of(place))
    if found is None:
        raise BadInput(
            code="unknown_place",
            what=f"{place!r} is no state whose clock is known.",
            do="Write a state's two letters, such as KS, or US for a certificate of the country.",
            where="place",
        )
    return ZoneInfo(found[0])


def midnight(day: date, place: str) -> datetime:
    """Return the moment (UTC) a day begins in a place."""
    return datetime.combine(day, time(), zone_of(place)).astimezone(UTC)


def day_at(at: datetime, place: str) -> date:
    """Return the day it is in a place at a moment."""
    return at.astimezone(zone_of(place)).date()


def until_of(expires: date) -> date:
    """Return the first day a credential no longer holds, from the last day it does."""
    return expires + _ONE_DAY


def expires_of(until: date | None) -> date | None:
    """Return the last day a credential holds, from the first day it does not."""
    return until - _ONE_DAY if until else None


def day_words(day: date) -> str:
    """Return a day as people say it.

    >>> day_words(date(2026, 5, 1))
    '1 May 2026'
    """
    return f"{day.day} {day:%B %Y}"


# ---------------------------------------------------------------- levels


def rank(level: str) -> int:
    """Return how high a level counts: 0 for none, then emr, emt, aemt, paramedic."""
    known = levels().get(level)
    return _RISING.index(known.counts_as) if known else 0


def is_within(practice: str, licence: str) -> bool:
    """Return whether a practice level is not above a licence level.

    A level beside or beyond the four (such as a critical care paramedic) is within itself only: it is never given to
    somebody whose licence merely counts as the same.
    """
    if practice == licence:
        return True
    return practice in _RISING[1:] and rank(practice) <= rank(licence)


def level_words(level: str) -> str:
    """Return a level as a sentence has it: paramedic, EMT, critical care paramedic."""
    known = levels().get(level)
    if known is None:
        return level
    return known.name.lower() if known.name.istitle() else known.name


# ---------------------------------------------------------------- how a credential stands


@dataclass(slots=True)
class _Fold:
    """What a history has come to: terms, and what lies over them."""

    terms: list[tuple[date, date | None]]
    over: list[tuple[Status, date, date | None, str]]
    level: str

    def cut(self, day: date) -> None:
        self.terms = [(start, _earlier(end, day)) for start, end in self.terms if start < day]

    def renew(self, day: date, until: date | None) -> None:
        self.cut(day)
        self.terms.append((day, until))

    def correct(self, change: Change) -> None:
        if self.terms and (change.start or change.until):
            start, end = self.terms.pop()
            self.terms = [term for term in self.terms if term[0] < (change.start or start)]
            self.terms.append((change.start or start, change.until or end))
        self.level = change.level or self.level

    def lift(self, day: date) -> None:
        self.over = [
            (status, start, _earlier(end, day), words) for status, start, end, words in self.over if start < day
        ]


def _earlier(end: date | None, day: date) -> date:
    return day if end is None or day < end else end


def _lasting(history: Sequence[Change], change: Change, day: date) -> bool:
    """Return whether a correction counts on a day: until its own end, or for ever once it was verified."""
    if change.what is not What.CORRECTED or change.holds_until is None:
        return True
    if any(one.what is What.VERIFIED and one.position > change.position for one in history):
        return True
    return change.day <= day < change.holds_until


def _fold(history: Sequence[Change], day: date, level: str) -> _Fold:
    """Return what a history comes to, as it counts on a day."""
    counting = [one for one in history if _lasting(history, one, day)]
    struck = {one.strikes for one in counting if one.strikes}
    fold = _Fold(terms=[], over=[], level=level)
    for one in counting:
        if one.position in struck and one.what is not What.CORRECTED:
            continue
        if one.what in {What.ISSUED, What.RENEWED}:
            fold.renew(one.day, one.until)
        elif one.what is What.LAPSED:
            fold.cut(one.day)
        elif one.what is What.CORRECTED:
            fold.correct(one)
        elif one.what is What.REINSTATED:
            fold.lift(one.day)
        elif one.what in _OVER_TERM:
            fold.over.append((_OVER_TERM[one.what], one.day, one.until, one.words))
    return fold


def _edges(history: Sequence[Change]) -> list[date]:
    """Return every day on which something may change, rising."""
    found = {day for one in history for day in (one.day, one.until, one.start, one.holds_until) if day is not None}
    return sorted(found)


def _status(fold: _Fold, day: date) -> tuple[Status, tuple[str, ...]]:
    over = [(status, words) for status, start, end, words in fold.over if start <= day and (end is None or day < end)]
    for status in _ORDER:
        said = tuple(words for one, words in over if one is status)
        if said:
            return status, said
    if not any(start <= day for start, _ in fold.terms):
        return Status.NOT_YET, ()
    if not any(start <= day and (end is None or day < end) for start, end in fold.terms):
        return Status.LAPSED, ()
    limits = tuple(words for status, words in over if status is Status.RESTRICTED)
    return (Status.RESTRICTED, limits) if limits else (Status.LIVE, ())


def spans_of(history: Sequence[Change], level: str = "") -> tuple[Span, ...]:
    """Return the days of a history, rising, from the first on: neighbours differ, and the last has no end."""
    found: list[Span] = []
    for day in _edges(history):
        fold = _fold(history, day, level)
        status, words = _status(fold, day)
        last = found[-1] if found else None
        if last is not None and (last.status, last.level, last.words) == (status, fold.level, words):
            continue
        if last is None and status is Status.NOT_YET:
            continue
        if last is not None:
            found[-1] = Span(last.start, day, last.status, last.level, last.words)
        found.append(Span(day, None, status, fold.level, words))
    return tuple(found)


def state_on(history: Sequence[Change], day: date, *, level: str = "") -> Span:
    """Return how a credential with this history stands on a day, any day: by all that is known of it now."""
    return span_on(spans_of(history, level), day, level=level)


def span_on(spans: Sequence[Span], day: date, *, level: str = "") -> Span:
    """Return the span that holds a day; before the first one, a credential has not begun."""
    for one in spans:
        if one.on(day):
            return one
    return Span(date.min, spans[0].start if spans else None, Status.NOT_YET, level)


def term_on(history: Sequence[Change], day: date, *, level: str = "") -> tuple[date, date | None] | None:
    """Return the latest term, `[from, until)`, of a history as it counts on a day, whatever lies over it."""
    terms = _fold(history, day, level).terms
    return terms[-1] if terms else None


def refusal_of(history: Sequence[Change], what: What, day: date) -> str:
    """Return why something cannot be done to a credential, in words; "" when it can.

    The machine: issued once; renewed, suspended, restricted, lapsed, surrendered and revoked while neither revoked nor
    surrendered; reinstated where something is to be lifted; corrected and verified always.
    """
    if what is What.ISSUED or not history:
        return "It was issued before." if history else "" if what is What.ISSUED else "It was never issued."
    here = state_on(history, day)
    if what in {What.CORRECTED, What.VERIFIED}:
        said = ""
    elif what is What.REINSTATED:
        lifts = {Status.SUSPENDED, Status.RESTRICTED, Status.REVOKED}
        said = "" if here.status in lifts else "Nothing that could be lifted lies on it that day."
    elif here.status in {Status.REVOKED, Status.SURRENDERED}:
        said = f"It is {here.status.value} since {day_words(here.start)}."
    elif what is What.LAPSED and not (here.status.holds or here.status is Status.SUSPENDED):
        said = "It does not hold on that day."
    else:
        said = ""
    return said


# ---------------------------------------------------------------- where a person stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether somebody holds a live licence in a place on a day, which one, and why or why not.

    `live` is true only by a licence of that place, or a privilege recorded for it. A licence of another state (`by` is
    "elsewhere") or a certificate alone ("certificate") is told, and permits nothing by itself: whether a compact or a
    rule for visitors lets it count is for the rules of the place to say.
    """

    person: str
    place: str
    on: date
    live: bool
    by: str  # "licence", "privilege", "elsewhere", "certificate" or "".
    licence: str = ""  # The state whose licence it rests on; "" when there is none.
    level: str = ""  # Of that licence.
    practice: str = ""  # At the agency asked about; the licence's own where the agency sets none. Never above it.
    endorsements: frozenset[str] = frozenset()
    restrictions: tuple[str, ...] = ()
    barred: str = ""  # Why a privilege under a compact does not help, in words.
    credential: str = ""
    verified: bool = False
    until: date | None = None  # The first day it no longer holds.
    why: str = ""


DayOf = Callable[[Credential], date]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Where somebody's standing is asked for, and what day it is for each credential."""

    person: Person
    state: str
    on: date
    agency: str
    day_of: DayOf

    def span(self, one: Credential) -> Span:
        return one.on(self.day_of(one))

    def holding(self, kind: Kind) -> list[Credential]:
        return [one for one in self.person.credentials if one.kind is kind and self.span(one).status.holds]

    def until(self, one: Credential) -> date | None:
        return _holds_until(one, self.day_of(one))


def standing(person: Person, place: str, on: date, *, agency: str = "") -> Standing:
    """Return where somebody stands in a place on a day of the licensing place's calendar.

    Args:
        person: who.
        place: a state, or a state's agency such as "KS/county-ems".
        on: the day.
        agency: whose practice level is asked for; by default that of the place, if it names one.
    """
    return _standing(person, place, on, agency, lambda _: on)


def standing_at(person: Person, place: str, at: datetime, *, agency: str = "") -> Standing:
    """Return where somebody stands at a moment: each credential by the day it then is where it was issued."""
    return _standing(person, place, day_at(at, place), agency, lambda one: day_at(at, one.place))


def _standing(person: Person, place: str, on: date, agency: str, day_of: DayOf) -> Standing:
    asked = _Asked(person=person, state=state_of(place), on=on, agency=agency or place.partition("/")[2], day_of=day_of)
    licences = asked.holding(Kind.LICENCE)
    here = _best([one for one in licences if one.place == asked.state], asked)
    if here is not None:
        return _resting(asked, here, by="licence")
    home, barred = _best(licences, asked), _barred(asked)
    held = next((one for one in asked.holding(Kind.COMPACT_PRIVILEGE) if one.place == asked.state), None)
    if home is not None and held is not None and not barred:
        return _resting(asked, home, by="privilege", privilege=held)
    why = _why_not(asked)
    if home is not None:
        return _resting(asked, home, by="elsewhere", barred=barred, said=why)
    certificate = _best([one for one in asked.holding(Kind.CERTIFICATE) if one.level], asked)
    if certificate is not None and not any(one.kind is Kind.LICENCE for one in person.credentials):
        issuer = certificate.issuer.upper() or certificate.place
        why += f" A certificate of {issuer} as {level_words(certificate.level)} permits nothing by itself."
    return Standing(
        person=person.id,
        place=asked.state,
        on=on,
        live=False,
        by="certificate" if certificate else "",
        level=certificate.level if certificate else "",
        endorsements=_endorsements(asked),
        barred=barred,
        credential=certificate.id if certificate else "",
        why=why,
    )


def _resting(
    asked: _Asked,
    licence: Credential,
    *,
    by: str,
    privilege: Credential | None = None,
    barred: str = "",
    said: str = "",
) -> Standing:
    """Return the standing that rests on a licence that holds."""
    span, until = asked.span(licence), asked.until(licence)
    restrictions = span.words
    words = f"The {level_words(span.level)}'s licence of {licence.place} holds"
    if until:
        words += f" until {day_words(until - _ONE_DAY)}"
    if privilege is not None:
        words += f", with the compact's privilege to practise in {asked.state}"
        restrictions += asked.span(privilege).words
        until = min([one for one in (until, asked.until(privilege)) if one], default=None)
    if restrictions:
        words += f", restricted: {'; '.join(restrictions)}"
    return Standing(
        person=asked.person.id,
        place=asked.state,
        on=asked.on,
        live=by != "elsewhere",
        by=by,
        licence=licence.place,
        level=span.level,
        practice=_practice(asked, span.level),
        endorsements=_endorsements(asked),
        restrictions=restrictions,
        barred=barred,
        credential=licence.id,
        verified=licence.verified is not None,
        until=until,
        why=" ".join(one for one in (said, f"{words}.", barred) if one),
    )


def _best(found: Sequence[Credential], asked: _Asked) -> Credential | None:
    """Return the highest of these that hold; of equals one without restrictions, then the one that lasts longest."""

    def height(one: Credential) -> tuple[int, bool, date, str]:
        span = asked.span(one)
        return rank(span.level), span.status is Status.LIVE, asked.until(one) or date.max, one.id

    return max(found, key=height, default=None)


def _barred(asked: _Asked) -> str:
    """Return why no privilege under a compact helps: restricted or taken in one state is so in all."""
    against = {Status.RESTRICTED, Status.SUSPENDED, Status.REVOKED}
    for one in asked.person.credentials:
        span = asked.span(one)
        if one.kind in {Kind.LICENCE, Kind.COMPACT_PRIVILEGE} and span.status in against:
            return (
                f"The {one.kind.words} of {one.place} is {span.status.value} since {day_words(span.start)}: "
                "no privilege under a compact anywhere."
            )
    return ""


def _endorsements(asked: _Asked) -> frozenset[str]:
    named = {one.name for one in asked.holding(Kind.ENDORSEMENT) if one.place in {asked.state, "US"}}
    return frozenset(named | {name for kind, name in COUNTS_AS_ENDORSEMENT.items() if asked.holding(kind)})


def _practice(asked: _Asked, licence: str) -> str:
    """Return the level somebody practises at: what the agency gave, and never above the licence."""
    own = (one for one in asked.person.affiliations if one.agency == asked.agency and one.on(asked.on))
    given = next((one.practice for one in own), "")
    return given if given and is_within(given, licence) else licence


def _holds_until(credential: Credential, day: date) -> date | None:
    """Return the first day after `day` on which it no longer holds; None when no such day is known."""
    return next((one.start for one in credential.spans if one.start > day and not one.status.holds), None)


_LOST = {
    Status.LAPSED: "lapsed on",
    Status.SUSPENDED: "was suspended on",
    Status.REVOKED: "was revoked on",
    Status.SURRENDERED: "was surrendered on",
}


def _why_not(asked: _Asked) -> str:
    """Return why none of a state's licences holds; the highest one's reason."""
    own = [one for one in asked.person.credentials if one.kind is Kind.LICENCE and one.place == asked.state]
    if not own:
        return f"No licence of {asked.state} is on record."
    one = max(own, key=lambda each: (rank(asked.span(each).level), asked.span(each).start, each.id))
    span = asked.span(one)
    subject = f"The {level_words(span.level)}'s licence"
    if span.status is Status.NOT_YET:
        return f"{subject} begins on {day_words(span.end)}." if span.end else f"{subject} has not begun."
    return f"{subject} {_LOST[span.status]} {day_words(span.start)}."


# ---------------------------------------------------------------- changes, expiries, seats


def changes(person: Person) -> tuple[date, ...]:
    """Return every day, rising, on which something about somebody changes: a credential or an affiliation."""
    found = {span.start for one in person.credentials for span in one.spans}
    found |= {day for one in person.affiliations for day in (one.start, one.end) if day is not None}
    return tuple(sorted(found))


def next_change(person: Person, after: date) -> date | None:
    """Return the next day anything changes for somebody; None when no such day is known."""
    return next((day for day in changes(person) if day > after), None)


def next_change_at(people: Iterable[Person], after: datetime) -> datetime | None:
    """Return the next moment (UTC) a credential of any of these changes: a midnight where it was issued."""
    found = (
        moment
        for person in people
        for one in person.credentials
        for span in one.spans
        if (moment := midnight(span.start, one.place)) > after
    )
    return min(found, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """A credential that is about to end."""

    person: str
    credential: Credential
    expires: date  # The last day it holds.
    ends_at: datetime  # The midnight after, UTC.
    days_left: int  # Until its last day; 0 on that day itself.
    notice: int  # The shortest notice it has come to: 90, 60, 30 or 7 days.


def expiring(person: Person, at: datetime, *, within_days: int = NOTICE_DAYS[0]) -> tuple[Expiry, ...]:
    """Return somebody's credentials that hold now and end within so many days, the next to end first."""
    found = []
    for one in person.credentials:
        day = day_at(at, one.place)
        until = _holds_until(one, day) if one.on(day).status.holds else None
        if until is None:
            continue
        left = (until - _ONE_DAY - day).days
        if left <= within_days:
            notice = min((notice for notice in NOTICE_DAYS if left <= notice), default=NOTICE_DAYS[0])
            found.append(
                Expiry(
                    person=person.id,
                    credential=one,
                    expires=until - _ONE_DAY,
                    ends_at=midnight(until, one.place),
                    days_left=left,
                    notice=notice,
                )
            )
    return tuple(sorted(found, key=lambda one: (one.ends_at, one.credential.id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatNeed:
    """What a seat asks of who sits in it."""

    level: str = ""  # At least this; "" for a seat without care, such as a driver's.
    endorsements: frozenset[str] = frozenset()  # All of them; "driver", "rescue", "emd", "instructor" among them.


def lacks(person: Person, need: SeatNeed, place: str, on: date, *, agency: str = "") -> tuple[str, ...]:
    """Return what somebody lacks for a seat on a day, in words; () when nothing."""
    return lacks_of(standing(person, place, on, agency=agency), need)


def lacks_of(here: Standing, need: SeatNeed) -> tuple[str, ...]:
    """Return what a standing lacks for a seat, in words; () when nothing.

    A practice level above emr that the agency set lower than the licence counts: the seat is the agency's.
    """
    said = []
    if need.level and not here.live:
        said.append(here.why)
    elif need.level and not is_within(need.level, here.practice):
        lower = f", {level_words(here.practice)} at this agency" if here.practice != here.level else ""
        said.append(f"The seat needs {level_words(need.level)}; the licence is as {level_words(here.level)}{lower}.")
    said += [f"No {name} on record that holds." for name in sorted(need.endorsements - here.endorsements)]
    return tuple(said)
