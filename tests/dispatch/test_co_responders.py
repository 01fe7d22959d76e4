"""Which services can be asked for help, for which calls they are proposed, and what they may say."""

from datetime import UTC, date, datetime, timedelta

import pytest

from goldenhour.calls.natures import natures
from goldenhour.dispatch.co_responders import (
    OPEN,
    PLANS,
    SERVICES,
    SafetyTask,
    Said,
    State,
    book_on,
    is_said_safe,
    state_after,
)
from goldenhour.errors import BadInput

DAY = date(2026, 3, 1)
WAIT = datetime(2026, 3, 1, 22, tzinfo=UTC)


def proposed(nature, book=None):
    return [(one.service, one.task, one.stage) for one in (book or book_on(DAY)).proposed(nature)]


def test_violence_and_overdose_propose_law_enforcement_and_a_crash_fire_with_law_enforcement():
    for nature in ("assault", "penetrating_trauma", "active_shooter", "overdose"):
        assert proposed(nature) == [("law_enforcement", "scene_safety", True)]
    assert proposed("traffic_incident") == [
        ("fire", "fire_suppression", False), ("law_enforcement", "traffic_control", False),
    ]  # fmt: skip
    assert proposed("stroke") == []
    assert proposed("no_such_nature") == []


def test_nobody_who_cannot_make_a_scene_safe_is_waited_for():
    book = book_on(DAY)
    for nature in natures():
        for service, task, stage in proposed(nature):
            assert not stage or task in book.services[service].make_safe
    assert ("crisis_team", "crisis_response", False) in proposed("psychiatric")


def test_a_region_s_own_lines_go_before_from_their_day_on_and_can_take_a_proposal_back(tmp_path):
    own = tmp_path / "co_responder_plans.yaml"
    line = "{id: overdose, tier: agency, from: 2026-03-01, source: Order 9, natures: [overdose], asks: {}}"
    own.write_text(f"proposals:\n  - {line}\n")
    before, after = (book_on(day, (SERVICES,), (PLANS, own)) for day in (date(2026, 2, 28), DAY))
    assert proposed("overdose", before) == [("law_enforcement", "scene_safety", True)]
    assert proposed("overdose", after) == []
    assert proposed("assault", after) != []


def test_before_any_line_there_is_nobody_to_ask():
    book = book_on(date(2019, 12, 31))
    assert (dict(book.services), book.plans) == ({}, ())


def test_a_word_names_its_service_and_a_strange_one_is_answered_with_those_there_are():
    book = book_on(DAY)
    assert book.service_named("POLICE") is book.service_named("law_enforcement")
    with pytest.raises(BadInput, match="no service is 'polis'. Use one of POLICE, FIRE"):
        book.service_named("polis")


@pytest.mark.parametrize(
    "says",
    [
        "natures: [nonsense], asks: {fire: lift}",
        "groups: [nonsense], asks: {fire: lift}",
        "natures: [fall], asks: {nobody: lift}",
        "natures: [fall], asks: {fire: fly}",
        "natures: [fall]",
    ],
)
def test_a_proposal_of_what_there_is_not_is_refused(tmp_path, says):
    file = tmp_path / "plans.yaml"
    file.write_text(f"proposals:\n  - {{id: own, tier: agency, from: 2026-01-01, source: s, {says}}}\n")
    with pytest.raises(BadInput, match="own"):
        book_on(DAY, (SERVICES,), (PLANS, file))


@pytest.mark.parametrize(
    "says",
    [
        "label: A, words: [a]",
        "label: A, words: [], tasks: {t: T}",
        "words: [a], tasks: {t: T}",
        "label: A, words: [a], tasks: {t: T}, make_safe: [u]",
        "label: A, words: [police], tasks: {t: T}",
    ],
)
def test_a_service_that_cannot_be_asked_is_refused(tmp_path, says):
    file = tmp_path / "services.yaml"
    file.write_text(f"co_responders:\n  - {{id: own, tier: agency, from: 2026-01-01, source: s, {says}}}\n")
    with pytest.raises(BadInput):
        book_on(DAY, (SERVICES, file), (PLANS,))


@pytest.mark.parametrize("said", list(Said))
@pytest.mark.parametrize("state", list(State))
def test_what_is_over_stays_over_and_safety_moves_nothing(state, said):
    after = state_after(state, said)
    if state not in OPEN:
        assert after is None
    elif said in {Said.SAFE, Said.NOT_SAFE}:
        assert after is state
    elif state is State.THERE:
        assert after is (State.CLEARED if said is Said.CLEARED else None)
    else:
        assert after == said


def task(state, minutes=None):
    return SafetyTask(state=state, safe_at=None if minutes is None else WAIT + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("tasks", "offered"),
    [
        ([], False),  # Nobody was asked.
        ([task(State.THERE)], False),  # Being there is not being safe.
        ([task(State.THERE, 0)], True),
        ([task(State.THERE, -1)], False),  # Said before the units were told to wait: of another danger.
        ([task(State.THERE, 5), task(State.COMING)], False),  # The other one was asked as well.
        ([task(State.THERE, 5), task(State.THERE, -1)], False),
        ([task(State.THERE, 5), task(State.DECLINED)], True),  # Nobody waits for who does not come.
        ([task(State.CLEARED, 5)], True),
        ([task(State.CLEARED)], False),  # It left without a word.
        ([task(State.DECLINED), task(State.CANCELLED)], False),
    ],
)
def test_entering_is_offered_only_once_all_who_were_asked_said_so_since_the_units_wait(tasks, offered):
    assert is_said_safe(tasks, WAIT) is offered
