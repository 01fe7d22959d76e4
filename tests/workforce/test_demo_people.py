"""The demo's people: invented from a seed, a crew for every seat, and what a demo should show."""

from datetime import date

import numpy as np
import pytest

from goldenhour.log.live.rebuild import rebuild
from goldenhour.roads.build import demo
from goldenhour.site.demo.people import people_of
from goldenhour.workforce.credentials import Kind, Service, expiring, is_within, midnight, standing
from goldenhour.workforce.demo_people import demo_people
from goldenhour.workforce.entry import PERSON_ID
from goldenhour.workforce.history import facts_of
from goldenhour.workforce.live import queries
from goldenhour.workforce.live.services import By, people_enrol

DAY, NEXT = date(2026, 5, 5), date(2026, 5, 6)


@pytest.fixture(scope="module")
def units():
    """The demo county's 45 units."""
    return demo._units()


@pytest.fixture(scope="module")
def county(units):
    return demo_people(units, place="EX", on=DAY, rng=np.random.default_rng(3))


def test_every_seat_of_every_unit_has_people_at_its_level_on_the_day(county, units):
    people = {one.id: one for one in county.people}
    assert {seat.unit for seat in county.seats} == {row["id"] for row in units}
    assert len(units) == 45
    for seat in county.seats:
        assert len(set(seat.people)) == len(seat.people)
        for one in seat.people:
            here = standing(people[one], "EX", DAY)
            assert here.live
            assert is_within(seat.level, here.level)
            assert seat.unit.startswith(people[one].affiliations[0].agency)
        assert seat.on(DAY) in seat.people


def test_the_same_seed_gives_the_same_people_and_another_one_others(county, units):
    again = demo_people(units, place="EX", on=DAY, rng=np.random.default_rng(3))
    other = demo_people(units, place="EX", on=DAY, rng=np.random.default_rng(4))

    assert again == county
    assert [one.name for one in other.people] != [one.name for one in county.people]


def test_one_licence_lapses_tonight_and_some_end_within_ninety_days(county):
    people = {one.id: one for one in county.people}
    tonight = people[county.tonight]
    seat = next(one for one in county.seats if county.tonight in one.people)

    assert (seat.level, seat.on(DAY)) == ("paramedic", county.tonight)
    assert standing(tonight, "EX", DAY).live
    assert standing(tonight, "EX", NEXT).why == "The paramedic's licence lapsed on 6 May 2026."
    lapsing = [one.id for one in county.people if standing(one, "EX", DAY).live > standing(one, "EX", NEXT).live]
    assert lapsing == [county.tonight]
    ending = [due for one in county.people for due in expiring(one, midnight(DAY, "EX"))]
    assert len(ending) >= 5


def test_those_around_the_crews_are_there_and_hold_what_they_need(county):
    people = {one.id: one for one in county.people}

    def kinds(person):
        return {one.kind for one in people[person].credentials}

    assert all(Kind.EMD_CERTIFICATE in kinds(one) for one in county.telecommunicators)
    assert all(people[one].affiliations[0].service is Service.WORKPLACE for one in county.workplace)
    assert {standing(people[one], "EX", DAY).level for one in county.workplace} == {"emr"}
    assert Kind.INSTRUCTOR in kinds(county.instructor)
    assert [people[one].affiliations[0].role for one in (county.officer, county.educator, county.medical_director)] == [
        "officer", "educator", "medical_director",
    ]  # fmt: skip
    assert not standing(people[county.educator], "EX", DAY).live
    two = [one for one in county.people if len({own.agency for own in one.affiliations}) > 1]
    assert {standing(one, "EX", DAY, agency=one.affiliations[1].agency).practice for one in two} == {"emt", "paramedic"}
    assert any(standing(one, "EX", DAY).restrictions for one in county.people)


def test_ids_are_no_names_and_each_is_one(county):
    ids = [one.id for one in county.people]
    assert len(set(ids)) == len(ids)
    assert all(PERSON_ID.fullmatch(one) for one in ids)


def test_in_the_log_they_are_who_they_were_and_a_second_time_adds_nobody(database, at, county):
    some = county.people[:60]
    by = By(actor="demo", at=at)

    assert (people_enrol(people=some, by=by), people_enrol(people=some, by=by)) == (60, 0)

    found = queries.list_people(agencies=None, at=at)
    assert [one.id for one in found] == sorted(one.id for one in some)
    for before, after in zip(sorted(some, key=lambda one: one.id), found, strict=True):
        assert (after.name, after.languages, after.immunisations) == (
            before.name, before.languages, before.immunisations)  # fmt: skip
        assert standing(after, "EX", DAY).why == standing(before, "EX", DAY).why
        assert sorted(map(str, facts_of(after))) == sorted(map(str, facts_of(before)))
    assert rebuild().differences == []


def test_a_region_of_a_real_state_gets_licences_of_that_state_and_one_without_units_gets_a_few(at):
    class Region:
        settings = {"jurisdiction": "US-CA"}

        def table(self, _name):
            return demo._units()[:2]

    found = people_of(Region(), at=at, seed=1)
    assert {one.place for each in found.people for one in each.credentials if one.kind is Kind.LICENCE} == {"CA"}
    assert demo_people([], place="EX", on=DAY, rng=np.random.default_rng(1)).seats == ()
