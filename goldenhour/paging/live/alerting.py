"""Pages to the people on call: what they answer, what the desk does with it, and what comes by the clock alone."""

import logging
from datetime import datetime

from goldenhour.dispatch.live import queries as dispatch
from goldenhour.errors import NotAllowed, Refused
from goldenhour.fleet.live import crewing
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.status import Status
from goldenhour.log.live.store import Record, writing
from goldenhour.paging.alerts import Answer, Asked, Because, State, due
from goldenhour.paging.events import (
    AlertAccepted,
    AlertClosed,
    AlertDeclined,
    AlertEscalated,
    AlertOpened,
    AlertReopened,
    PeoplePaged,
)
from goldenhour.paging.limits import OWN, SHIPPED, Asking, asking_on, load_limits
from goldenhour.paging.live import queries
from goldenhour.paging.live.by import By
from goldenhour.paging.live.calling import count
from goldenhour.paging.live.models import Alert
from goldenhour.roads.live import region
from goldenhour.roads.live.region import wall_clock
from goldenhour.workforce.live import crew_queries

ACTOR = "paging"

log = logging.getLogger("goldenhour.paging")


def alert_open(*, alert: str, call_id: str, unit: str, by: By) -> None:
    """Page those on call for a unit that is on a call.

    Raises:
        NotFound: there is no such unit.
        Refused: it is not on that call, they are paged already, or nobody is on call.
    """
    with by.writing(f"call/{call_id}") as record:
        if record.earlier:
            return
        known, running = fleet.get_unit(unit), dispatch.find_running(unit)
        if running is None or running.call_id != call_id:
            raise Refused(
                code="not_on_that_call",
                what=f"{known.call_sign} is not on call {call_id}.",
                do="Send it first: those on call are paged with that.",
            )
        if queries.find_alert_running(call_id, unit) is not None:
            raise Refused(
                code="paged_already",
                what=f"Those on call for {known.call_sign} are paged already.",
                do="Look at the call: who comes is shown there.",
            )
        record(AlertOpened(alert=alert, call_id=call_id, unit=unit))
        if queries.find_alert_running(call_id, unit) is None:
            raise Refused(
                code="nobody_on_call",
                what=f"Nobody who could be paged is on call for {known.call_sign}.",
                do="Send another unit.",
            )


def alert_accept(*, alert: str, person: str, eta_s: int | None, by: By) -> None:
    """Let somebody who was paged say that they come. They count for the unit from now on, if they may take a seat.

    Raises:
        NotFound: there is no such page to them.
        Refused: it is over, enough come already, or they are aboard another unit.
    """
    row = _mine(alert, person)
    ready = crewing.volunteer_ready(unit=row.unit, person=person, at=by.at)
    with by.writing(f"call/{row.call_id}") as record:
        if record.earlier:
            return
        row = queries.get_alert(alert)
        _refuse_over(row)
        if _answer(alert, person) == Answer.ACCEPTED:
            return
        if row.state == State.ENOUGH:
            raise Refused(
                code="enough_coming",
                what="Enough people are coming.",
                do="Nobody more is needed; you would be paged again.",
            )
        counts = crewing.volunteer_on(record, ready, row.call_id)
        of = {"alert": alert, "call_id": row.call_id, "unit": row.unit}
        record(AlertAccepted(**of, person=person, eta_s=eta_s, counts=counts))
        if not count(row, by.at).missing:
            record(AlertClosed(**of, because=Because.ENOUGH))


def alert_decline(*, alert: str, person: str, by: By) -> None:
    """Let somebody who was paged say that they do not come, or no longer: then they count no more.

    Raises:
        NotFound: there is no such page to them.
        Refused: it is over.
    """
    row = _mine(alert, person)
    with by.writing(f"call/{row.call_id}") as record:
        if record.earlier:
            return
        row = queries.get_alert(alert)
        _refuse_over(row)
        before = _answer(alert, person)
        if before == Answer.DECLINED:
            return
        of = {"alert": alert, "call_id": row.call_id, "unit": row.unit}
        if before == Answer.ACCEPTED:
            crewing.volunteer_off(record, unit=row.unit, person=person, call_id=row.call_id)
        record(AlertDeclined(**of, person=person, withdrawn=before == Answer.ACCEPTED))
        if row.state == State.ENOUGH and count(row, by.at).missing:
            record(AlertReopened(**of))
            _page(record, queries.get_alert(alert), by.at)


