"""Targets are dated data; what was measured is judged against them in words, and never on too little."""

from datetime import date

import pytest

from goldenhour.errors import BadInput
from goldenhour.fleet.status import Stamp
from goldenhour.measure.targets import judge, load_targets, region_targets, targets_on
from tests.measure.test_intervals import runs

S = Stamp


def in_force(day, **where):
    return {one.rule.id: one for one in targets_on(day, **({"jurisdiction": "US"} | where))}


@pytest.mark.parametrize(
    ("day", "seconds"),
    [
        (date(2016, 12, 30), None),  # The 2013 edition: another percentile.
        (date(2016, 12, 31), 64),
        (date(2023, 1, 22), 64),  # The last day that the 2016 edition is the newest known one.
        (date(2023, 1, 23), 60),
    ],
)
def test_the_edition_in_force_that_day_counts(day, seconds):
    target = in_force(day).get("nfpa-processing-90")

    assert (target.seconds if target else None) == seconds


def test_targets_of_a_place_hold_only_there():
    day = date(2026, 1, 1)

    assert "apot" in in_force(day, jurisdiction="US-CA")
    assert "apot" in in_force(day, jurisdiction="US-CA-SF")
    assert "apot" not in in_force(day, jurisdiction="US-NV")
    assert "nhs-c1-p90" in in_force(day, jurisdiction="GB-ENG")
    assert "nhs-c1-p90" not in in_force(day, jurisdiction="US-CA")
    assert not any(key.startswith("nfpa") for key in in_force(day, jurisdiction="GB-ENG"))
    assert in_force(day, jurisdiction="") == {}
    assert "nfpa-1720-rural" not in in_force(day, jurisdiction="US-CA")
    assert "nfpa-1720-rural" in in_force(day, jurisdiction="US-CA", staffing="volunteer")


@pytest.mark.parametrize(("within", "met"), [(90, True), (89, False)])
def test_a_target_is_met_from_its_share_on(within, met):
    target = in_force(date(2026, 1, 1))["nfpa-1710-turnout-ems"]
    table = runs(*({S.UNIT_NOTIFIED: 0, S.EN_ROUTE: 60 if n < within else 61} for n in range(100)))

    verdict = judge(table, target)

    assert verdict.met is met
    assert verdict.share == within / 100
    told = f"{within}.0 % of 100 were"
    assert verdict.words.startswith("NFPA 1710: turnout (ambulance and quick response) at most 1:00 for 90 %: ")
    assert told in verdict.words


def test_an_average_is_judged_as_an_average():
    target = in_force(date(2026, 1, 1), jurisdiction="GB-ENG")["nhs-c1-average"]
    table = runs(*({S.PSAP_CALL: 0, S.ON_SCENE: 400 + 40 * (n % 2)} for n in range(40)))

    assert judge(table, target).reached_s == 420
    assert judge(table, target).met


def test_the_first_unit_on_scene_answers_for_the_call():
    (target,) = region_targets({1: 300}, source="region.toml")
    rows = [{S.PSAP_CALL: 0, S.ON_SCENE: second} for _ in range(40) for second in (500, 200)]

    verdict = judge(runs(*rows, call_id=[n // 2 for n in range(80)]), target)

    assert (verdict.n, verdict.share, verdict.met) == (40, 1.0, True)


def test_missing_and_negative_times_neither_meet_nor_miss_a_target():
    (target,) = region_targets({1: 300}, source="region.toml")
    good = [{S.PSAP_CALL: 0, S.ON_SCENE: 250}] * 30

    verdict = judge(runs(*good, {S.PSAP_CALL: 0}, {S.PSAP_CALL: 90, S.ON_SCENE: 20}), target)

    assert (verdict.n, verdict.share) == (30, 1.0)


def test_too_few_and_unmeasured_ones_are_not_judged():
    (target,) = region_targets({1: 300}, source="region.toml")
    verdict = judge(runs(*[{S.PSAP_CALL: 0, S.ON_SCENE: 250}] * 29), target)
    assert (verdict.met, verdict.share) == (None, 1.0)
    assert "too few to judge (29)" in verdict.words
    assert judge(runs({S.PSAP_CALL: 0}), target).share is None

    answer = judge(runs({}), in_force(date(2026, 1, 1))["nena-answer-15"])
    assert answer.met is None
    assert "not measured" in answer.words


def test_every_target_that_ships_can_be_judged_and_has_a_source():
    targets, digest = load_targets()

    assert len(digest) == 64
    for target in targets:
        assert target.rule.source
        assert judge(runs({}), target).met is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("percent: 90", "percent: 90, average: true"), "either a percent or average"),
        (("interval: turnout", "interval: turnaround"), "interval turnaround is unknown"),
        (("seconds: 60", "seconds: 0"), "needs seconds above 0"),
        (("of: unit", "of: crew"), "of: crew is unknown"),
    ],
)
def test_a_wrong_target_is_refused_with_its_place(tmp_path, change, said):
    line = ("targets: [{id: t, tier: agency, from: 2020-01-01, source: s, interval: turnout, of: unit, percent: 90, "
            "seconds: 60}]")  # fmt: skip
    (tmp_path / "own.yaml").write_text(line.replace(*change))

    with pytest.raises(BadInput, match="own.yaml, t: ") as refusal:
        load_targets(tmp_path)
    assert said in str(refusal.value)
