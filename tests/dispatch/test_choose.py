"""The recommendation: who goes, why, who was next, who was passed over and why, what is missing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from goldenhour.dispatch.choose import WaitingCall, counted_place, queue_order, recommend
from goldenhour.dispatch.plans import Need
from goldenhour.dispatch.policies import policy_named
from goldenhour.dispatch.units import Slot, UnitNow, able_columns, as_stated
from goldenhour.errors import BadInput
from goldenhour.fleet.crews import vehicle_of
from goldenhour.fleet.status import Status
from goldenhour.fleet.units import Unit, UnitType
from goldenhour.roads.network import UNREACHABLE_US
from goldenhour.workforce.capability import Capability, asserted
from goldenhour.workforce.rulings import bit_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLOSEST = policy_named("closest")
REDISPATCH = policy_named("closest-with-redispatch", redispatch=[(3, 1), (2, 1)])
AMBULANCE = Slot(name="ambulance", target_s=480, transport=True, care="paramedic", accept="emt")
FIRST = Slot(name="first_responder", target_s=300, care="emr", required=False, weight=3)
NEED = Need(call_id="26-0001", priority=1, slots=(AMBULANCE,), plan="medical-1 (2020-01-01)", rules_hash="h")


def unit(call_sign, *, status=Status.AVAILABLE, on="", on_priority=0, age=None, why_out="", aboard=None, **more):
    facts = {"type": UnitType.AMBULANCE, "station": "s1", "levels": ("paramedic", "emt"), "can_transport": True} | more
    one = Unit(id=f"demo/{call_sign}", call_sign=call_sign, agency="demo", **facts)
    counts = aboard or asserted(vehicle_of(one), "EX", NOON)
    if aboard is None and one.levels:
        counts = replace(counts, named=True, unconfirmed=())
    return UnitNow(
        unit=one,
        crew=counts,
        status=status,
        call_id=on,
        call_priority=on_priority,
        position_age_s=age,
        why_out=why_out,
    )


def ask(fleet, need=NEED, policy=CLOSEST):
    """`fleet` is a list of (unit, seconds to arrival)."""
    travel = np.array([UNREACHABLE_US if s is None else s * 1_000_000 for _, s in fleet], np.int64)
    return recommend([one for one, _ in fleet], need, travel, policy)


def why(answer):
    return {one.unit.partition("/")[2]: one.why for one in answer.passed_over}


def test_the_soonest_able_unit_goes_with_its_reason_runner_up_and_margin():
    answer = ask([(unit("M12"), 400), (unit("M7"), 250), (unit("M9"), 285)])

    (one,) = answer.chosen
    assert (one.slot, one.unit, one.arrive_s) == ("ambulance", "demo/M7", 250.0)
    assert (one.runner_up, one.margin_s) == ("demo/M9", 35.0)
    assert one.reason == "There in 4:10, soonest of 3 that can; within its target of 8:00."
    assert why(answer) == {"M9": "is 0:35 farther than M7", "M12": "is 2:30 farther than M7"}
    assert not answer.shortfalls
    assert not answer.waits


def test_every_unit_passed_over_is_told_why():
    engine = unit("E1", type=UnitType.ENGINE, can_transport=False)
    answer = ask(
        [
            (unit("M1", status=Status.AT_SCENE, on="26-0009", on_priority=2), 10),
            (unit("M2", status=Status.EN_ROUTE, on="26-0008", on_priority=3), 20),
            (unit("M3", status=Status.OUT_OF_SERVICE, why_out="flat tyre"), 30),
            (unit("M4", levels=("emt",)), 40),
            (engine, 50),
            (unit("M5", crew=1), 60),
            (unit("M6"), None),
            (unit("M7", status=Status.RETURNING), 300),
            (unit("M8"), 300),
        ]
    )

    assert [one.unit for one in answer.chosen] == ["demo/M7"]
    assert why(answer) == {
        "M1": "is busy on call 26-0009 (priority 2): at scene",
        "M2": "is on its way to call 26-0008 (priority 3), and policy closest does not take it off",
        "M3": "is out of service: flat tyre",
        "M4": "has no paramedic aboard",
        "E1": "cannot transport",
        "M5": "has a crew of 1, and a transport needs 2",
        "M8": "is as near as M7, which stands before it in the list",
        "M6": "cannot get there by road",
    }


def test_a_unit_on_its_way_to_something_less_urgent_is_diverted_where_the_policy_allows():
    fleet = [(unit("M2", status=Status.EN_ROUTE, on="26-0008", on_priority=3), 20), (unit("M7"), 300)]

    (one,) = ask(fleet, policy=REDISPATCH).chosen
    assert (one.unit, one.from_call_id) == ("demo/M2", "26-0008")
    assert "Taken off call 26-0008 (priority 3)." in one.reason

    (other,) = ask(fleet, replace(NEED, priority=2), REDISPATCH).chosen  # From 3 to 2 is not in the policy.
    assert (other.unit, other.from_call_id) == ("demo/M7", "")


def test_the_slots_are_filled_together_not_one_by_one():
    need = replace(NEED, slots=(FIRST, AMBULANCE))
    engine = unit("E1", type=UnitType.ENGINE, levels=("emt",), can_transport=False)

    answer = ask([(unit("M7"), 200), (engine, 290)], need)

    # The ambulance is nearest for both, but only it can transport.
    assert {one.slot: one.unit for one in answer.chosen} == {"ambulance": "demo/M7", "first_responder": "demo/E1"}


BRIDGE = Slot(name="bridge", target_s=480, care="emr", required=False, bridges="ambulance")


def responder(call_sign="R1"):
    return unit(call_sign, type=UnitType.RESPONDER, crew=1, levels=("emr",), can_transport=False)


@pytest.mark.parametrize(
    ("ambulance_s", "responder_s", "goes"),
    [
        (480, 100, False),  # The ambulance is in time.
        (481, 100, True),
        (481, 480, True),
        (600, 600, False),  # No sooner, so no help.
    ],
)
def test_a_responder_near_by_goes_ahead_of_an_ambulance_that_would_be_late(ambulance_s, responder_s, goes):
    need = replace(NEED, slots=(AMBULANCE, BRIDGE))

    answer = ask([(unit("M7"), ambulance_s), (responder(), responder_s)], need)

    # Never instead of it.
    assert {one.slot: one.unit for one in answer.chosen} == {"ambulance": "demo/M7"} | (
        {"bridge": "demo/R1"} if goes else {}
    )
    assert answer.empty == ()
    assert not answer.shortfalls
    if goes:
        assert "until M7, which comes late, is there" in answer.chosen[1].reason
    else:
        assert why(answer) == {"R1": "is not needed as a bridge"}


def test_a_responder_goes_while_no_ambulance_can_and_the_call_still_waits_for_one():
    need = replace(NEED, slots=(AMBULANCE, BRIDGE))

    answer = ask([(unit("M7", status=Status.AT_SCENE, on="26-0009", on_priority=1), 60), (responder(), 100)], need)

    assert [one.unit for one in answer.chosen] == ["demo/R1"]
    assert answer.empty == ("ambulance",)
    assert answer.waits


@pytest.mark.parametrize(("there_s", "goes"), [(480.0, []), (700.0, ["demo/R1"]), (90.0, [])])
def test_a_bridge_to_an_ambulance_under_way_is_asked_for_only_while_that_is_late(there_s, goes):
    need = replace(NEED, slots=(AMBULANCE, BRIDGE)).without({"ambulance": there_s})

    answer = ask([(responder(), 100), (responder("R2"), 800)], need)

    assert [one.unit for one in answer.chosen] == goes
    assert [one.unit for one in ask([(responder("R2"), 800)], need).chosen] == []  # Later than the ambulance.


def test_a_lesser_ambulance_goes_when_no_paramedic_can_and_that_is_said():
    answer = ask([(unit("M4", levels=("emt",)), 40), (unit("M1", status=Status.AT_HOSPITAL, on="26-0002"), 10)])

    assert [one.unit for one in answer.chosen] == ["demo/M4"]
    assert [lack.why for lack in answer.shortfalls] == ["Nobody with paramedic can come; M4 comes with emt."]
    assert not answer.waits


def test_a_slot_nobody_can_fill_is_a_shortfall_and_the_call_waits():
    need = replace(
        NEED, slots=(AMBULANCE, Slot(name="rescue", target_s=600, skills=frozenset({"rescue"}), required=False))
    )

    answer = ask([(unit("M1", status=Status.TRANSPORTING, on="26-0002", on_priority=1), 10)], need)

    assert answer.chosen == ()
    assert answer.waits
    assert answer.empty == ("ambulance", "rescue")
    assert [lack.why for lack in answer.shortfalls] == [
        "M1, the nearest that could, is busy on call 26-0002 (priority 1): transporting.",
        "No unit of the fleet can fill it.",
    ]


def test_a_unit_already_on_the_call_is_not_sent_twice():
    answer = ask(
        [(unit("M1", status=Status.EN_ROUTE, on="26-0001", on_priority=3), 10), (unit("M2"), 60)], policy=REDISPATCH
    )

    assert [one.unit for one in answer.chosen] == ["demo/M2"]
    assert why(answer)["M1"] == "is on this call already"


@pytest.mark.parametrize(
    ("own_s", "waited_s", "margin_s", "goes"),
    [
        (479, 0, 0, "M1"),  # Own district, within the target: first, though M2 is nearer.
        (481, 0, 0, "M2"),  # It would be late, and another would not.
        (481, 0, 5, "M1"),  # Within the margin.
        (479, 60, 0, "M2"),  # The call has waited a minute: its target is nearer.
    ],
)
def test_district_first_sends_the_own_unit_unless_it_would_be_late(own_s, waited_s, margin_s, goes):
    need = replace(NEED, district="s1", waited_s=waited_s)
    policy = policy_named("district-first", district_margin_s=margin_s)

    answer = ask([(unit("M1"), own_s), (unit("M2", station="s2"), 100)], need, policy)

    assert [one.unit for one in answer.chosen] == [f"demo/{goes}"]
    if goes == "M1" and not margin_s:
        assert why(answer)["M2"] == "is 6:19 nearer than M1, but not of the call's own district"
        assert "of the call's own district" in answer.chosen[0].reason


def test_an_unstated_care_level_counts_and_is_marked_unconfirmed():
    answer = ask([(unit("M1", levels=()), 100)])

    assert answer.chosen[0].reason.endswith("Its crew is unconfirmed: its agency states no care level.")


def test_a_crew_that_nobody_named_counts_as_its_agency_says_and_is_marked_unconfirmed():
    stated = as_stated(unit("M1").unit, "EX", NOON).crew

    answer = ask([(unit("M1", aboard=stated), 100)])

    assert "Its crew is unconfirmed: its agency says who is aboard, nobody by name." in answer.chosen[0].reason


LAPSED = "the paramedic's licence lapsed on 1 May 2026"


def aboard(*levels, **more):
    """A named crew that counts for these levels."""
    skills = more.pop("skills", ())
    mask = sum(bit_of(skill) for skill in skills)
    return Capability(levels=levels, crew=2, can_transport=True, skills=mask, **more)


def test_who_is_passed_over_for_a_lapsed_licence_is_told_so():
    answer = ask([(unit("M12", aboard=aboard("emt", warnings=(LAPSED,))), 60), (unit("M7"), 300)])

    assert [one.unit for one in answer.chosen] == ["demo/M7"]
    assert why(answer) == {"M12": f"has no paramedic aboard: {LAPSED}"}
    (lack,) = ask([(unit("M12", aboard=aboard("emt", warnings=(LAPSED,))), 60)]).shortfalls
    assert lack.why == f"Nobody with paramedic can come; M12 comes with emt. Aboard M12: {LAPSED}."


def test_a_crew_without_a_legal_crew_for_transport_is_told_why():
    legal = "has no legal crew: beside the attendant a transport needs an EMR or above"
    lacking = replace(aboard("paramedic"), can_transport=False, why_no_transport=legal)

    answer = ask([(unit("M12", aboard=lacking), 60), (unit("M7"), 300)])

    assert why(answer) == {"M12": legal}


@pytest.mark.parametrize(
    ("levels", "goes"),
    [(("paramedic", "emt"), False), (("paramedic", "paramedic"), True), (("emt", "emt", "emt"), False)],
)
def test_a_slot_may_ask_for_two_paramedics(levels, goes):
    need = replace(NEED, slots=(Slot(name="critical_care", target_s=600, care="paramedic", count=2),))

    answer = ask([(unit("M7", aboard=aboard(*levels)), 60)], need)

    assert bool(answer.chosen) is goes


def test_a_slot_may_ask_for_a_skill_of_the_crew_beside_tools_of_the_vehicle():
    slot = Slot(name="overdose", target_s=300, skills=frozenset({"naloxone_intranasal", "fire"}))
    engine = {"type": UnitType.ENGINE, "can_transport": False}
    fleet = [
        (unit("E1", aboard=aboard("emr"), **engine), 30),
        (unit("E2", aboard=aboard("emr", skills=["naloxone_intranasal"]), **engine), 60),
        (unit("M7", aboard=aboard("paramedic", skills=["naloxone_intranasal"])), 10),
        (unit("E3", aboard=aboard("emr", presumed=bit_of("naloxone_intranasal")), **engine), 90),
    ]

    answer = ask(fleet, replace(NEED, slots=(slot,)))

    assert [one.unit for one in answer.chosen] == ["demo/E2"]
    assert why(answer) == {
        "M7": "cannot do fire",
        "E1": "has nobody aboard who may do Opioid antagonist: intranasal unit dose here",
        "E3": "is 0:30 farther than E2",
    }
    (other,) = ask(fleet[3:], replace(NEED, slots=(slot,))).chosen  # What no rule speaks of counts, marked.
    assert "no rule says whether its crew may do Opioid antagonist: intranasal unit dose here" in other.reason


def test_a_rescue_slot_needs_the_tools_and_somebody_with_the_credential_whatever_their_level():
    slot = Slot(name="rescue", target_s=600, skills=frozenset({"rescue"}))
    truck = {"type": UnitType.RESCUE, "can_transport": False}
    fleet = [
        (unit("R1", aboard=aboard("paramedic"), **truck), 30),
        (unit("M7", aboard=aboard("paramedic", endorsements=frozenset({"rescue"}))), 40),
        (unit("R2", aboard=aboard("emr", endorsements=frozenset({"rescue"})), **truck), 60),
    ]

    answer = ask(fleet, replace(NEED, slots=(slot,)))

    assert [one.unit for one in answer.chosen] == ["demo/R2"]
    assert why(answer) == {
        "R1": "has nobody aboard with a rescue credential that holds",
        "M7": "cannot do rescue",
    }


def test_the_columns_of_a_bare_fleet_are_those_of_what_its_agencies_state():
    units = [unit("M1").unit, unit("M4", levels=("emt",)).unit, responder().unit]
    slots = [AMBULANCE, FIRST]

    assert able_columns(units, slots).tolist() == [[True, True], [False, True], [False, True]]
    assert able_columns(units, slots, lesser=True).tolist() == [[True, True], [True, True], [False, True]]
    assert able_columns([as_stated(one) for one in units], slots).tolist() == able_columns(units, slots).tolist()


def test_an_old_position_is_said_and_a_stale_one_falls_back_to_the_last_status():
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)

    assert "Its position is 1:35 old." in ask([(unit("M1", age=95.0), 100)]).chosen[0].reason
    assert counted_place("here", noon - timedelta(seconds=60), "post", at=noon) == ("here", 60.0)
    assert counted_place("here", noon - timedelta(seconds=61), "post", at=noon) == ("post", None)
    assert counted_place(None, None, "post", at=noon) == ("post", None)


def test_calls_wait_by_priority_then_age():
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    calls = [
        WaitingCall(call_id=f"26-000{n}", priority=priority, received_at=noon + timedelta(seconds=second))
        for n, (priority, second) in enumerate([(3, 0), (1, 50), (1, 40), (2, 10), (1, 40)])
    ]

    assert [call.call_id for call in queue_order(calls)] == ["26-0002", "26-0004", "26-0001", "26-0003", "26-0000"]


def test_the_answer_can_be_kept_as_a_fact():
    fact = ask([(unit("M7"), 250)]).as_event()

    assert fact.chosen[0]["unit"] == "demo/M7"
    assert (fact.plan, fact.rules_hash) == ("medical-1 (2020-01-01)", "h")


def test_a_policy_that_could_take_units_in_circles_is_refused():
    with pytest.raises(BadInput, match="goes in a circle"):
        policy_named("closest-with-redispatch", redispatch=[(3, 2), (2, 1), (1, 3)])
    with pytest.raises(BadInput, match='no policy "nearest"'):
        policy_named("nearest")
    assert not policy_named("closest", redispatch=[(3, 1)]).redispatch
