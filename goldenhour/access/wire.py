"""How a time stands in an answer: ISO-8601, UTC, whole milliseconds."""

from datetime import UTC, datetime


def iso(at: datetime | None) -> str | None:
    """Return a time as the API writes it; None stays None (a missing time is never 0:00).

    >>> iso(datetime(2026, 3, 1, 14, 2, 31, 500_999, tzinfo=UTC))
    '2026-03-01T14:02:31.500Z'
    """
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None
