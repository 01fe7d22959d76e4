"""A crew's own safety, and what it asks for: its phone, PAR, mayday, transport, a patient who waits.

Each function is one gesture. `par_look` is the clock's: it says which crew did not answer in time.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.errors import BadInput, Refused
from goldenhour.fleet.crew_limits import OWN, QUANTITIES, SHIPPED, CrewLimit, crew_limit_on, load_crew_limits
from goldenhour.fleet.events import (
    MaydayAcknowledged,
    MaydayCalled,
    MaydayEnded,
    ParAnswered,
    ParEnded,
    ParMissed,
    ParStarted,
    PatientReassessed,
    PhoneSignedOff,
    PhoneSignedOn,
    TransportAnswered,
    TransportAsked,
)
from goldenhour.fleet.live import queries
from goldenhour.fleet.live.crewing import By
from goldenhour.fleet.live.models import AllRight, CrewPhone, Mayday, Par, Reassessed, TransportAsk, Unit
from goldenhour.log.live.store import writing
from goldenhour.roads.live import region
from goldenhour.roads.live.region import wall_clock

CLOCK = "clock"  # Who says that nobody answered.
KINDS = ("ambulance", "helicopter")
ANSWERS = ("coming", "not_available", "withdrawn")
BY_HAND = "by hand"


def _writing(unit: str, by: By) -> Any:
    return writing(f"unit/{unit}", at=by.at, actor=by.actor, device=by.device, id=by.id)


def limits_paths() -> tuple[Path, ...]:
    """Return the files of limits that hold here: those as shipped, and the region's own."""
    own = region.get_region().folder / OWN if region.is_known() else None
    return (SHIPPED, own) if own is not None and own.is_file() else (SHIPPED,)


def limits_at(at: datetime) -> dict[str, CrewLimit | None]:
    """Return each limit of a crew's page that holds at a moment; None where no rule says any."""
    day: date = at.astimezone(region.time_zone()).date()
    limits = load_crew_limits(limits_paths())
    return {quantity: crew_limit_on(limits, quantity, day) for quantity in QUANTITIES}


def _insist_on_call(unit: Unit, call_id: str) -> None:
    """Refuse what belongs to a call that the unit was never sent to."""
    if not call_id or not queries.list_own_times(unit.id, call_id):
        raise Refused(
            code="not_on_that_call",
            what=f"{unit.call_sign} was never sent to call {call_id}." if call_id else f"{unit.call_sign} has no call.",
            do="Ask dispatch to assign the unit first.",
        )


# ---------------------------------------------------------------- the phone


def phone_sign_on(*, unit: str, phone: str, offset_ms: int, trip_ms: int, by: By) -> None:
    """Let a phone show a unit's page.

    Raises:
        NotFound: there is no such unit.
    """
    queries.get_unit(unit)
    with _writing(unit, by) as record:
        if not record.earlier:
            record(PhoneSignedOn(unit=unit, phone=phone, offset_ms=offset_ms, trip_ms=trip_ms))


def phone_sign_off(*, unit: str, phone: str, by: By) -> None:
    """Let a phone show a unit's page no longer. One that is off already is no fault.

    Raises:
        NotFound: there is no such unit.
    """
    queries.get_unit(unit)
    with _writing(unit, by) as record:
        if not record.earlier and CrewPhone.objects.filter(unit=unit, phone=phone).exists():
            record(PhoneSignedOff(unit=unit, phone=phone))


# ---------------------------------------------------------------- PAR


def par_start(*, unit: str, call_id: str, because: str, by: By) -> None:
    """Ask a crew from now on at intervals whether it is all right. Asked already, it goes on as it was.

    Raises:
        NotFound: there is no such unit.
        Refused: it was never on that call, or no rule says how often to ask.
    """
    known = queries.get_unit(unit)
    limit = limits_at(by.at)["par"]
    if limit is None:
        what = "No rule in force says how often a crew is asked."
        raise Refused(code="no_limit", what=what, do="Write one into crew_limits.yaml of the region.")
    with _writing(unit, by) as record:
        if record.earlier:
            return
        _insist_on_call(known, call_id)
        if Par.objects.filter(pk=unit, call_id=call_id).exists():
            return
        record(
            ParStarted(
                unit=unit,
                call_id=call_id,
                interval_s=limit.seconds,
                grace_s=limit.grace_s,
                source=limit.rule.source,
                because=because or BY_HAND,
            )
        )


