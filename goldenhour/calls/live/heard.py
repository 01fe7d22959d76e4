"""What is heard beside the questions: who it is about, where the phone is, what was written, who can interpret."""

import json
from collections.abc import Mapping
from typing import Any

from goldenhour.calls.details import check_details, split
from goldenhour.calls.events import (
    DetailsChanged,
    InterpreterJoined,
    InterpreterWanted,
    LocationHeard,
    TextExchanged,
)
from goldenhour.calls.intake import refuse_nowhere
from goldenhour.calls.live import queries
from goldenhour.calls.live.asking import get_subject, open_subject, reach_if_asked
from goldenhour.calls.live.by import By, writing_of
from goldenhour.calls.live.drafts import insist_on_version
from goldenhour.calls.live.services import open_call
from goldenhour.errors import BadInput
from goldenhour.log.live import feed

SOURCES = ("first", "rebid", "text", "caller")
DIRECTIONS = ("in", "out")
_FARTHEST_M = 1_000_000


def details_change(*, call_id: str, seen: int, fields: Mapping[str, Any], by: By) -> int:
    """Write down what is known of the caller and the patient; return the version that this made.

    Raises:
        NotFound: there is no such call.
        Refused: it is closed, or somebody changed it meanwhile. Nothing is overwritten.
        BadInput: a field that there is not, or a value that it cannot have.
    """
    plain, personal = split(check_details(fields))
    with writing_of(call_id, by) as record:
        if record.earlier:
            _, fact = feed.read_from(record.earlier[0].position - 1, limit=1)[0]
            return int(getattr(fact, "version", 0))
        call = open_call(call_id)
        insist_on_version(call_id, call.version, seen, who=call.changed_by, at=call.changed_at)
        record(DetailsChanged(call_id=call_id, version=seen + 1, fields=plain, sealed=json.dumps(personal)))
        if "age_years" in plain:  # A child's script is another one, and its determinant may be.
            reach_if_asked(record, call_id)
    return seen + 1


def location_hear(*, call_id: str, lon: float, lat: float, accuracy_m: float | None, source: str, by: By) -> None:
    """Keep where a phone said it is. The call stays where it is taken for, until a person moves it.

    Raises:
        NotFound: there is no such call or draft.
        BadInput: it is no place on the globe, or the source or radius is none.
    """
    refuse_nowhere(lon, lat, None)
    if source not in SOURCES:
        do = f"Use one of {', '.join(SOURCES)}."
        raise BadInput(code="source", what=f"there is no source {source!r}.", do=do, where="source")
    if accuracy_m is not None and not 0 <= accuracy_m <= _FARTHEST_M:
        do = "Give metres, or leave it out where nobody said."
        raise BadInput(code="accuracy", what=f"{accuracy_m} is no radius.", do=do, where="accuracy_m")
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        get_subject(call_id)  # Also after its end: a call that was cut off is found by it.
        record(LocationHeard(call_id=call_id, lon=lon, lat=lat, accuracy_m=accuracy_m, source=source))


def text_exchange(*, call_id: str, direction: str, text: str, by: By) -> None:
    """Keep one line of a conversation in text messages.

    Raises:
        NotFound: there is no such call or draft.
        BadInput: it goes neither in nor out.
    """
    if direction not in DIRECTIONS:
        what, do = f"{direction!r} is no direction.", "Use in (from the caller) or out."
        raise BadInput(code="direction", what=what, do=do, where="direction")
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        get_subject(call_id)
        record(TextExchanged(call_id=call_id, direction=direction, text=text))


def interpreter_want(*, call_id: str, language: str, by: By) -> None:
    """Ask for an interpreter.

    Raises:
        NotFound: there is no such call or draft.
        Refused: it is over.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        open_subject(call_id)
        known = queries.find_interpreter(call_id)
        if known is None or known.language != language:
            record(InterpreterWanted(call_id=call_id, language=language))


def interpreter_join(*, call_id: str, language: str, by: By) -> None:
    """Say that an interpreter is on the line.

    Raises:
        NotFound: there is no such call or draft.
        Refused: it is over.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        open_subject(call_id)
        record(InterpreterJoined(call_id=call_id, language=language))
