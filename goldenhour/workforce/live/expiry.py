"""What ends soon, and an agency's calendar of it behind a secret address.

The calendar is fetched by programs that cannot sign in, is copied to phones and to other companies' servers, and its
address is its only lock. So it holds no name: the id of the person, the credential, its state and its last day are
enough for who looks after the agency's people, and tell nobody else who it is about. Only the hash of the address is
kept; opening it anew voids the old one.
"""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from goldenhour.access.rules import Asked, Caller, Rule, front_door, part
from goldenhour.errors import NotFound
from goldenhour.workforce.credentials import NOTICE_DAYS, Expiry, level_words
from goldenhour.workforce.entry import agency_id
from goldenhour.workforce.events import CalendarClosed, CalendarOpened
from goldenhour.workforce.live import queries
from goldenhour.workforce.live.services import By, insist_on_agency, writing_as

AHEAD_DAYS = 400  # A year and some: so that a yearly look at the calendar misses nothing.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 random bytes.


def _holds_a_token(request: Asked) -> Caller:
    if not _TOKEN.fullmatch(part("token")(request)):
        raise _no_calendar()
    return front_door(request)


calendar_token = Rule("calendar_token", "Whoever holds an agency's secret calendar address.", _holds_a_token)


def _no_calendar() -> NotFound:
    return NotFound(
        code="no_calendar", what="There is no such calendar.", do="Ask the agency's officer for its address."
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def calendar_open(*, agency: str, by: By) -> str:
    """Give an agency's calendar a new secret address; return its secret part, which is not kept and not said again.

    Raises:
        NotFound: the agency is not the actor's.
    """
    agency = agency_id(agency)
    insist_on_agency(agency, by)
    token = secrets.token_urlsafe(32)
    with writing_as(f"agency/{agency}", by) as record:
        record(CalendarOpened(agency=agency, token_hash=_hash(token)))
    return token


def calendar_close(*, agency: str, by: By) -> None:
    """Let an agency's calendar answer no longer.

    Raises:
        NotFound: the agency is not the actor's, or has no calendar.
    """
    insist_on_agency(agency, by)
    with writing_as(f"agency/{agency}", by) as record:
        if record.earlier:
            return
        if not queries.has_calendar(agency):
            raise _no_calendar()
        record(CalendarClosed(agency=agency))


def calendar_of(token: str, at: datetime) -> bytes:
    """Return the calendar of a secret address, as iCalendar.

    Raises:
        NotFound: it is no address, or no longer.
    """
    agency = queries.find_calendar_agency(_hash(token))
    if agency is None:
        raise _no_calendar()
    return calendar_text(agency, at)


def calendar_text(agency: str, at: datetime) -> bytes:
    """Return an agency's expiries as iCalendar: a day each, with alarms at 90, 60, 30 and 7 days."""
    calendar = Calendar()
    calendar.add("prodid", "-//goldenhour//expiries//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Expiries, {agency}")
    calendar.add("refresh-interval;value=duration", "P1D")
    scope = frozenset({agency})
    for person, due in queries.list_expiring(agencies=scope, at=at, within_days=AHEAD_DAYS):
        calendar.add_component(_day(person.id, due, at))
    text: bytes = calendar.to_ical()
    return text


def _day(person: str, due: Expiry, at: datetime) -> Event:
    one = due.credential
    what = " ".join(part for part in (one.place, level_words(one.level) or one.name, one.kind.words) if part)
    day = Event()
    day.add("uid", f"{hashlib.sha256(f'{one.id} {due.expires}'.encode()).hexdigest()[:32]}@goldenhour")
    day.add("dtstamp", max((change.at for change in one.history if change.at), default=at))
    day.add("dtstart", due.expires)
    day.add("summary", f"{person}: {what} ends")
    day.add("transp", "TRANSPARENT")
    for notice in NOTICE_DAYS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{person}: {what} ends in {notice} days")
        alarm.add("trigger", timedelta(days=-notice))
        day.add_component(alarm)
    return day
