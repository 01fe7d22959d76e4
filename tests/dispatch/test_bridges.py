"""A bridge once it runs: stood down when the crew behind it is there first, and never otherwise."""

import pytest

from goldenhour.dispatch.bridges import OnCall, stand_downs
from goldenhour.dispatch.plans import load_book
from goldenhour.dispatch.units import Slot
from goldenhour.errors import BadInput

AMBULANCE = Slot(name="ambulance", target_s=480, transport=True, care="emt")
BRIDGE = Slot(name="bridge", target_s=480, care="emr", required=False, bridges="ambulance")
HELP = Slot(name="help", target_s=480, required=False)


def on(call_sign, slot, *, there):
    return OnCall(unit=f"demo/{call_sign}", call_sign=call_sign, slot=slot, there=there)


def test_the_bridge_is_stood_down_when_the_crew_behind_it_is_there_first():
    (one,) = stand_downs(
        [AMBULANCE, BRIDGE, HELP], [on("M7", "ambulance", there=True), on("R1", "bridge", there=False)]
    )

    assert (one.unit, one.why) == ("demo/R1", "M7, which it was to bridge the time to, is there first")


@pytest.mark.parametrize(
    "on_call",
    [
        [on("M7", "ambulance", there=False), on("R1", "bridge", there=False)],  # Nobody is there.
        [on("M7", "ambulance", there=True), on("R1", "bridge", there=True)],  # It hands over.
        [on("M7", "ambulance", there=False), on("R1", "bridge", there=True)],
        [on("E1", "help", there=True), on("R1", "bridge", there=False)],  # Not the crew behind it.
        [on("M7", "ambulance", there=True), on("E1", "help", there=False)],  # No bridge.
        [on("R1", "bridge", there=False)],
        [],
    ],
)
def test_nobody_else_is(on_call):
    assert stand_downs([AMBULANCE, BRIDGE, HELP], on_call) == ()


PLAN = """plans:
  - id: default
    tier: agency
    from: 2015-01-01
    source: "EX 1"
    slots:
      - {{name: ambulance, target_s: 600, {main}}}
      - {{name: ahead, target_s: 600, required: false, bridges: ambulance, {ahead}}}
"""


@pytest.mark.parametrize(
    ("main", "ahead"),
    [
        ("care: emt", "care: emr, transport: true"),  # A bridge never transports ...
        ("care: emt", "care: emr, skills: [rescue]"),  # ... never rescues ...
        ("care: emr", "care: emr"),  # ... and behind it comes an EMT or above.
        ("care: paramedic, accept: emr", "care: emr"),
        ("transport: true", "care: emr"),
    ],
)
def test_a_plan_whose_bridge_would_transport_rescue_or_stand_alone_is_refused(tmp_path, main, ahead):
    (tmp_path / "plans.yaml").write_text(PLAN.format(main=main, ahead=ahead))

    with pytest.raises(BadInput, match="neither carries patients nor rescues, and behind it comes a crew with an EMT"):
        load_book(tmp_path)


def test_a_plan_with_an_emt_crew_behind_its_bridge_is_read(tmp_path):
    (tmp_path / "plans.yaml").write_text(PLAN.format(main="care: paramedic, accept: emt", ahead="care: emr"))

    assert [slot.bridges for slot in load_book(tmp_path).plans[0].slots] == ["", "ambulance"]


def test_a_misspelt_skill_is_refused_and_the_agencys_own_words_are_not(tmp_path):
    good = PLAN.format(main="care: emt", ahead="care: emr, skills: [naloxone_intranasal, hazmat]")
    (tmp_path / "plans.yaml").write_text(good)
    assert load_book(tmp_path).plans[0].slots[1].of_the_crew == {"naloxone_intranasal"}
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "plans.yaml").write_text(good.replace("intranasal", "intranassal"))

    with pytest.raises(BadInput, match="Did you mean naloxone_intranasal"):
        load_book(tmp_path / "wrong")
