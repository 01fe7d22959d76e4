"""The demo's training: an EMT course in its sixth week at the college, and the mill's response team."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from goldenhour.roads.region import Region
from goldenhour.workforce.credentials import state_of
from goldenhour.workforce.demo_people import COLLEGE, MILL, DemoPeople
from goldenhour.workforce.live import training_services as training
from goldenhour.workforce.live.services import By
from goldenhour.workforce.training import sheets_on

ACTOR = "demo"

_COURSE, _PROGRAMME, _TEAM = f"{COLLEGE}/emt-spring", f"{COLLEGE}/emt", f"{MILL}/response"
_HOURS = {
    "safety": 6.0, "law": 4.0, "assessment": 20.0, "breathing": 20.0, "heart": 16.0, "bleeding": 12.0, "medical": 24.0,
    "trauma": 20.0, "childbirth": 6.0, "children": 8.0, "operations": 10.0, "field": 12.0,
}  # fmt: skip
_GIVEN = ("safety", "assessment", "assessment", "breathing", "bleeding", "heart")  # One evening a week so far.
_EVENING_H = 4.0
_SHEETS = ("tourniquet", "naloxone_nasal")
_SHIFTS = {"early": "Mon-Fri 06:00-14:00", "late": "Mon-Fri 14:00-22:00", "night": "Mon-Fri 22:00-06:00"}


def open_training(region: Region, people: DemoPeople, *, at: datetime) -> None:
    """Put the college's course and the mill's team into the books.

    The mill's responders, all of them EMRs, are the course's students: one of them missed an evening, one has failed a
    skill sheet and passed it after. Of the team, the night shift has one responder too few.

    Args:
        region: where they are.
        people: of the demo, in its books already.
        at: when the demo's day begins, on the region's own clock.
    """
    state = state_of(str(region.settings.get("jurisdiction", ""))) or "EX"
    by, on = By(actor=ACTOR, at=at), at.date()
    _team(people.workplace, state, on, by)
    begun = on - timedelta(weeks=len(_GIVEN))
    training.programme_approve(
        programme=_PROGRAMME, state=state, levels=("emt",), start=begun - timedelta(days=300), until=None,
        source="invented for the demo", by=by,
    )  # fmt: skip
    new = training.NewCourse(
        course=_COURSE, programme=_PROGRAMME, level="emt", state=state, place_kind="college", place="County college",
        hours=_HOURS, sheets=_SHEETS, start=begun, end=on + timedelta(weeks=34),
    )  # fmt: skip
    training.course_open(new=new, by=by)
    for person in people.workplace:
        training.course_enrol(course=_COURSE, person=person, by=by)
    _evenings(people, begun, by)
    _tries(people, on - timedelta(weeks=2), by)


def _team(members: Iterable[str], state: str, on: date, by: By) -> None:
    new = training.NewTeam(team=_TEAM, site="River Mill, saw hall", state=state, least=2, shifts=_SHIFTS)
    training.team_set(new=new, by=by)
    turns = ("early", "early", "early", "late", "late", "night")
    for person, turn in zip(members, turns, strict=False):
        training.team_join(
            team=_TEAM, person=person, hours=_SHIFTS[turn], start=on - timedelta(days=200), end=None, by=by
        )


def _evenings(people: DemoPeople, begun: date, by: By) -> None:
    for week, topic in enumerate(_GIVEN):
        there = [one for one in people.workplace if (week, one) != (2, people.workplace[-1])]
        new = training.NewSession(
            session=f"evening-{week + 1}", day=begun + timedelta(weeks=week, days=1), topic=topic, hours=_EVENING_H,
            instructor=people.instructor, attended=dict.fromkeys(there, _EVENING_H),
        )  # fmt: skip
        training.session_hold(course=_COURSE, new=new, by=by)


def _tries(people: DemoPeople, day: date, by: By) -> None:
    sheet = sheets_on(day)["tourniquet"]
    for number, person in enumerate(people.workplace[:4]):
        fails = ((next(iter(sheet.critical)),), ()) if number == 1 else ((),)
        for critical in fails:
            seen = training.Try(
                person=person, sheet=sheet.id, day=day, done=tuple(sheet.steps), critical=critical,
                examiner=people.instructor,
            )  # fmt: skip
            training.sheet_mark(course=_COURSE, seen=seen, by=by)
