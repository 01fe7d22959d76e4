"""Reading who is on which call. Rows are for reading only."""

from collections.abc import Collection

from goldenhour.dispatch.live.models import Advice, Aid, Assignment, CoResponder, Held, Posting, Staging, Waiting


def find_running(unit: str) -> Assignment | None:
    """Return the assignment that a unit is on, if any."""
    return Assignment.objects.filter(unit=unit, cleared_at=None).first()


def list_running() -> list[Assignment]:
    """Return every assignment that is not over."""
    return list(Assignment.objects.filter(cleared_at=None))


def list_of_calls(call_ids: Collection[str]) -> list[Assignment]:
    """Return all assignments of these calls, over or not, in the order in which they were made."""
    return list(Assignment.objects.filter(call_id__in=call_ids).order_by("id"))


def list_advice(call_ids: Collection[str]) -> dict[str, Advice]:
    """Return the latest recommendation of each of these calls that has one."""
    return Advice.objects.in_bulk(list(call_ids))


def list_waiting() -> list[Waiting]:
    """Return the calls that wait for somebody, by number; the desk orders them by priority, then age."""
    return list(Waiting.objects.order_by("call_id"))


def list_staging(call_ids: Collection[str]) -> dict[str, Staging]:
    """Return where the units of these calls are to wait, by call."""
    return Staging.objects.in_bulk(list(call_ids))


def list_co_responders(call_ids: Collection[str]) -> list[CoResponder]:
    """Return whom these calls asked for help that the house does not run, in the order in which they were asked."""
    return list(CoResponder.objects.filter(call_id__in=call_ids).order_by("asked_at", "id"))


def picture() -> dict[str, list[tuple[object, ...]]]:
    """Return all that dispatch shows, to hold two pictures against each other."""
    return {
        "assignments": list(Assignment.objects.order_by("id").values_list("call_id", "unit", "slot", "cleared_at")),
        "waiting": [(one.call_id, tuple(one.slots)) for one in list_waiting()],
        "held": list(Held.objects.order_by("call_id").values_list("call_id", "since", "by")),
        "aid": list(Aid.objects.order_by("id").values_list("id", "state", "unit", "arrived_at", "ended_at")),
        "co_responders": list(CoResponder.objects.order_by("id").values_list("id", "state", "since", "safe_at")),
        "posts": list(Posting.objects.order_by("unit").values_list("unit", "post", "since")),
    }
