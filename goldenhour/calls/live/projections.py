"""What the log says of calls, as tables."""

from datetime import datetime

from goldenhour.calls.details import merged
from goldenhour.calls.events import (
    CallClosed,
    CallReceived,
    DetailsChanged,
    DraftBegun,
    DraftChanged,
    DraftDiscarded,
    DraftSent,
    DraftTakenOver,
    InterpreterJoined,
    InterpreterWanted,
    LocationHeard,
    NatureChanged,
    PlaceChanged,
    PriorityChanged,
    TextExchanged,
)
from goldenhour.calls.live import together_projections, triage_projections
from goldenhour.calls.live.beside_projections import end_draft, opened
from goldenhour.calls.live.models import Call, Draft, DraftState, Interpreter, Location, TextLine
from goldenhour.calls.live.together_projections import NO_CLAIM
from goldenhour.log.event import Recorded
from goldenhour.log.events import KeyDestroyed
from goldenhour.log.live.projections import projects

__all__ = ["together_projections", "triage_projections"]  # Importing them is what makes them listen.


@projects(CallReceived)
def show_call(fact: CallReceived, where: Recorded) -> None:
    """Put the call on the board."""
    year, serial = fact.call_id.split("-")
    Call.objects.create(
        id=fact.call_id,
        year=int(year),
        serial=int(serial),
        event_id=where.id,
        received_at=where.at,
        lon=fact.lon,
        lat=fact.lat,
        address=fact.address,
        callback=fact.callback,
        nature=fact.nature,
        said_nature=fact.nature,
        priority=fact.priority,
        patients=fact.patients,
    )


@projects(PriorityChanged)
def show_priority(fact: PriorityChanged, _where: Recorded) -> None:
    """Show how urgent it is now. What a person says stays the least that triage may come to."""
    said = {} if fact.determinant else {"said_priority": fact.priority}
    Call.objects.filter(pk=fact.call_id).update(priority=fact.priority, **said)


@projects(CallClosed)
def show_closed(fact: CallClosed, where: Recorded) -> None:
    """Take the call off the open ones."""
    Call.objects.filter(pk=fact.call_id).update(closed_at=where.at, outcome=fact.outcome, **NO_CLAIM)


@projects(NatureChanged)
def show_nature(fact: NatureChanged, _where: Recorded) -> None:
    """Show what it is about now. What a person says is also what triage goes by."""
    said = {} if fact.determinant else {"said_nature": fact.nature}
    Call.objects.filter(pk=fact.call_id).update(nature=fact.nature, **said)


@projects(PlaceChanged)
def show_place(fact: PlaceChanged, where: Recorded) -> None:
    """Show the call where it is now."""
    Call.objects.filter(pk=fact.call_id).update(
        lon=fact.lon, lat=fact.lat, address=fact.address, place_changed_at=where.at
    )


@projects(DetailsChanged)
def show_details(fact: DetailsChanged, where: Recorded) -> None:
    """Show what is known of the caller and the patient now."""
    call = Call.objects.get(pk=fact.call_id)
    plain, personal = dict(fact.fields), opened(fact.sealed)
    if "patients" in plain:
        call.patients = int(str(plain.pop("patients")))
    if "callback" in personal:
        call.callback = str(personal.pop("callback") or "")
    call.details, call.sealed = merged(call.details, plain), merged(call.sealed, personal)
    call.version, call.changed_at, call.changed_by = fact.version, where.at, where.actor
    call.save()


# ---------------------------------------------------------------- drafts


@projects(DraftBegun)
def show_draft(fact: DraftBegun, where: Recorded) -> None:
    """Put the draft on the desk."""
    year, serial = fact.call_id.split("-")
    Draft.objects.create(
        id=fact.call_id,
        year=int(year),
        serial=int(serial),
        event_id=where.id,
        rang_at=where.at,
        owner=where.actor,
        owned_since=where.at,
        changed_at=where.at,
        changed_by=where.actor,
        fields=merged({}, fact.fields),
        sealed=merged({}, opened(fact.sealed)),
    )


@projects(DraftChanged)
def show_typed(fact: DraftChanged, where: Recorded) -> None:
    """Show what was typed."""
    draft = Draft.objects.get(pk=fact.call_id)
    draft.fields = merged(draft.fields, fact.fields)
    draft.sealed = merged(draft.sealed, opened(fact.sealed))
    draft.version, draft.changed_at, draft.changed_by = fact.version, where.at, where.actor
    draft.save()


@projects(DraftTakenOver)
def show_owner(fact: DraftTakenOver, where: Recorded) -> None:
    """Show who has it now."""
    Draft.objects.filter(pk=fact.call_id).update(owner=where.actor, owned_since=where.at)


@projects(DraftDiscarded)
def show_discarded(fact: DraftDiscarded, where: Recorded) -> None:
    """Take it off the desk."""
    end_draft(fact.call_id, DraftState.DISCARDED, where, at=where.at, reason=fact.reason)


@projects(DraftSent)
def show_sent(fact: DraftSent, where: Recorded) -> None:
    """Let the call go on where the draft ends."""
    sent_at = datetime.fromisoformat(fact.sent_at)
    end_draft(fact.call_id, DraftState.SENT, where, at=sent_at)
    Call.objects.filter(pk=fact.call_id).update(
        sent_at=sent_at, said_nature=fact.said_nature, said_priority=fact.said_priority
    )


# ---------------------------------------------------------------- what is heard beside


@projects(LocationHeard)
def show_location(fact: LocationHeard, where: Recorded) -> None:
    """Keep where the phone said it is."""
    Location.objects.create(
        call_id=fact.call_id,
        position=where.position,
        at=where.at,
        lon=fact.lon,
        lat=fact.lat,
        accuracy_m=fact.accuracy_m,
        source=fact.source,
    )


@projects(TextExchanged)
def show_text(fact: TextExchanged, where: Recorded) -> None:
    """Keep the line."""
    TextLine.objects.create(
        call_id=fact.call_id,
        position=where.position,
        at=where.at,
        by=where.actor,
        direction=fact.direction,
        text=fact.text,
    )


@projects(InterpreterWanted)
def show_wanted(fact: InterpreterWanted, where: Recorded) -> None:
    """Show that an interpreter is wanted."""
    Interpreter.objects.update_or_create(
        call_id=fact.call_id, defaults={"language": fact.language, "wanted_at": where.at, "joined_at": None}
    )


@projects(InterpreterJoined)
def show_joined(fact: InterpreterJoined, where: Recorded) -> None:
    """Show that an interpreter is on the line."""
    Interpreter.objects.update_or_create(
        call_id=fact.call_id, defaults={"language": fact.language, "joined_at": where.at}
    )


@projects(KeyDestroyed)
def show_erased(fact: KeyDestroyed, _where: Recorded) -> None:
    """Forget whom a call was about and where they can be reached, once the key to it is destroyed."""
    call_id = fact.name.removeprefix("call_id/")
    if call_id == fact.name:
        return
    Call.objects.filter(pk=call_id).update(address="", callback="", sealed={})
    Draft.objects.filter(pk=call_id).update(sealed={})
    TextLine.objects.filter(call_id=call_id).update(text="")
