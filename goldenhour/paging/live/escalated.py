"""Pages that too few answered, as alarms that somebody takes."""

from collections.abc import Iterable
from datetime import datetime

from goldenhour.dispatch.alarms import ESCALATION, Alarm, Limit
from goldenhour.dispatch.live import alarm_book
from goldenhour.paging.alerts import State
from goldenhour.paging.live import queries
from goldenhour.paging.live.alerting import asking
from goldenhour.paging.live.models import Alert


def escalations(rows: Iterable[Alert], at: datetime) -> dict[str, Alarm]:
    """Return the alarm of each of these pages of which the desk was told that too few come."""
    late = [row for row in rows if row.state == State.OPEN and row.escalated_at is not None]
    if not late:
        return {}
    rule = asking(at)
    limit = Limit(rule=rule.rule, quantity=ESCALATION, steps_s=(rule.escalate_s,), again_s=rule.escalate_s)
    said = alarm_book.silenced([ESCALATION], [row.id for row in late])
    found = {row.id: alarm_book.alarm(limit, row.since, row.id, said) for row in late}
    return {alert: alarm for alert, alarm in found.items() if alarm is not None}


def find_escalation(alert: str, at: datetime) -> tuple[str, Alarm | None]:
    """Return which call a page is for, and its alarm; None where the desk was not told, or enough come by now.

    Raises:
        NotFound: there is no such page.
    """
    row = queries.get_alert(alert)
    return row.call_id, escalations([row], at).get(row.id)
