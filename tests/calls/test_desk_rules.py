"""The figures of working on calls together: dated, an agency's own before what is shipped, and read strictly."""

from datetime import UTC, date, datetime, timedelta

import pytest

from goldenhour.calls.claims import Claim, Doing
from goldenhour.calls.desk_rules import SHIPPED, desk_rules_on
from goldenhour.calls.notes import ShownTo, readers
from goldenhour.errors import BadInput

LINE = """desk_rules:
  - id: own
    tier: agency
    from: 2026-01-01
    source: "The agency's order 7"
    claim_idle_s: {idle}
"""


def own(folder, idle="60"):
    file = folder / "desk_rules.yaml"
    file.write_text(LINE.format(idle=idle))
    return (SHIPPED, file)


def test_an_agency_s_own_figure_goes_before_from_its_day_on_and_the_others_stay(tmp_path):
    paths = own(tmp_path)

    before, after = (desk_rules_on(day, paths) for day in (date(2025, 12, 31), date(2026, 1, 1)))

    assert (before.claim_idle_s, after.claim_idle_s) == (300, 60)
    assert after.reopen_h == before.reopen_h == desk_rules_on(date(2026, 1, 1)).reopen_h


@pytest.mark.parametrize("idle", ["-1", "true", "soon"])
def test_a_figure_that_is_none_is_refused_with_its_line(tmp_path, idle):
    with pytest.raises(BadInput, match="claim_idle_s"):
        desk_rules_on(date(2026, 1, 1), own(tmp_path, idle))


def test_before_any_rule_the_answer_is_not_guessed():
    with pytest.raises(BadInput, match="No rule says claim_idle_s, late_s, reopen_h"):
        desk_rules_on(date(2019, 12, 31))


def test_a_claim_ends_after_the_idle_time_and_is_worth_saying_again_after_a_third_of_it():
    at = datetime(2026, 3, 1, 14, tzinfo=UTC)
    claim = Claim(by="bob", since=at, seen_at=at, doing=Doing.TYPING, idle=timedelta(seconds=300))

    assert [claim.holds(at + timedelta(seconds=s)) for s in (0, 299, 300)] == [True, True, False]
    assert [claim.is_due(at + timedelta(seconds=s)) for s in (0, 99, 100)] == [False, False, True]


def test_who_reads_a_note_reads_those_for_whoever_comes_after_and_never_the_desk_s_own():
    assert readers(ShownTo.DESK) == set(ShownTo)
    assert ShownTo.DESK not in readers(ShownTo.CREWS) | readers(ShownTo.HOSPITAL)
    assert readers(ShownTo.HOSPITAL) == {ShownTo.HOSPITAL}
