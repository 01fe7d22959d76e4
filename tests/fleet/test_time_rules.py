"""The order of a run's times: 28 rules, each with its own warning, and none for a run in its real order."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.errors import BadInput
from goldenhour.fleet.status import CHAIN, Stamp, flag_words, oddities, press
from goldenhour.fleet.time_rules import check_times, load_time_rules, not_before, rules_on

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
RULES = rules_on(NOON.date())
ABOUT_TWO = [one for one in RULES if one.not_before]


def at(seconds):
    return NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize("rule", ABOUT_TWO, ids=lambda one: one.rule.id)
def test_each_rule_of_two_times_warns_of_exactly_its_own_order(rule):
    stamps = {rule.stamp: at(0), rule.not_before: at(1)}

    (warned,) = check_times(stamps, now=at(10))

    assert (warned.rule, warned.stamp, warned.beside) == (rule.rule.id, rule.stamp, rule.not_before)
    step, other = (one.replace("_", " ") for one in (rule.stamp, rule.not_before))
    assert warned.words == f"{step.capitalize()} 12:00:00 lies before {other} 12:00:01."
    assert check_times(stamps | {rule.stamp: at(1)}, now=at(10)) == ()  # At the same second is in order.
    assert check_times({rule.stamp: at(0)}, now=at(10)) == ()  # What is missing is compared with nothing.


def test_the_rule_about_the_present_lets_an_hour_pass_and_not_a_second_more():
    assert check_times({"back_in_service": at(3600)}, now=at(0)) == ()

    (warned,) = check_times({"back_in_service": at(3601)}, now=at(0))

    assert warned.rule == "back_in_service/now"
    assert warned.words == "Back in service 13:00:01 lies more than 60 min in the future."


def test_the_rules_are_those_of_nemsis_that_need_times_alone(shared):
    theirs = set()
    for line in (shared / "reference" / "nemsis_etimes_rules.txt").read_text().splitlines():
        of, _, asserted = line.split(" | ")
        if "ancestor" in asserted or "eDisposition" in asserted:
            continue  # These need what the patient's record says.
        element = of.partition("[")[0]
        beside = re.search(r">= xs:dateTime\(\.\./(eTimes\.\d\d)\)", asserted)
        theirs.add((element, beside[1] if beside else "now"))

    ours = {
        (Stamp(one.stamp).element, Stamp(one.not_before).element if one.not_before else "now")
        for one in RULES
    }  # fmt: skip

    assert ours == theirs
    assert len(RULES) == len(theirs) == 28


def test_every_rule_is_dated_and_sourced_and_names_steps():
    assert all("NEMSIS" in one.rule.source and one.rule.tier == "national" for one in RULES)
    assert {one.stamp for one in RULES} | {one.not_before for one in ABOUT_TWO} <= set(Stamp)
    assert rules_on(date(2000, 1, 1)) == ()  # No rule is known for then, which is not "in order".


def test_a_line_that_says_nothing_of_a_relation_is_refused_by_name(tmp_path):
    file = tmp_path / "time_rules.yaml"
    file.write_text(
        "time_rules:\n  - {id: odd, tier: national, from: 2020-01-01, source: a book, stamp: on_scene}\n"
    )  # fmt: skip
    with pytest.raises(BadInput, match=r"time_rules.yaml, odd: needs a stamp, and either not_before or ahead_s"):
        load_time_rules(file)


def pressed(order, seconds):
    """The times that stand after these presses, in this order, and what was flagged."""
    stamps, flags = {}, []
    for stamp, second in zip(order, seconds, strict=True):
        meant = press(stamps, stamp, at=at(second), now=at(90_000), call_sign="M12", call_id="26-0001")
        flags += meant.flags
        if meant.counts:
            stamps[stamp] = meant.at
    return stamps, flags


@given(st.data())
def test_any_run_in_real_order_gives_no_warning(data):
    steps = data.draw(st.sets(st.sampled_from(CHAIN), min_size=1))
    seconds = sorted(data.draw(st.lists(st.integers(0, 80_000), min_size=len(steps), max_size=len(steps))))
    order = [stamp for stamp in CHAIN if stamp in steps]
    entered = data.draw(st.permutations(list(zip(order, seconds, strict=True))))  # Late entries come in any order.

    stamps, _ = pressed([one for one, _ in entered], [second for _, second in entered])

    assert check_times(stamps, now=at(90_000)) == ()
    assert len(stamps) == len(steps)


@given(st.lists(st.tuples(st.sampled_from(list(Stamp)), st.integers(0, 80_000)), max_size=25))
def test_any_odd_order_is_kept_with_its_true_times_and_warned_of_rule_by_rule(presses):
    stamps, flags = pressed([one for one, _ in presses], [second for _, second in presses])

    first = {}
    for stamp, second in presses:
        first.setdefault(stamp, at(second))
    assert stamps == first  # Nothing was refused, moved or tidied.
    warned = {one.rule for one in check_times(stamps, now=at(90_000))}
    assert warned == {
        f"{later}/{earlier}"
        for later, several in not_before(NOON.date()).items()
        for earlier in several
        if later in stamps and earlier in stamps and stamps[later] < stamps[earlier]
    }
    told = {f"{stamp}/{flag.removeprefix('before_')}" for stamp, flag in oddities(stamps) if flag.startswith("before_")}
    assert told == warned  # A press's own flags say the same.
    assert all(flag_words(flag) and "{" not in flag_words(flag) for flag in flags)
