"""The endpoints of paging: an administrator's destinations, the desk's pages to people on call, and one's own."""

from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from goldenhour.access.roles import EVERY
from goldenhour.access.rules import Asked, administrator, at_desk, sending, signed_in
from goldenhour.calls.live.by import Text
from goldenhour.paging.destinations import Detail, Kind, What
from goldenhour.paging.live import alerting, queries, services, shown
from goldenhour.paging.live.by import by
from goldenhour.paging.live.shapes import (
    AlertIdOut,
    CallPagesOut,
    ChannelIdOut,
    DestinationIdOut,
    DestinationsOut,
    OwnPagesOut,
    SecretOut,
)

router = Router(tags=["paging"])

_DAY_S = 24 * 3600
_Label = Annotated[Text, Field(min_length=1, max_length=80)]
_EtaMin = Annotated[int | None, Field(ge=0, le=240)]


class _In(Schema):
    model_config = ConfigDict(extra="forbid")


class GestureIn(_In):
    """Nothing but the gesture."""

    id: UUID


class DestinationIn(_In):
    """An address outside that messages may go to."""

    id: UUID
    kind: Literal["email", "webhook"]
    label: _Label
    agency: Text = Field(default=EVERY, max_length=80)  # "*" hears of every agency's units.
    station: Text = Field(default="", max_length=80)
    gets: tuple[What, ...] = Field(max_length=10)
    detail: Detail = Detail.FULL
    address: Text = Field(max_length=2000)


class ChangeIn(_In):
    """What a destination is called and told from now on."""

    id: UUID
    label: _Label
    station: Text = Field(default="", max_length=80)
    gets: tuple[What, ...] = Field(max_length=10)
    detail: Detail


class RotateIn(_In):
    """How long the secret before is still valid."""

    id: UUID
    former_for_s: int = Field(default=7 * _DAY_S, ge=0, le=90 * _DAY_S)


class EndIn(_In):
    """Why nothing goes there, for now or any more."""

    id: UUID
    reason: Text = Field(default="", max_length=300)


class PageIn(_In):
    """Page those on call for a unit."""

    id: UUID
    unit: Text = Field(max_length=120)


class AnswerIn(_In):
    """What somebody on call said over the telephone or the air."""

    id: UUID
    person: Text = Field(max_length=60)
    answer: Literal["accepted", "declined"]
    eta_min: _EtaMin = None


class AcceptIn(_In):
    """I come."""

    id: UUID
    eta_min: _EtaMin = None


class MailIn(_In):
    """An e-mail address of one's own."""

    id: UUID
    label: _Label = "E-mail"
    address: Text = Field(max_length=254)
    detail: Detail = Detail.STREET  # An e-mail can be read on its way.


class _KeysIn(_In):
    auth: Text = Field(max_length=100)
    p256dh: Text = Field(max_length=200)


class _SubscriptionIn(_In):
    endpoint: Text = Field(max_length=2000)
    keys: _KeysIn


class PushIn(_In):
    """The browser one is using, as it subscribed to its push service."""

    id: UUID
    label: _Label = "This device"
    subscription: _SubscriptionIn


# ---------------------------------------------------------------- destinations


@router.get("/paging/destinations", auth=administrator, response=DestinationsOut)
def list_destinations(request: Asked) -> dict[str, Any]:
    """Return where messages of the caller's agencies go, what waits for each, and what was given up."""
    rows = queries.list_destinations(request.auth.agencies)
    waiting = queries.waiting_by_destination()
    ids = [row.id for row in rows]
    return {
        "destinations": [shown.destination_entry(row, waiting.get(row.id, 0)) for row in rows],
        "waiting": [shown.message_entry(one) for one in queries.list_waiting(ids)],
        "dead": [shown.message_entry(one) for one in queries.list_dead(ids)],
    }


@router.post("/paging/destinations", auth=administrator, response={201: DestinationIdOut})
def set_destination(request: Asked, body: DestinationIn) -> Status[dict[str, Any]]:
    """Let messages go to an address outside. The secret they are signed with is told here, once."""
    secret = services.destination_set(
        destination=str(body.id),
        kind=Kind(body.kind),
        label=body.label,
        agency=body.agency,
        station=body.station,
        gets=tuple(body.gets),
        detail=body.detail,
        address=body.address,
        by=by(request, body.id),
    )
    return Status(201, {"destination": str(body.id), "secret": secret})


@router.post("/paging/destinations/{destination}/secret", auth=administrator, response=SecretOut)
def rotate_secret(request: Asked, destination: str, body: RotateIn) -> dict[str, str]:
    """Sign with a new secret, told here once; the one before is valid beside it for a while."""
    secret = services.secret_rotate(
        destination=destination, former_for=timedelta(seconds=body.former_for_s), by=by(request, body.id)
    )
    return {"secret": secret}


@router.post("/paging/destinations/{destination}/try", auth=administrator, response={204: None})
def try_destination(request: Asked, destination: str, body: GestureIn) -> Status[None]:
    """Send a test message."""
    services.destination_try(destination=destination, by=by(request, body.id))
    return Status(204, None)


@router.post("/paging/destinations/{destination}/change", auth=administrator, response={204: None})
def change_destination(request: Asked, destination: str, body: ChangeIn) -> Status[None]:
    """Change what it is called and told."""
    services.destination_change(
        destination=destination,
        label=body.label,
        station=body.station,
        gets=tuple(body.gets),
        detail=body.detail,
        by=by(request, body.id),
    )
    return Status(204, None)


