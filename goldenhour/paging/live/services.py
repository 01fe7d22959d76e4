"""What can be done with destinations: an administrator's, and people's own. Each function is one gesture of one person.

Nothing is sent anywhere before one of these was done; a demo lets nobody do them.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, timedelta

from django.conf import settings

from goldenhour.access.roles import agency_named
from goldenhour.access.rules import not_yours
from goldenhour.errors import BadInput, NotFound, Refused
from goldenhour.log.live import keys
from goldenhour.paging.destinations import Detail, Kind, check_gets, check_mail
from goldenhour.paging.events import (
    ChannelAdded,
    ChannelEnded,
    DestinationChanged,
    DestinationEnded,
    DestinationPaused,
    DestinationResumed,
    DestinationSet,
    DestinationTried,
    MessageRequeued,
    SecretRotated,
)
from goldenhour.paging.live import push, queries
from goldenhour.paging.live.by import By
from goldenhour.paging.live.models import Destination, MessageState
from goldenhour.paging.targets import check_push, target_of

MOST_CHANNELS = 6
_SECRET_BYTES = 32
LONGEST_ROTATION = timedelta(days=90)


def destination_set(
    *,
    destination: str,
    kind: Kind,
    label: str,
    agency: str,
    station: str,
    gets: tuple[str, ...],
    detail: Detail,
    address: str,
    by: By,
) -> str:
    """Let messages go to an address outside; return the secret they are signed with, which is never shown again.

    Args:
        destination: its id, the gesture's.
        kind: e-mail or webhook.
        label: what people call it.
        agency: whose units it hears of; "*" is every agency.
        station: only of this station's; "" for all.
        gets: what it is told of, values of destinations.What.
        detail: how much of a place it is told.
        address: where it leads.
        by: who says so.

    Raises:
        BadInput: the address is none that is sent to, or nothing is said of what it gets.
        NotFound: the agency is not theirs.
        Refused: this is a demo.
    """
    _refuse_demo()
    if not by.covers(agency_named(agency)):
        raise not_yours()
    wanted = check_gets(gets)
    host, secret = "", ""
    if kind is Kind.WEBHOOK:
        host = target_of(address, allowed=settings.GOLDENHOUR_PAGING_HOSTS).name
        secret = secrets.token_urlsafe(_SECRET_BYTES)
    elif kind is Kind.EMAIL:
        _refuse_no_mail()
        check_mail(address)
    else:
        raise BadInput(code="bad_kind", what="A browser belongs to a person.", do="Use email or webhook.", where="kind")
    with by.writing(f"destination/{destination}") as record:
        if record.earlier:
            return ""  # It was shown once.
        record(
            DestinationSet(
                destination=destination,
                kind=kind,
                label=label,
                agency=agency,
                station=station,
                gets=tuple(wanted),
                detail=detail,
                host=host,
                address=address,
                secret=secret,
            )
        )
    return secret


def secret_rotate(*, destination: str, former_for: timedelta, by: By) -> str:
    """Sign with a new secret from now on, and for a while with the one before too; return the new one, once.

    Raises:
        NotFound: there is no such destination of theirs.
        Refused: its messages are not signed.
        BadInput: the time is below nothing or above 90 days.
    """
    if not timedelta() <= former_for <= LONGEST_ROTATION:
        raise BadInput(
            code="bad_rotation",
            what=f"Two secrets are valid for at most {LONGEST_ROTATION.days} days.",
            do="Name a shorter time.",
            where="former_for_s",
        )
    _own(destination, by)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with by.writing(f"destination/{destination}") as record:
        if record.earlier:
            return ""
        if _own(destination, by).kind != Kind.WEBHOOK:
            raise Refused(code="not_signed", what="Its messages are not signed.", do="Only a webhook has a secret.")
        until = (by.at + former_for).astimezone(UTC).isoformat()
        record(SecretRotated(destination=destination, former_until=until, secret=secret))
    return secret


def destination_try(*, destination: str, by: By) -> None:
    """Put a test message into the outbox.

    Raises:
        NotFound: there is no such destination of theirs.
    """
    with by.writing(f"destination/{destination}") as record:
        if not record.earlier:
            _own(destination, by)
            record(DestinationTried(destination=destination))


def destination_change(
    *, destination: str, label: str, station: str, gets: tuple[str, ...], detail: Detail, by: By
) -> None:
    """Change what a destination is called and told. Another address is another destination.

    Raises:
        BadInput: nothing is said of what it gets.
        NotFound: there is no such destination of theirs.
    """
    wanted = tuple(check_gets(gets))
    with by.writing(f"destination/{destination}") as record:
        if record.earlier:
            return
        row = _own(destination, by)
        if (row.label, row.station, tuple(row.gets), row.detail) != (label, station, wanted, detail):
            record(
                DestinationChanged(destination=destination, label=label, station=station, gets=wanted, detail=detail)
            )


def destination_pause(*, destination: str, reason: str, by: By) -> None:
    """Tell it nothing until it is resumed; what waits for it is dropped. A test message still goes.

    Raises:
        NotFound: there is no such destination of theirs.
    """
    with by.writing(f"destination/{destination}") as record:
        if not record.earlier and _own(destination, by).stopped_at is None:
            record(DestinationPaused(destination=destination, reason=reason))


def destination_resume(*, destination: str, by: By) -> None:
    """Tell it again, of what comes from now on.

    Raises:
        NotFound: there is no such destination of theirs.
    """
    with by.writing(f"destination/{destination}") as record:
        if not record.earlier and _own(destination, by).stopped_at is not None:
            record(DestinationResumed(destination=destination))


def destination_end(*, destination: str, reason: str, by: By) -> None:
    """Send nothing more there. Its address and secrets are destroyed.

    Raises:
        NotFound: there is no such destination of theirs.
    """
    with by.writing(f"destination/{destination}") as record:
        if record.earlier:
            return
        _own(destination, by)
        record(DestinationEnded(destination=destination, reason=reason))
    keys.destroy(f"destination/{destination}", reason="the destination ended", at=by.at, actor=by.actor)


def message_requeue(*, message: str, by: By) -> None:
    """Let a dead letter be tried once more.

    Raises:
        NotFound: there is no such message to a destination of theirs.
        Refused: it is not given up.
    """
    with by.writing(f"message/{message}") as record:
        if record.earlier:
            return
        row = queries.find_message(message)
        where = queries.find_destination(row.destination) if row else None
        if row is None or where is None or where.person or not by.covers(where.agency):
            raise NotFound(code="no_message", what="There is no such message.", do="Look at those that were given up.")
        if row.state != MessageState.DEAD:
            raise Refused(
                code="not_dead", what=f"That message is {row.state}.", do="Only what was given up is tried again."
            )
        record(MessageRequeued(message=message, destination=row.destination))


def _own(destination: str, by: By) -> Destination:
    """Return a destination of an agency they look after; another's is not there."""
    row = queries.find_destination(destination)
    if row is None or row.person or not by.covers(row.agency):
        raise not_yours()
    return row


