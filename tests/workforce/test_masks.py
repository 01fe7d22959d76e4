"""Masks: the same answers as decide, a bit a skill, as wide as the vocabulary, until the next day a rule changes."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numba import njit

from goldenhour.errors import BadInput
from goldenhour.workforce.book_lines import SkillLine
from goldenhour.workforce.books import load_books
from goldenhour.workforce.levels import levels
from goldenhour.workforce.masks import bit_of, compile_all, mask_of, stack, to_words, valid_until
from goldenhour.workforce.scope import Ask, decide
from goldenhour.workforce.skills import skills
from tests.workforce.scope_books import DAY, zed

PLACES = sorted(place for place in load_books().places if "/" not in place)
ENDORSEMENTS = sorted(
    {"rescue"}
    | {
        name
        for book in load_books().places.values()
        for line in book.lines
        if isinstance(line, SkillLine)
        for name in line.when.endorsement
    }
)
EDGES = sorted({day for place in PLACES for day in load_books().changes(place)})
DAYS = st.dates(date(2005, 1, 1), date(2030, 1, 1)) | st.builds(
    lambda edge, more: edge + timedelta(more), st.sampled_from(EDGES), st.integers(-1, 1)
)


@given(
    level=st.sampled_from(sorted(levels())),
    place=st.sampled_from([*PLACES, "CT"]),
    on=DAYS,
    endorsements=st.frozensets(st.sampled_from(ENDORSEMENTS), max_size=4),
    skill=st.sampled_from(sorted(skills())),
)
@example(level="emr", place="EX", on=date(2026, 1, 1), endorsements=frozenset(), skill="naloxone")
@example(level="emr", place="EX", on=date(2025, 12, 31), endorsements=frozenset(), skill="naloxone_intranasal")
def test_a_mask_says_of_every_skill_what_decide_says(level, place, on, endorsements, skill):
    mask = mask_of(level, place, on, endorsements=endorsements)
    asked = decide(Ask(level=level, skill=skill, place=place, on=on, endorsements=endorsements))
    assert mask.may(skill) == asked.verdict
    bit = bit_of(skill)
    assert bool(mask.allow >> bit & 1) == (asked.verdict == "allow")
    assert bool(mask.unknown >> bit & 1) == (asked.verdict == "unknown")
    assert bool(int(mask.words()[bit >> 6]) >> (bit & 63) & 1) == (asked.verdict == "allow")
    assert mask.rules_hash == asked.rules_hash
    assert mask.until is None or on < mask.until
    assert mask.since is None or mask.since <= on


@given(place=st.sampled_from(PLACES), level=st.sampled_from(["emr", "emt", "aemt", "paramedic"]), on=DAYS)
def test_until_its_last_day_a_mask_stays_as_it_is(place, level, on):
    mask = mask_of(level, place, on)
    assert mask.until == valid_until(place, on)
    last = mask.until - timedelta(1) if mask.until else on + timedelta(5000)
    for day in (on, last):
        for skill in skills():
            asked = decide(Ask(level=level, skill=skill, place=place, on=day)).verdict
            assert mask.may(skill) == asked, (skill, day)


def test_a_mask_changes_on_the_day_a_rule_does(tmp_path):
    rules = "skills:\n  - {id: zz-1, skills: [cpap], allow: [emt], from: 2023-01-01, to: 2024-01-01, source: s}\n"
    books = zed(tmp_path / "b", rules)
    days = [date(2022, 12, 31), date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1)]
    masks = [mask_of("emt", "ZZ", day, books=books) for day in days]
    assert [one.may("cpap") for one in masks] == ["unknown", "allow", "allow", "unknown"]
    assert masks[1] is masks[2]
    assert (masks[1].since, masks[1].until) == (date(2023, 1, 1), date(2024, 1, 1))
    assert masks[0].until == date(2023, 1, 1)
    assert mask_of("emt", "KS", DAY, books=books).may("cpap") == mask_of("emt", "KS", DAY).may("cpap")


def test_an_endorsement_sets_bits_however_it_is_written(tmp_path):
    rules = (
        "skills:\n  - {id: zz-1, skills: [iv_access], allow: [emt], when: {endorsement: [EMT IV]}, "
        "from: 2015-01-01, source: s}\n"
    )
    books = zed(tmp_path / "b", rules)
    assert mask_of("emt", "ZZ", DAY, books=books).may("iv_access") == "deny"
    for name in ("EMT IV", "emt_iv", "Emt-Iv"):
        assert mask_of("emt", "ZZ", DAY, endorsements=frozenset({name}), books=books).may("iv_access") == "allow"


def test_a_command_role_or_a_place_without_a_book_leaves_nothing_allowed():
    assert mask_of("paramedic", "CT", DAY).allow == 0
    assert mask_of("paramedic", "CT", DAY).may("oral_airway") == "unknown"
    assert mask_of("telecommunicator", "KS", date(2026, 6, 1)).unknown == 0
    assert mask_of("paramedic", "QQ", DAY).allow == 0
    with pytest.raises(BadInput):
        mask_of("paramedic", "Q1", DAY)


@njit
def _able(words, bit):
    return (words[:, bit >> 6] >> np.uint64(bit & 63)) & np.uint64(1)


def test_a_kernel_reads_the_masks_of_many_people_as_they_are():
    people = [mask_of(level, "US", date(2026, 1, 1)) for level in ("emr", "emt", "aemt", "paramedic")]
    words = stack(people)
    assert words.dtype == np.uint64
    assert words.shape == (4, -(-len(skills()) // 64))
    for skill in skills():
        able = _able(words, bit_of(skill))
        assert able.tolist() == [int(one.may(skill) == "allow") for one in people]
    assert stack([]).shape == (0, words.shape[1])


@given(bits=st.sets(st.integers(0, len(skills()) - 1)))
def test_no_bit_is_lost_on_the_way_to_words(bits):
    words = to_words(sum(1 << bit for bit in bits))
    assert {bit for bit in range(64 * len(words)) if int(words[bit >> 6]) >> (bit & 63) & 1} == bits


def test_every_place_and_level_of_care_is_compiled():
    found = compile_all(date(2026, 6, 1))
    assert {place for place, _, _ in found} == set(PLACES)
    assert {level for _, level, _ in found} == {key for key, one in levels().items() if one.care}
    assert found["US", "paramedic", frozenset()].may("cardioversion") == "allow"
    assert all(not one.allow & one.unknown for one in found.values())
