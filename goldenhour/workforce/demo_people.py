"""The demo's people, invented from a seed: crews for every seat of a region's units, and those around them.

Career units have three platoons that work a day each, units with hours of their own two, volunteers two people a seat.
Around them: telecommunicators, a workplace's response team, an instructor, an educator, a credentialing officer and a
medical director. One licence lapses in the night after the demo's day, several end within 90 days, a few have a past.
The names are common ones put together at random; no such people are meant.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from goldenhour.workforce.credentials import (
    Affiliation,
    Change,
    Credential,
    Immunisation,
    Kind,
    Person,
    Service,
    What,
    until_of,
)

Row = Mapping[str, str]

VOLUNTEER_TURNOUT_S = 150.0  # Who takes longer to roll comes from home.
_ALONE = 1  # A responder's crew of one has the vehicle at home, and needs no page.
DISPATCH, MILL, COLLEGE = "dispatch-centre", "river-mill", "county-college"
_FIRE = {"engine", "truck", "rescue"}
_YEAR = timedelta(days=365)
_GIVEN_NAMES = (
    "Ada Alan Alice Amir Ana Andre Anita Ben Bianca Brian Carla Carlos Chen Clara Dana David Diego Dora Elena Eli Emma "
    "Eric Esther Farid Felix Fiona Frank Grace Hana Henry Ida Igor Ines Ivan Jada James Jana Jorge Julia Kai Karen "
    "Kofi Lena Leo Lin Lucia Luis Maja Marco Maria Mark Mei Mia Milan Mona Nadia Nina Noah Olga Omar Oscar Paula "
    "Pedro Petra Priya Quinn Rafael Rosa Ruth Sam Sara Sofia Tara Theo Tomas Uma Vera Victor Wanda Will Yara Yusuf Zoe"
)
_FAMILY_NAMES = (
    "Abbott Adler Alvarez Banks Barrett Becker Bell Boyd Brandt Burke Castro Chan Cole Cruz Dalton Diaz Doyle Duran "
    "Ellis Farmer Fischer Flores Ford Garza Gibson Grant Gray Hale Hansen Hart Hayes Holt Huang Ibarra Jensen Jordan "
    "Kaplan Keller Khan Klein Lane Larsen Lopez Lowe Malik Marsh Mendez Meyer Mills Moreno Nash Nguyen Nolan Novak "
    "Olsen Ortiz Owens Park Patel Pierce Porter Quiroz Ramos Reed Reyes Rivera Roth Ruiz Salas Sato Shaw Silva Stone "
    "Tanaka Torres Tran Vance Vega Wagner Walsh Webb Weiss West Wolf Wong York Young Zamora Ziegler"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSeat:
    """One seat of a unit, and who takes it in turn, a day each: see `on`."""

    unit: str
    number: int  # From 0, in the order of the unit's levels.
    level: str
    people: tuple[str, ...]

    def on(self, day: date) -> str:
        """Return whose turn it is on the day a shift begins."""
        return self.people[day.toordinal() % len(self.people)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPeople:
    """Everybody of the demo, and some of them by what they are there to show."""

    people: tuple[Person, ...]
    seats: tuple[DemoSeat, ...]
    tonight: str  # Whose licence lapses in the night after the day.
    officer: str
    educator: str
    instructor: str
    medical_director: str
    telecommunicators: tuple[str, ...]
    workplace: tuple[str, ...]


def comes_when_paged(row: Row) -> bool:
    """Return whether nobody waits at a unit of a region's units.csv: its volunteers are on call at home, and paged."""
    return float(row["turnout_s"] or 0) > VOLUNTEER_TURNOUT_S and not row["shifts"] and int(row["crew"]) > _ALONE


