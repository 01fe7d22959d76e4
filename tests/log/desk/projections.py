from goldenhour.log.events import KeyDestroyed
from goldenhour.log.live.projections import projects
from tests.log.desk.events import CallTaken, UnitCleared, UnitSent, UnitSentOld
from tests.log.desk.models import Assignment, Call


@projects(CallTaken)
def show_call(fact, where):
    Call.objects.create(call_id=fact.call_id, priority=fact.priority, callback=fact.callback, taken_at=where.at)


@projects(KeyDestroyed)
def forget_callback(fact, where):
    Call.objects.filter(call_id=fact.name.removeprefix("call_id/")).update(callback="")


@projects(UnitSentOld)
def never(fact, where):
    raise AssertionError("Projections see the newest version only.")


@projects(UnitSent)
def show_assignment(fact, where):
    assert isinstance(fact.passed_over, tuple)
    Assignment.objects.create(
        call_id=fact.call_id, unit=fact.unit, sent_at=where.at, passed_over=list(fact.passed_over)
    )


@projects(UnitCleared)
def show_cleared(fact, where):
    Assignment.objects.filter(unit=fact.unit, cleared_at=None).update(cleared_at=where.at)