def alert_close(*, alert: str, by: By) -> None:
    """Ask nobody more. Those who come still come.

    Raises:
        NotFound: there is no such page.
        Refused: it is over.
    """
    row = queries.get_alert(alert)
    with by.writing(f"call/{row.call_id}") as record:
        if record.earlier:
            return
        row = queries.get_alert(alert)
        _refuse_over(row)
        record(AlertClosed(alert=alert, call_id=row.call_id, unit=row.unit, because=Because.CALLED_OFF))


def _mine(alert: str, person: str) -> Alert:
    """Return a page to somebody; another's is not there."""
    found = queries.get_alert(alert)
    if all(one.person != person for one in queries.list_asked({alert})):
        raise queries.no_alert()
    return found


def _answer(alert: str, person: str) -> str:
    return next((one.answer for one in queries.list_asked({alert}) if one.person == person), "")


def _refuse_over(row: Alert) -> None:
    if row.state == State.OVER:
        when = f" since {wall_clock(row.closed_at)}" if row.closed_at else ""
        raise Refused(code="alert_over", what=f"This page is over{when}.", do="Nobody is needed any more.")


def insist_person(person: str) -> str:
    """Return whom of the workforce an account belongs to, or refuse.

    Raises:
        NotAllowed: it belongs to nobody.
    """
    if not person:
        raise NotAllowed(
            code="no_person",
            what="Your account belongs to nobody of the workforce, so nobody can page you.",
            do="Ask an administrator to tie it to you.",
        )
    return person


# ---------------------------------------------------------------- by the clock


def step(at: datetime) -> None:
    """Page again who has not answered, tell the desk where too few come, and let volunteers go whose call is over."""
    rule = None
    for row in queries.list_alerts_open():
        rule = rule or asking(at)
        now = due(_asked(row), at, rule)
        if now.page_again or now.escalate:
            _go_on(row.id, at, rule)
    running = {one.unit: one.call_id for one in dispatch.list_running()}
    for unit in sorted({one.unit for one in crew_queries.list_paged_aboard() if one.unit not in running}):
        with writing(f"unit/{unit}", at=at, actor=ACTOR) as record:
            if dispatch.find_running(unit) is None:
                crewing.volunteers_home(record, unit)


def _asked(row: Alert) -> Asked:
    return Asked(since=row.since, paged_at=row.paged_at, round=row.round, escalated=row.escalated_at is not None)


def _go_on(alert: str, at: datetime, rule: Asking) -> None:
    """Do what is due on one page, as it stands once the log is held."""
    with writing(f"call/{queries.get_alert(alert).call_id}", at=at, actor=ACTOR) as record:
        row = queries.get_alert(alert)
        now = due(_asked(row), at, rule)
        if row.state != State.OPEN or not (now.page_again or now.escalate):
            return
        here = count(row, at)
        of = {"alert": row.id, "call_id": row.call_id, "unit": row.unit}
        if not here.missing:  # Somebody signed on without the page.
            record(AlertClosed(**of, because=Because.ENOUGH))
            return
        if now.page_again:
            _page(record, row, at)
        if now.escalate:
            record(AlertEscalated(**of, missing=here.missing, next_unit=_next_unit(row)))


def _page(record: Record, row: Alert, at: datetime) -> None:
    """Record that those on call who have not answered are paged again, also those who came on call meanwhile."""
    asked = {one.person: one.answer for one in queries.list_asked({row.id})}
    offers = {one.person for one in crew_queries.list_offers(at, {row.unit})}
    people = {one for one in offers if not asked.get(one)} - set(crew_queries.units_of(offers))
    record(
        PeoplePaged(alert=row.id, call_id=row.call_id, unit=row.unit, round=row.round + 1, people=tuple(sorted(people)))
    )


def _next_unit(row: Alert) -> str:
    """Return who was next for the unit's slot in the call's last recommendation and is still free, "" for nobody."""
    advice = dispatch.list_advice([row.call_id]).get(row.call_id)
    mine = next((one for one in (advice.chosen if advice else ()) if one["unit"] == row.unit), None)
    runner_up = str(mine.get("runner_up") or "") if mine else ""
    known = fleet.find_unit(runner_up) if runner_up else None
    free = known is not None and known.status in {Status.AVAILABLE, Status.RETURNING} if known else False
    return runner_up if free else ""


def asking(at: datetime) -> Asking:
    """Return how people on call are asked on the day of a moment."""
    own = [region.get_region().folder / OWN] if region.is_known() else []
    limits = load_limits((SHIPPED, *(one for one in own if one.exists())))
    return asking_on(limits, at.astimezone(region.time_zone()).date())
