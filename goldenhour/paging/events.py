"""What can happen in paging. No event holds a patient's name; where to, and the secrets, are sealed fields.

Which messages follow from a fact is not recorded: it follows from the fact (see outbox.receivers). What became of each
message is.
"""

from dataclasses import dataclass

from goldenhour.log.event import Event, event, personal

# ---------------------------------------------------------------- where to


@event("paging.destination_set", personal_key="destination")
@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationSet(Event):
    """An administrator let messages go to an address outside."""

    destination: str  # Its id.
    kind: str  # A value of destinations.Kind.
    label: str  # What people call it.
    agency: str  # Whose units it hears of; "*" is every agency.
    station: str  # Only of this station's; "" for all.
    gets: tuple[str, ...]  # Values of destinations.What.
    detail: str  # A value of destinations.Detail.
    host: str  # The machine it leads to, for lists; "" for e-mail.
    address: str = personal()  # The e-mail address or the whole web address.
    secret: str = personal()  # What its messages are signed with; "" where nothing is signed.


@event("paging.secret_rotated", personal_key="destination")
@dataclass(frozen=True, slots=True, kw_only=True)
class SecretRotated(Event):
    """A destination's messages are signed with a new secret, and with the one before as well for a while."""

    destination: str
    former_until: str  # ISO-8601, UTC.
    secret: str = personal()


@event("paging.destination_tried")
@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationTried(Event):
    """An administrator had a test message sent."""

    destination: str


@event("paging.destination_changed")
@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationChanged(Event):
    """An administrator changed what a destination is called and told; where it leads stays."""

    destination: str
    label: str
    station: str
    gets: tuple[str, ...]
    detail: str


@event("paging.destination_paused")
@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationPaused(Event):
    """For the time being it is told of nothing; what still waited for it is dropped."""

    destination: str
    reason: str


@event("paging.destination_resumed")
@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationResumed(Event):
    """It is told again of what comes from now on."""

    destination: str


@event("paging.destination_ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationEnded(Event):
    """Nothing more goes there; what still waited for it is dropped."""

    destination: str
    reason: str


@event("paging.channel_added", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAdded(Event):
    """Somebody named an address of their own for pages to them."""

    destination: str  # Its id, among those of destinations.
    person: str
    kind: str
    label: str
    detail: str
    host: str
    address: str = personal()  # The e-mail address, or a browser's push subscription as JSON.


@event("paging.channel_ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelEnded(Event):
    """Pages to somebody no longer go there."""

    destination: str
    person: str
    reason: str


# ---------------------------------------------------------------- what became of a message


@event("paging.message_delivered")
@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDelivered(Event):
    """The other side took a message."""

    message: str  # Its id: the same at every attempt, so that a receiver can drop doubles.
    destination: str
    attempt: int  # From 1.
    answer: str  # Such as "HTTP 204".


@event("paging.message_failed")
@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFailed(Event):
    """A message could not be delivered."""

    message: str
    destination: str
    attempt: int
    why: str  # In words; never an address or a secret.
    final: bool  # It is given up: a dead letter.
    again_at: str  # When it is tried again, ISO-8601; "" when it is given up.
    paused_until: (
        str  # Until when nothing else is tried at the destination; "" where it is not the destination's fault.
    )


@event("paging.message_requeued")
@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRequeued(Event):
    """An administrator had a dead letter tried once more."""

    message: str
    destination: str


# ---------------------------------------------------------------- pages to people on call


@event("paging.alert_opened")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertOpened(Event):
    """A dispatcher had the people on call of a unit paged. Sending a unit that has any opens an alert by itself."""

    alert: str  # Its id.
    call_id: str
    unit: str


@event("paging.people_paged")
@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePaged(Event):
    """Those on call who had not answered were paged again."""

    alert: str
    call_id: str
    unit: str
    round: int  # From 2: the first page goes with the opening.
    people: tuple[str, ...]


@event("paging.alert_accepted")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAccepted(Event):
    """Somebody on call comes."""

    alert: str
    call_id: str
    unit: str
    person: str
    eta_s: int | None  # As they say, from now until they are at the unit; None: they did not say.
    counts: str  # Why they take no seat although they come; "" where they take one.


@event("paging.alert_declined")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDeclined(Event):
    """Somebody on call does not come, or no longer."""

    alert: str
    call_id: str
    unit: str
    person: str
    withdrawn: bool  # They had accepted before.


@event("paging.alert_closed")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertClosed(Event):
    """Nobody more is asked."""

    alert: str
    call_id: str
    unit: str
    because: str  # A value of alerts.Because.


@event("paging.alert_reopened")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertReopened(Event):
    """Somebody took their word back, and those who come are too few again."""

    alert: str
    call_id: str
    unit: str


@event("paging.alert_escalated")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEscalated(Event):
    """Too few have accepted in time: the desk is told who would be next. The dispatcher sends."""

    alert: str
    call_id: str
    unit: str
    missing: str  # What is missing, in words.
    next_unit: str  # Who was next in the recommendation; "" where nobody was.
