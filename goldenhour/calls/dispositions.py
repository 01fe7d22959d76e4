"""Calls that are not, or not yet, emergencies: what may be done about them, as data. Pure."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from goldenhour.dated import read_yaml
from goldenhour.errors import BadInput

CALLBACKS = ("reached", "no_answer", "busy", "voicemail", "wrong_number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """One way to deal with a call."""

    key: str
    label: str
    ends: bool = False  # A draft is off the desk with it.
    to: bool = False  # It must be said to, or from, whom.
    follow_up: bool = False  # It must be said when somebody sees to it.


@cache
def dispositions() -> dict[str, Disposition]:
    """Return every disposition by its key."""
    lines = read_yaml(Path(__file__).with_name("dispositions.yaml"))["dispositions"]
    return {line["key"]: Disposition(**line) for line in lines}


def check(kind: str, *, to: str, due: bool) -> Disposition:
    """Return the disposition, or refuse what is not said about it.

    Raises:
        BadInput: there is none of that key, or it lacks where to or when.
    """
    known = dispositions()
    if kind not in known:
        do = f"Use one of {', '.join(known)}."
        raise BadInput(code="disposition", what=f"there is no disposition {kind!r}.", do=do, where="kind")
    found = known[kind]
    if found.to and not to.strip():
        what = f'"{found.label}" needs the name of the other side.'
        raise BadInput(code="disposition_to", what=what, do="Say which center, line or service.", where="to")
    if found.follow_up and not due:
        what = f'"{found.label}" needs a time when somebody sees to it.'
        raise BadInput(code="disposition_due", what=what, do="Give due_at.", where="due_at")
    return found