class _Maker:
    """Makes people, one after the other, each from the same stream of chance."""

    def __init__(self, *, place: str, on: date, rng: np.random.Generator, agencies: Iterable[str]) -> None:
        self.place, self.on, self.rng = place, on, rng
        self.people: list[Person] = []
        self.director = ""
        self._prefix = _prefixes([*agencies, DISPATCH, MILL, COLLEGE])

    def one(self, agency: str, service: Service, **affiliation: str) -> Person:
        """Make somebody who serves in an agency and holds nothing yet."""
        number = 1001 + len(self.people)
        own = Affiliation(
            agency=agency,
            service=service,
            start=self.on - timedelta(days=int(self.rng.integers(200, 6000))),
            director=self.director if affiliation.get("role", "care") == "care" else "",
            **affiliation,  # type: ignore[arg-type]
        )
        speaks = ("en", "es") if self.rng.random() < 0.15 else ("en",)  # noqa: PLR2004 -- About one in seven.
        person = Person(
            id=f"{self._prefix[agency]}-{number}",
            given_name=str(self.rng.choice(_GIVEN_NAMES.split())),
            family_name=str(self.rng.choice(_FAMILY_NAMES.split())),
            born=date(1961, 1, 1) + timedelta(days=int(self.rng.integers(0, 43 * 365))),
            email=f"{self._prefix[agency]}-{number}@example.org",
            languages=speaks,
            immunisations=(Immunisation(name="hepatitis_b", year=self.on.year - int(self.rng.integers(1, 9))),),
            affiliations=(own,),
        )
        self.people.append(person)
        return person

    def keep(self, person: Person) -> Person:
        """Put somebody in place of who they were."""
        at = next(k for k, one in enumerate(self.people) if one.id == person.id)
        self.people[at] = person
        return person

    def clinician(self, agency: str, service: Service, level: str, **affiliation: str) -> Person:
        """Make somebody with a licence of the place, mostly with a certificate beside it."""
        person = self.one(agency, service, **affiliation)
        held = [self.credential(person, Kind.LICENCE, self.place, level=level)]
        if self.rng.random() < 0.8:  # noqa: PLR2004 -- Most.
            held.append(self.credential(person, Kind.CERTIFICATE, "US", level=level, issuer="nremt"))
        return self.keep(replace(person, credentials=tuple(held)))

    def credential(  # noqa: PLR0917
        self,
        person: Person,
        kind: Kind,
        place: str,
        level: str = "",
        name: str = "",
        issuer: str = "",
        expires: date | None = None,
    ) -> Credential:
        """Make a credential of two years, ending on the last day of a month; one in thirty within 90 days."""
        last = expires or self._last_day()
        start = date(last.year - 2, last.month, 1)
        number = f"{int(self.rng.integers(10_000, 99_999))}" if kind is Kind.LICENCE else ""
        history = [Change(what=What.ISSUED, day=start, until=until_of(last), position=1)]
        if kind is Kind.LICENCE and self.rng.random() < 0.9:  # noqa: PLR2004 -- The others are still to be looked up.
            history.append(
                Change(what=What.VERIFIED, day=start + timedelta(days=9), words="the state's register", position=2)
            )
        return Credential(
            id=":".join(one for one in (person.id, kind.value, place, name or level or issuer) if one),
            kind=kind,
            place=place,
            issuer=issuer,
            level=level,
            name=name,
            number=number,
            history=tuple(history),
        )

    def add(self, person: Person, kind: Kind, place: str, **what: str) -> Person:
        """Give somebody one more credential."""
        more = self.credential(person, kind, place, **what)  # type: ignore[arg-type]
        return self.keep(replace(person, credentials=(*person.credentials, more)))

    def _last_day(self) -> date:
        soon = self.rng.random() < 1 / 30
        ahead = int(self.rng.integers(9, 89)) if soon else int(self.rng.integers(120, 700))
        near = self.on + timedelta(days=ahead)
        return near if soon else date(near.year + near.month // 12, near.month % 12 + 1, 1) - timedelta(days=1)


def demo_people(units: Sequence[Row], *, place: str, on: date, rng: np.random.Generator) -> DemoPeople:
    """Return the people of a region's units, and those around them.

    Args:
        units: rows of the region's units.csv.
        place: the state whose licences they hold, such as EX.
        on: the day of the demo.
        rng: where chance comes from; the same one, the same people.
    """
    maker = _Maker(place=place, on=on, rng=rng, agencies=dict.fromkeys(row["agency"] for row in units))
    first = next(iter(units))["agency"] if units else DISPATCH
    director = _director(maker, first)
    seats = [seat for row in units for seat in _seats(maker, row)]
    tonight = _tonight(maker, seats, units)
    _pasts(maker, {tonight})
    _volunteers_too(maker, units, seats)
    emd = [maker.one(DISPATCH, Service.DISPATCH, role="telecommunicator") for _ in range(8)]
    mill = [maker.clinician(MILL, Service.WORKPLACE, "emr", pay="volunteer") for _ in range(6)]
    teacher = maker.clinician(COLLEGE, Service.COLLEGE, "paramedic", role="instructor")
    telecommunicators = [maker.add(one, Kind.EMD_CERTIFICATE, "US", issuer="emd_academy") for one in emd]
    instructor = maker.add(teacher, Kind.INSTRUCTOR, maker.place, level="paramedic", name="ems_instructor")
    educator = maker.one(COLLEGE, Service.COLLEGE, role="educator")
    officer = maker.one(first, Service.AMBULANCE, role="officer")
    return DemoPeople(
        people=tuple(maker.people),
        seats=tuple(seats),
        tonight=tonight,
        officer=officer.id,
        educator=educator.id,
        instructor=instructor.id,
        medical_director=director,
        telecommunicators=tuple(one.id for one in telecommunicators),
        workplace=tuple(one.id for one in mill),
    )


def _director(maker: _Maker, agency: str) -> str:
    person = maker.one(agency, Service.HOSPITAL, role="medical_director")
    maker.director = person.id
    return maker.add(person, Kind.LICENCE, maker.place, level="physician").id


def _seats(maker: _Maker, row: Row) -> Iterable[DemoSeat]:
    """Make the people of a unit's seats."""
    volunteer = float(row["turnout_s"] or 0) > VOLUNTEER_TURNOUT_S
    service = Service.FIRE if row["type"] in _FIRE or volunteer else Service.AMBULANCE
    turns = 2 if volunteer or row["shifts"] else 3
    for number, level in enumerate(one for one in row["levels"].split(";") if one):
        own = []
        for _ in range(turns):
            pay = "volunteer" if volunteer else "paid"
            person = maker.clinician(row["agency"], service, level, pay=pay)
            if row["can_transport"] == "1" and number > 0:
                person = maker.add(person, Kind.DRIVER, maker.place, name="ambulance")
            if "rescue" in row["skills"].split(";"):
                person = maker.add(person, Kind.RESCUE, "US", name="rescue_technician")
            if level == "emt" and not volunteer and maker.rng.random() < 0.25:  # noqa: PLR2004 -- One in four.
                person = maker.add(person, Kind.ENDORSEMENT, maker.place, name="emt_iv")
            own.append(person.id)
        yield DemoSeat(unit=row["id"], number=number, level=level, people=tuple(own))


def _tonight(maker: _Maker, seats: Sequence[DemoSeat], units: Sequence[Row]) -> str:
    """Let the licence of one who is on duty lapse in the coming night: of a paramedic on an ambulance, if there is one.

    Taken is the second such ambulance, so that the first of the list stays as people expect it.
    """
    carries = {row["id"] for row in units if row["can_transport"] == "1" and not row["shifts"]}
    fit = [seat for seat in seats if seat.level == "paramedic" and seat.unit in carries] or list(seats)
    if not fit:
        return ""
    person = _get(maker, fit[min(1, len(fit) - 1)].on(maker.on))
    lapsing = maker.credential(person, Kind.LICENCE, maker.place, level=person.credentials[0].level, expires=maker.on)
    maker.keep(replace(person, credentials=(lapsing, *person.credentials[1:])))
    return person.id


def _get(maker: _Maker, person: str) -> Person:
    return next(one for one in maker.people if one.id == person)


def _pasts(maker: _Maker, spared: set[str]) -> None:
    """Give a few a past: one was suspended last year, one has a limit now, one gave a second licence back."""
    rest = [one for one in maker.people if one.id not in spared and len(one.credentials) > 1][::7]
    if len(rest) < 3:  # noqa: PLR2004 -- One for each.
        return
    day = maker.on - _YEAR
    _more(maker, rest[0], [
        Change(what=What.SUSPENDED, day=day, words="Renewal fee in dispute.", position=3),
        Change(what=What.REINSTATED, day=day + timedelta(days=21), words="Fee paid.", position=4),
    ])  # fmt: skip
    _more(maker, rest[1], [
        Change(what=What.RESTRICTED, day=maker.on - timedelta(days=40), until=maker.on + timedelta(days=50),
               words="No intubation without a second paramedic.", position=3),
    ])  # fmt: skip
    elsewhere = maker.credential(rest[2], Kind.CERTIFICATE, "US", name="acls", issuer="heart_association")
    given_back = Change(what=What.SURRENDERED, day=maker.on - timedelta(days=200), words="Card lost.", position=3)
    elsewhere = replace(elsewhere, history=(*elsewhere.history, given_back))
    maker.keep(replace(rest[2], credentials=(*rest[2].credentials, elsewhere)))


def _more(maker: _Maker, person: Person, changes: Sequence[Change]) -> None:
    first = person.credentials[0]
    kept = tuple(change for change in changes if change.day > first.history[0].day)
    held = (replace(first, history=(*first.history, *kept)), *person.credentials[1:])
    maker.keep(replace(person, credentials=held))


def _volunteers_too(maker: _Maker, units: Sequence[Row], seats: Sequence[DemoSeat]) -> None:
    """Let two career paramedics serve in a village too; there, one of them practises as an EMT."""
    villages = list(dict.fromkeys(row["agency"] for row in units if float(row["turnout_s"] or 0) > VOLUNTEER_TURNOUT_S))
    career = [seat.people[-1] for seat in seats if seat.level == "paramedic"][:2]
    for village, one, practice in zip(villages, career, ("emt", ""), strict=False):
        person = _get(maker, one)
        more = Affiliation(
            agency=village,
            service=Service.FIRE,
            start=maker.on - timedelta(days=400),
            pay="volunteer",
            practice=practice,
            director=maker.director,
        )
        maker.keep(replace(person, affiliations=(*person.affiliations, more)))


def _prefixes(agencies: Iterable[str]) -> dict[str, str]:
    """Return a short beginning of ids for each agency: its initials, with a number where two are alike."""
    found: dict[str, str] = {}
    for agency in dict.fromkeys(agencies):
        initials = "".join(word[0] for word in agency.replace("_", "-").split("-") if word).lower() or "p"
        same = sum(one.rstrip("0123456789") == initials for one in found.values())
        found[agency] = f"{initials}{same + 1}" if same else initials
    return found