# ---------------------------------------------------------------- people's own


def mail_add(*, channel: str, person: str, label: str, address: str, detail: Detail, by: By) -> None:
    """Let pages to somebody go to an e-mail address of theirs.

    Raises:
        BadInput: it is none.
        Refused: this goldenhour sends no e-mail, or they have many channels already.
    """
    _refuse_demo()
    _refuse_no_mail()
    check_mail(address)
    _channel_add(
        ChannelAdded(
            destination=channel, person=person, kind=Kind.EMAIL, label=label, detail=detail, host="", address=address
        ),
        by,
    )


def push_add(*, channel: str, person: str, label: str, subscription: Mapping[str, object], by: By) -> None:
    """Let pages to somebody go to the browser they are using.

    Raises:
        BadInput: it is no subscription to a push service known here.
        Refused: this goldenhour has no keys for it, or they have many channels already.
    """
    _refuse_demo()
    push.get_keys()
    target = check_push(push.endpoint_of(subscription), allowed=settings.GOLDENHOUR_PAGING_HOSTS)
    _channel_add(
        ChannelAdded(
            destination=channel,
            person=person,
            kind=Kind.PUSH,
            label=label,
            detail=Detail.FULL,  # It is encrypted for that browser alone.
            host=target.name,
            address=json.dumps(subscription),
        ),
        by,
    )


def _channel_add(fact: ChannelAdded, by: By) -> None:
    with by.writing(f"person/{fact.person}") as record:
        if record.earlier:
            return
        if len(queries.list_channels(fact.person)) >= MOST_CHANNELS:
            raise Refused(
                code="many_channels",
                what=f"You have {MOST_CHANNELS} addresses for pages already.",
                do="Take one away first.",
            )
        record(fact)


def channel_end(*, channel: str, person: str, by: By) -> None:
    """Send nobody's pages there any more.

    Raises:
        NotFound: they have no such channel.
    """
    with by.writing(f"person/{person}") as record:
        if record.earlier:
            return
        row = queries.find_destination(channel)
        if row is None or row.person != person:
            raise NotFound(
                code="no_channel", what="You have no such address for pages.", do="Look at the list of yours."
            )
        record(ChannelEnded(destination=channel, person=person, reason="their own wish"))


# ---------------------------------------------------------------- what stands against it


def _refuse_demo() -> None:
    if settings.GOLDENHOUR_DEMO:
        raise Refused(code="demo", what="A demo sends nothing to anybody.", do="Set it up in a real goldenhour.")


def sends_mail() -> bool:
    """Return whether this goldenhour sends e-mail."""
    return bool(settings.EMAIL_HOST) and not settings.GOLDENHOUR_DEMO


def _refuse_no_mail() -> None:
    if not settings.EMAIL_HOST:
        raise Refused(
            code="no_mail",
            what="This goldenhour sends no e-mail: it knows no mail server.",
            do="Its operator names one with GOLDENHOUR_SMTP; see docs/how-to/page-people.md.",
        )
