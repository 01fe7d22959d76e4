"""Reading paging: destinations, the outbox, pages to people on call. Rows are for reading only."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from goldenhour.access.roles import EVERY
from goldenhour.errors import NotFound
from goldenhour.log.live import feed
from goldenhour.paging import events
from goldenhour.paging.alerts import Answer, State
from goldenhour.paging.destinations import What
from goldenhour.paging.live.models import Alert, AskedPerson, Destination, Message, MessageState

AlertRow, AskedRow, DestinationRow, MessageRow = Alert, AskedPerson, Destination, Message


def list_destinations(agencies: Collection[str] = (EVERY,)) -> list[Destination]:
    """Return the agencies' destinations that messages go to, by label; of EVERY all, also those that hear of all."""
    rows = Destination.objects.filter(ended_at=None, person="").order_by("label", "id")
    return list(rows if EVERY in agencies else rows.filter(agency__in=agencies))


def list_paused(agency: str, station: str) -> list[Destination]:
    """Return the destinations that would hear when a unit of the station is sent, and are paused, by label."""
    rows = Destination.objects.filter(ended_at=None, person="", stopped_at__isnull=False)
    rows = rows.filter(agency__in=(EVERY, agency), station__in=("", station)).order_by("label", "id")
    return [row for row in rows if What.STATION_ALERT in row.gets]


def find_destination(destination: str) -> Destination | None:
    """Return a destination, an agency's or a person's, if messages go to one of that id."""
    return Destination.objects.filter(pk=destination, ended_at=None).first() if destination.isprintable() else None


def list_channels(person: str) -> list[Destination]:
    """Return where pages to somebody go."""
    return list(Destination.objects.filter(ended_at=None, person=person).order_by("since", "id"))


def address_of(destination: Destination) -> str:
    """Return where a destination leads; "" once its key is destroyed."""
    return str(getattr(_said(destination.position), "address", ""))


def secrets_of(destination: Destination, at: datetime) -> list[str]:
    """Return the secrets that sign at a moment, the newest first."""
    valid = [
        one["position"]
        for one in destination.secrets
        if one["until"] is None or datetime.fromisoformat(one["until"]) > at
    ]
    said = [_said(position) for position in valid]
    return [one.secret for one in said if isinstance(one, events.DestinationSet | events.SecretRotated) and one.secret]


def _said(position: int) -> object:
    """Return the fact at a position."""
    return feed.read_from(position - 1, limit=1)[0][1]


def find_message(message: str) -> Message | None:
    """Return a message, whatever became of it."""
    return Message.objects.filter(pk=message).first() if message.isprintable() else None


def waiting_by_destination() -> dict[str, int]:
    """Return how many messages wait for each destination for which any does."""
    rows = Message.objects.filter(state=MessageState.WAITING).values_list("destination", flat=True)
    return dict(Counter(rows))


def list_dead(destinations: Collection[str], most: int = 200) -> list[Message]:
    """Return the dead letters to these destinations, the latest first."""
    rows = Message.objects.filter(destination__in=destinations, state=MessageState.DEAD)
    return list(rows.order_by("-done_at", "-position")[:most])


def list_waiting(destinations: Collection[str], most: int = 200) -> list[Message]:
    """Return what waits for these destinations, the oldest first."""
    rows = Message.objects.filter(destination__in=destinations, state=MessageState.WAITING)
    return list(rows.order_by("queued_at", "position", "id")[:most])


def list_of_call(call_id: str) -> list[Message]:
    """Return the messages about a call, in order."""
    return list(Message.objects.filter(call_id=call_id).order_by("position", "id"))


def get_alert(alert: str) -> Alert:
    """Return a page to the people on call.

    Raises:
        NotFound: there is none of that id.
    """
    found = Alert.objects.filter(pk=alert).first() if alert.isprintable() else None
    if found is None:
        raise no_alert()
    return found


def no_alert() -> NotFound:
    """Return the refusal of a page that is none, or another's."""
    return NotFound(code="no_alert", what="There is no such page.", do="Look at the open ones.")


def list_alerts_open() -> list[Alert]:
    """Return the pages on which people are still asked, the oldest first."""
    return list(Alert.objects.filter(state=State.OPEN).order_by("opened_at", "id"))


def find_alert_running(call_id: str, unit: str) -> Alert | None:
    """Return the page for a unit on a call that is not over, if any."""
    return Alert.objects.filter(call_id=call_id, unit=unit).exclude(state=State.OVER).first()


def list_alerts(call_ids: Collection[str]) -> list[Alert]:
    """Return the pages of these calls, in order."""
    return list(Alert.objects.filter(call_id__in=call_ids).order_by("opened_at", "id"))


def list_alerts_of(person: str) -> list[tuple[Alert, AskedPerson]]:
    """Return the pages to somebody that are not over, the newest first, with what they answered."""
    mine = {one.alert: one for one in AskedPerson.objects.filter(person=person)}
    rows = Alert.objects.filter(pk__in=list(mine)).exclude(state=State.OVER).order_by("-opened_at", "id")
    return [(row, mine[row.id]) for row in rows]


def list_asked(alerts: Collection[str]) -> list[AskedPerson]:
    """Return who was asked on these pages: those who come first, then by person."""
    rows = list(AskedPerson.objects.filter(alert__in=alerts).order_by("person"))
    order = (Answer.ACCEPTED, Answer.NONE, Answer.DECLINED)
    return sorted(rows, key=lambda one: order.index(Answer(one.answer)))


def picture() -> dict[str, list[tuple[object, ...]]]:
    """Return all that paging shows, to hold two pictures against each other."""
    return {
        "destinations": list(Destination.objects.order_by("id").values_list()),
        "messages": list(Message.objects.order_by("id").values_list()),
        "alerts": list(Alert.objects.order_by("id").values_list()),
        "asked": list(
            AskedPerson.objects.order_by("alert", "person").values_list("alert", "person", "answer", "eta_s")
        ),
    }