def par_answer(*, unit: str, by: By) -> None:
    """Say that a crew is all right. Where nobody asks any more, that is no fault.

    Raises:
        NotFound: there is no such unit.
    """
    queries.get_unit(unit)
    with _writing(unit, by) as record:
        row = Par.objects.filter(pk=unit).first()
        if not record.earlier and row is not None:
            record(ParAnswered(unit=unit, call_id=row.call_id))


def par_end(*, unit: str, reason: str, by: By) -> None:
    """Ask a crew no longer.

    Raises:
        NotFound: there is no such unit.
    """
    queries.get_unit(unit)
    with _writing(unit, by) as record:
        row = Par.objects.filter(pk=unit).first()
        if not record.earlier and row is not None:
            record(ParEnded(unit=unit, call_id=row.call_id, reason=reason))


def par_look(at: datetime) -> int:
    """Record which crews were asked and have not answered in time; return how many."""
    asked = Par.objects.filter(ask_at__lte=at, missed_at=None)
    late = [one.unit for one in asked if one.ask_at + timedelta(seconds=one.grace_s) <= at]
    found = 0
    for unit in late:
        with writing(f"unit/{unit}", at=at, actor=CLOCK) as record:
            row = Par.objects.filter(pk=unit, missed_at=None).first()  # It may have answered meanwhile.
            if row is not None and row.ask_at + timedelta(seconds=row.grace_s) <= at:
                record(ParMissed(unit=unit, call_id=row.call_id, asked_at=row.ask_at.isoformat()))
                found += 1
    return found


# ---------------------------------------------------------------- mayday


def mayday_call(*, unit: str, by: By) -> None:
    """Say that a crew is in danger. Never refused; a second one while the first stands changes nothing.

    Raises:
        NotFound: there is no such unit.
    """
    queries.get_unit(unit)
    with _writing(unit, by) as record:
        if not record.earlier and not Mayday.objects.filter(pk=unit).exists():
            known = queries.get_unit(unit)
            record(MaydayCalled(unit=unit, call_id=known.call_id if known.on_job else ""))


def mayday_acknowledge(*, unit: str, called_at: datetime, by: By) -> None:
    """Say that the desk has a mayday in hand. It stands on; who was first stays.

    Args:
        unit: whose.
        called_at: when the mayday that was seen was called: a later one is not taken with it.
        by: who.

    Raises:
        NotFound: there is no such unit.
        Refused: that mayday is over.
    """
    known = queries.get_unit(unit)
    with _writing(unit, by) as record:
        if record.earlier:
            return
        row = Mayday.objects.filter(pk=unit).first()
        if row is None or iso(row.at) != iso(called_at):
            what = f"That mayday of {known.call_sign} is over{'; another one stands' if row else ''}."
            raise Refused(code="mayday_over", what=what, do="Look at the board anew.")
        if row.acknowledged_at is None:
            record(MaydayAcknowledged(unit=unit, call_id=row.call_id))


def mayday_end(*, unit: str, reason: str, by: By) -> None:
    """Say that the crew is safe, or had called by mistake.

    Raises:
        NotFound: there is no such unit.
    """
    queries.get_unit(unit)
    with _writing(unit, by) as record:
        row = Mayday.objects.filter(pk=unit).first()
        if not record.earlier and row is not None:
            record(MaydayEnded(unit=unit, call_id=row.call_id, reason=reason))


# ---------------------------------------------------------------- transport, and a patient who waits


def transport_ask(*, unit: str, call_id: str, kind: str, by: By) -> str:
    """Ask for an ambulance or a helicopter; return the id of the asking. Asked twice, the first stands.

    Raises:
        NotFound: there is no such unit.
        BadInput: there is no such kind.
        Refused: the unit was never on that call.
    """
    if kind not in KINDS:
        raise BadInput(code="ask_kind", what=f"{kind!r} is none.", do=f"Use {' or '.join(KINDS)}.", where="kind")
    known = queries.get_unit(unit)
    with _writing(unit, by) as record:
        if record.earlier:
            return str(by.id)
        _insist_on_call(known, call_id)
        open_one = TransportAsk.objects.filter(unit=unit, call_id=call_id, kind=kind, answer="").first()
        if open_one is not None:
            return open_one.id
        record(TransportAsked(unit=unit, call_id=call_id, kind=kind))
    return str(by.id)