@router.post("/paging/destinations/{destination}/pause", auth=administrator, response={204: None})
def pause_destination(request: Asked, destination: str, body: EndIn) -> Status[None]:
    """Tell it nothing for the time being."""
    services.destination_pause(destination=destination, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.post("/paging/destinations/{destination}/resume", auth=administrator, response={204: None})
def resume_destination(request: Asked, destination: str, body: GestureIn) -> Status[None]:
    """Tell it again."""
    services.destination_resume(destination=destination, by=by(request, body.id))
    return Status(204, None)


@router.post("/paging/destinations/{destination}/end", auth=administrator, response={204: None})
def end_destination(request: Asked, destination: str, body: EndIn) -> Status[None]:
    """Send nothing more there."""
    services.destination_end(destination=destination, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.post("/paging/messages/{message}/again", auth=administrator, response={204: None})
def requeue_message(request: Asked, message: str, body: GestureIn) -> Status[None]:
    """Try once more what was given up."""
    services.message_requeue(message=message, by=by(request, body.id))
    return Status(204, None)


# ---------------------------------------------------------------- the desk


@router.get("/calls/{call_id}/pages", auth=at_desk, response=CallPagesOut)
def get_pages(request: Asked, call_id: str) -> dict[str, Any]:
    """Return who was paged for a call and who comes, and what the stations of its units hear."""
    return shown.pages_of_call(call_id, request.auth.at)


@router.post("/calls/{call_id}/pages", auth=sending, response={201: AlertIdOut})
def page_on_call(request: Asked, call_id: str, body: PageIn) -> Status[dict[str, str]]:
    """Page those on call for a unit that is on the call."""
    alerting.alert_open(alert=str(body.id), call_id=call_id, unit=body.unit, by=by(request, body.id))
    return Status(201, {"alert": str(body.id)})


@router.post("/paging/alerts/{alert}/answers", auth=sending, response={204: None})
def answer_for(request: Asked, alert: str, body: AnswerIn) -> Status[None]:
    """Enter what somebody on call said."""
    _answer(request, alert, body.person, body)
    return Status(204, None)


@router.post("/paging/alerts/{alert}/close", auth=sending, response={204: None})
def close_alert(request: Asked, alert: str, body: GestureIn) -> Status[None]:
    """Ask nobody more."""
    alerting.alert_close(alert=alert, by=by(request, body.id))
    return Status(204, None)


def _answer(request: Asked, alert: str, person: str, body: AnswerIn | AcceptIn | GestureIn) -> None:
    who = by(request, body.id)
    if isinstance(body, AcceptIn) or (isinstance(body, AnswerIn) and body.answer == "accepted"):
        eta_s = None if body.eta_min is None else body.eta_min * 60
        alerting.alert_accept(alert=alert, person=person, eta_s=eta_s, by=who)
    else:
        alerting.alert_decline(alert=alert, person=person, by=who)


# ---------------------------------------------------------------- one's own


@router.get("/paging/mine", auth=signed_in, response=OwnPagesOut)
def list_mine(request: Asked) -> dict[str, Any]:
    """Return the pages to oneself that are not over, and where pages to oneself go."""
    return shown.own_pages(request.auth.person, request.auth.at)


@router.post("/paging/mine/{alert}/accept", auth=signed_in, response={204: None})
def accept_page(request: Asked, alert: str, body: AcceptIn) -> Status[None]:
    """Say that one comes."""
    _answer(request, alert, alerting.insist_person(request.auth.person), body)
    return Status(204, None)


@router.post("/paging/mine/{alert}/decline", auth=signed_in, response={204: None})
def decline_page(request: Asked, alert: str, body: GestureIn) -> Status[None]:
    """Say that one does not come, or no longer."""
    _answer(request, alert, alerting.insist_person(request.auth.person), body)
    return Status(204, None)


@router.post("/paging/channels/email", auth=signed_in, response={201: ChannelIdOut})
def add_mail(request: Asked, body: MailIn) -> Status[dict[str, str]]:
    """Let pages to oneself go to an e-mail address."""
    services.mail_add(
        channel=str(body.id),
        person=alerting.insist_person(request.auth.person),
        label=body.label,
        address=body.address,
        detail=body.detail,
        by=by(request, body.id),
    )
    return Status(201, {"channel": str(body.id)})


@router.post("/paging/channels/push", auth=signed_in, response={201: ChannelIdOut})
def add_push(request: Asked, body: PushIn) -> Status[dict[str, str]]:
    """Let pages to oneself go to the browser that one is using."""
    services.push_add(
        channel=str(body.id),
        person=alerting.insist_person(request.auth.person),
        label=body.label,
        subscription=body.subscription.model_dump(),
        by=by(request, body.id),
    )
    return Status(201, {"channel": str(body.id)})


@router.post("/paging/channels/{channel}/end", auth=signed_in, response={204: None})
def end_channel(request: Asked, channel: str, body: GestureIn) -> Status[None]:
    """Send no pages there any more."""
    person = alerting.insist_person(request.auth.person)
    services.channel_end(channel=channel, person=person, by=by(request, body.id))
    return Status(204, None)
