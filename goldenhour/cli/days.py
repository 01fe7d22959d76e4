"""Days as they are written on the command line: 2026-01-31 and nothing else."""

import re
from datetime import date

from goldenhour.errors import BadInput

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # `fromisoformat` also takes 20260131 and 2026-W05-6.


def day_of(text: str, *, where: str) -> date:
    """Return the day that a text names.

    Raises:
        BadInput: it is written otherwise, or there is no such day.

    >>> day_of("2026-01-31", where="--on")
    datetime.date(2026, 1, 31)
    """
    wrong = BadInput(code="bad_day", what=f'"{text}" is no day.', do="Write it like 2026-01-31.", where=where)
    if not _WRITTEN.fullmatch(text):
        raise wrong
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong from None
