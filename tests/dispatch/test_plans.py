"""Response plans are dated data: every call gets one, and a wrong line is refused with its place."""

from datetime import date, datetime

import pytest

from goldenhour.calls.natures import PRIORITIES, natures
from goldenhour.dispatch.plans import BOOKS, Asking, load_book
from goldenhour.errors import BadInput

PLAN = """plans:
  - {{id: default, tier: agency, from: 2015-01-01, source: "EX 1", slots: [{{name: ambulance, target_s: 600}}]}}
  - id: chest
    tier: {tier}
    from: 2018-01-01
    to: 2024-01-01
    source: "EX Plan 3.1"
    natures: [chest_pain]
    slots: [{{name: ambulance, target_s: 480}}]
  - id: chest
    tier: {tier}
    from: {second}
    source: "EX Plan 3.2"
    natures: [chest_pain]
    slots: [{{name: ambulance, target_s: 480}}, {{name: engine, target_s: 240, types: [engine]}}]
"""


def book(tmp_path, text):
    (tmp_path / "plans.yaml").write_text(text)
    return load_book(tmp_path)


@pytest.fixture
def dated(tmp_path):
    return book(tmp_path, PLAN.format(tier="agency", second="2024-01-01"))


@pytest.mark.parametrize(
    ("day", "plan", "slots"),
    [
        (date(2017, 12, 31), "default (2015-01-01)", 1),  # The last day before the first plan for it.
        (date(2018, 1, 1), "chest (2018-01-01)", 1),
        (date(2023, 12, 31), "chest (2018-01-01)", 1),  # The last day of the old version.
        (date(2024, 1, 1), "chest (2024-01-01)", 2),  # The day it changed.
        (date(2014, 12, 31), "default (2015-01-01)", 1),  # Before anything is known: the default, and it is said.
    ],
)
def test_the_plan_in_force_that_day_counts(dated, day, plan, slots):
    need = dated.need(call_id="26-0001", nature="chest_pain", priority=1, day=day)

    assert need.plan == plan
    assert len(need.slots) == slots
    assert need.rules_hash == dated.hash
    assert bool(need.note) == plan.startswith("default")


def test_what_is_unknown_gets_the_default_plan_and_says_so(dated):
    need = dated.need(call_id="26-0001", nature="moon_landing", priority=1, day=date(2025, 1, 1))

    assert need.slots
    assert need.note == "Default plan: no plan speaks of moon_landing at priority 1."
    early = dated.need(call_id="26-0001", nature="fall", priority=1, day=date(2001, 1, 1))
    assert early.note == "Default plan of 2015-01-01: no plan is known for 2001-01-01."


@pytest.mark.parametrize("name", [one.name for one in BOOKS.iterdir() if one.is_dir()])
def test_every_book_that_ships_answers_every_call(name):
    shipped = load_book(name)

    for nature in natures():
        for priority in PRIORITIES:
            plan, note = shipped.plan_on(nature, priority, date(2026, 1, 1))
            assert plan.slots
            assert not note  # Made for it, not by default.
    assert all(plan.rule.source for plan in shipped.plans)


def test_a_serious_medical_call_gets_an_ambulance_and_a_near_first_responder():
    need = load_book("county").need(call_id="26-0001", nature="chest_pain", priority=1, day=date(2026, 1, 1))

    assert [slot.name for slot in need.slots] == ["ambulance", "first_responder"]
    assert [slot.name for slot in need.without({"ambulance": 90.0}).slots] == ["first_responder"]


def test_the_nearer_tier_goes_before(tmp_path):
    text = (
        PLAN.format(tier="national", second="2024-01-01")
        + """  - id: ours
    tier: agency
    from: 2020-01-01
    source: "Our own"
    natures: [chest_pain]
    slots: [{name: rescue, target_s: 100, skills: [rescue]}]
"""
    )
    assert book(tmp_path, text).plan_on("chest_pain", 1, date(2025, 1, 1))[0].rule.id == "ours"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("from: 2024-01-01", "from: 2023-12-31"), "overlaps with"),
        (('source: "EX Plan 3.2"', 'source: ""'), "chest: has no source"),
        (("natures: [chest_pain]", "natures: [chset_pain]"), "natures: 'chset_pain' is unknown"),
        (("target_s: 480", "target_s: 0"), "a target_s above 0"),
        (("types: [engine]", "types: [boat]"), "slot engine: 'boat' is unknown"),
        (("types: [engine]", "colour: red"), "slot engine: 'colour' is unknown"),
        (("types: [engine]", "bridges: ambulance"), "A bridge is not required"),
        (("types: [engine]", "bridges: boat, required: false"), "slot engine bridges the time to boat"),
        (("to: 2024-01-01", "until: 2024-01-01"), "unknown field until"),
        (("tier: agency\n    from: 2018", "tier: town\n    from: 2018"), "tier is 'town'"),
        (("from: 2018-01-01", "from: soon"), "must be days"),
        (("to: 2024-01-01", "to: 2018-01-01"), "not after it starts"),
        (("id: default,", "id: default, natures: [fall],"), "no plan without natures"),
        (
            ("tier: agency\n    from: 2018-01-01", "tier: agency\n    tier: state\n    from: 2018-01-01"),
            "tier is there twice",
        ),
    ],
)
def test_a_wrong_line_is_refused_with_its_place(tmp_path, change, said):
    good = PLAN.format(tier="agency", second="2024-01-01")
    assert change[0] in good
    with pytest.raises(BadInput) as refusal:
        book(tmp_path, good.replace(*change))
    assert said in str(refusal.value)