def transport_answer(*, unit: str, asked: str, answer: str, words: str, by: By) -> None:
    """Say what becomes of what a crew asked for.

    Raises:
        NotFound: there is no such unit.
        BadInput: there is no such answer.
        Refused: it asked for nothing of that id, or it was answered already.
    """
    if answer not in ANSWERS:
        raise BadInput(code="answer", what=f"{answer!r} is none.", do=f"Use {', '.join(ANSWERS)}.", where="answer")
    known = queries.get_unit(unit)
    with _writing(unit, by) as record:
        if record.earlier:
            return
        row = TransportAsk.objects.filter(pk=asked, unit=unit).first()
        if row is None:
            what = f"{known.call_sign} has asked for nothing of that id."
            raise Refused(code="not_asked", what=what, do="Look at the board anew.")
        if row.answer:
            what = f"{row.answered_by} answered it at {wall_clock(row.answered_at or by.at)}."
            raise Refused(code="answered", what=what, do="The crew may ask anew.")
        record(TransportAnswered(unit=unit, call_id=row.call_id, asked=asked, answer=answer, words=words))


def patient_reassess(*, unit: str, call_id: str, by: By) -> None:
    """Say that a waiting patient was looked at again.

    Raises:
        NotFound: there is no such unit.
        Refused: the unit was never on that call.
    """
    known = queries.get_unit(unit)
    with _writing(unit, by) as record:
        if not record.earlier:
            _insist_on_call(known, call_id)
            record(PatientReassessed(unit=unit, call_id=call_id))


# ---------------------------------------------------------------- reading


def list_signals(units: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return what a board shows of crews' phones, safety and what they ask for, of the units that have any of it."""
    found: dict[str, dict[str, Any]] = {}

    def of(unit: str) -> dict[str, Any]:
        return found.setdefault(unit, {"phones": 0, "mayday": None, "par": None, "asks": []})

    for phone in CrewPhone.objects.filter(unit__in=units):
        of(phone.unit)["phones"] += 1
    for mayday in Mayday.objects.filter(unit__in=units):
        of(mayday.unit)["mayday"] = {
            "at": iso(mayday.at),
            "by": mayday.by,
            "call_id": mayday.call_id or None,
            "acknowledged_at": iso(mayday.acknowledged_at),
            "acknowledged_by": mayday.acknowledged_by,
        }
    for par in Par.objects.filter(unit__in=units):
        of(par.unit)["par"] = par_entry(par)
    for one in TransportAsk.objects.filter(unit__in=units, answer="").order_by("at", "id"):
        of(one.unit)["asks"].append(ask_entry(one))
    return found


def list_all_right(units: Collection[str]) -> dict[tuple[str, str], datetime]:
    """Return when these units' crews last said that they are all right, by call and unit."""
    return {(one.call_id, one.unit): one.at for one in AllRight.objects.filter(unit__in=units)}


def par_entry(row: Par) -> dict[str, Any]:
    """Return how the asking of a crew stands."""
    return {
        "call_id": row.call_id,
        "started_at": iso(row.started_at),
        "because": row.because,
        "interval_s": row.interval_s,
        "grace_s": row.grace_s,
        "source": row.source,
        "ask_at": iso(row.ask_at),
        "due_at": iso(row.ask_at + timedelta(seconds=row.grace_s)),
        "missed_at": iso(row.missed_at),
    }


def ask_entry(one: TransportAsk) -> dict[str, Any]:
    """Return what a crew asked for, and what became of it."""
    return {
        "id": one.id,
        "call_id": one.call_id,
        "kind": one.kind,
        "at": iso(one.at),
        "by": one.by,
        "answer": one.answer,
        "words": one.words,
        "answered_at": iso(one.answered_at),
        "answered_by": one.answered_by,
    }


def list_asks(unit: str, call_id: str) -> list[dict[str, Any]]:
    """Return all that a unit asked for on a call, in order."""
    return [ask_entry(one) for one in TransportAsk.objects.filter(unit=unit, call_id=call_id).order_by("at", "id")]


def find_reassessed(unit: str, call_id: str) -> Reassessed | None:
    """Return when a unit's crew last looked at its waiting patient again, if it has."""
    return Reassessed.objects.filter(unit=unit, call_id=call_id).first()