def test_two_plans_for_the_same_call_are_refused(tmp_path):
    second = "id: chest\n    tier: agency\n    from: 2024-01-01"
    text = PLAN.format(tier="agency", second="2024-01-01")
    assert second in text
    with pytest.raises(BadInput, match="speaks of the same calls on the same days"):
        book(tmp_path, text.replace(second, second.replace("chest", "other").replace("2024", "2020")))


LOCAL = """plans:
  - {id: default, tier: agency, from: 2015-01-01, source: "EX 1", slots: [{name: ambulance, target_s: 600}]}
  - {id: harbour, tier: agency, from: 2015-01-01, source: "EX 2", places: {harbour: [-90.2, 40.0, -90.1, 40.1]}, slots: [{name: boat, target_s: 900}]}
  - {id: night, tier: agency, from: 2015-01-01, source: "EX 3", hours: [22, 6], slots: [{name: volunteers, target_s: 900}]}
  - {id: weekend-night, tier: agency, from: 2015-01-01, source: "EX 4", hours: [22, 6], days: Sat-Sun, slots: [{name: second, target_s: 900}]}
  - {id: basic, tier: agency, from: 2015-01-01, source: "EX 5", groups: [medical], responses: [bls], slots: [{name: emts, target_s: 900}]}
  - {id: chest, tier: agency, from: 2015-01-01, source: "EX 6", natures: [chest_pain], slots: [{name: medic, target_s: 480}]}
"""  # noqa: E501


@pytest.mark.parametrize(
    ("known", "plan"),
    [
        ({}, "default"),  # Nothing more is known of it.
        ({"lon": -90.15, "lat": 40.05}, "harbour"),
        ({"lon": -90.1, "lat": 40.05}, "default"),  # The east edge belongs to whoever comes next.
        ({"at": datetime(2026, 3, 3, 21, 59, 59)}, "default"),
        ({"at": datetime(2026, 3, 3, 22)}, "night"),
        ({"at": datetime(2026, 3, 3, 5, 59, 59)}, "night"),
        ({"at": datetime(2026, 3, 3, 6)}, "default"),
        ({"at": datetime(2026, 3, 7, 23)}, "weekend-night"),  # Hours and days before hours alone.
        ({"at": datetime(2026, 3, 7, 23), "lon": -90.15, "lat": 40.05}, "harbour"),  # The place before the time.
        ({"nature": "sick_person", "response": "bls"}, "basic"),
        ({"nature": "sick_person", "response": "als_bls"}, "default"),
        ({"nature": "chest_pain", "response": "bls", "lon": -90.15, "lat": 40.05}, "chest"),  # What it is, before all.
    ],
)
def test_the_closest_plan_by_what_place_and_time_counts(tmp_path, known, plan):
    nature = known.pop("nature", "fall")
    asked = book(tmp_path, LOCAL).need(
        call_id="26-0001", nature=nature, priority=2, day=date(2026, 3, 3), more=Asking(**known)
    )

    assert asked.plan == f"{plan} (2015-01-01)"


@pytest.mark.parametrize(
    "other",
    [
        "places: {pier: [-90.15, 40.05, -90.0, 40.2]}",  # A corner of the harbour.
        "hours: [5, 9]",  # From five to six it is night, too.
        "days: Sun-Mon, hours: [0, 3]",
    ],
)
def test_two_plans_for_one_place_and_time_are_refused_with_both_names(tmp_path, other):
    dated = 'id: other, tier: agency, from: 2015-01-01, source: "EX 9"'
    more = f"  - {{{dated}, {other}, slots: [{{name: x, target_s: 9}}]}}"

    with pytest.raises(BadInput, match=r"plans.yaml, other.*speaks of the same calls.*plans.yaml, \w"):
        book(tmp_path, LOCAL + more + "\n")


def test_plans_for_hours_that_do_not_meet_stand_side_by_side(tmp_path):
    dated = 'id: day, tier: agency, from: 2015-01-01, source: "EX 9"'
    more = f"  - {{{dated}, hours: [6, 22], slots: [{{name: x, target_s: 9}}]}}\n"

    assert len(book(tmp_path, LOCAL + more).plans) == 7
