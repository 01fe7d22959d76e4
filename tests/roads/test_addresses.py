"""Finding a place from outside: what a call taker types, and what comes back, on a small county of two towns."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.errors import BadInput
from goldenhour.roads.addresses import COLUMNS, Block, Gazetteer, Named, block_of
from tests.roads.networks import network


def county():
    """Two towns, west and east, on one road with a Main Street each; 2nd Street crosses it in the west."""
    points = [(50.0, 10.0), (50.1, 10.0), (50.2, 10.0), (50.0, 10.1)]
    roads = [(0, 1), (1, 2), (0, 3)]
    arcs = [(tail, head, 1_000_000) for one, other in roads for tail, head in ((one, other), (other, one))]
    made = network(points, arcs)
    streets = np.array([0, 0, 0, 0, 1, 1], np.int32)
    blocks = [
        Block(
            street="Main Street",
            municipality="Weston",
            low=2,
            high=98,
            parity="even",
            line=((50.0, 10.0), (50.1, 10.0)),
        ),
        Block(
            street="Main Street", municipality="Weston", low=1, high=99, parity="odd", line=((50.0, 10.0), (50.1, 10.0))
        ),
        Block(street="Main Street", municipality="Easton", low=2, high=99, line=((50.1, 10.0), (50.2, 10.0))),
        Block(street="2nd Street", municipality="Weston", low=100, high=199, line=((50.0, 10.0), (50.0, 10.1))),
    ]
    named = [Named(name="Mercy General Hospital", kind="hospital", lon=50.1, lat=10.0)]
    return Gazetteer(replace(made, street=streets, streets=("Main Street", "2nd Street")), blocks, named), made


GAZETTEER, NETWORK = county()


def labels(text):
    return [one.label for one in GAZETTEER.search(text)]


def test_the_same_number_and_street_in_two_towns_are_both_answered_and_asked_about():
    found = GAZETTEER.search("12 main st")
    assert {one.label for one in found[:2]} == {"12 Main Street, Easton", "12 Main Street, Weston"}
    assert GAZETTEER.ambiguous(found)
    assert found[0].lon != found[1].lon


def test_a_town_said_behind_a_comma_settles_it():
    found = GAZETTEER.search("12 Main St, weston")
    assert found[0].label == "12 Main Street, Weston"
    assert not GAZETTEER.ambiguous(found)
    assert all(one.municipality != "Easton" for one in found)


@pytest.mark.parametrize(
    "text", ["12 mian street, Weston", "12 MAIN STRET,Weston", "12 main, westn", "12 N main st, weston"]
)
def test_slips_of_the_fingers_are_forgiven(text):
    assert labels(text)[0] == "12 Main Street, Weston"


def test_a_number_lies_as_far_along_its_block_as_between_its_ends():
    (near,) = [one for one in GAZETTEER.search("2 main st, weston") if one.exact]
    (far,) = [one for one in GAZETTEER.search("98 main st, weston") if one.exact]
    west, east = float(NETWORK.node_lon.min()), float(NETWORK.node_lon.max())
    assert near.lon == pytest.approx(west)
    assert far.lon == pytest.approx((west + east) / 2)


def test_a_number_that_is_not_on_record_is_offered_as_near_and_never_as_exact():
    found = GAZETTEER.search("150 main st, weston")[0]
    assert not found.exact
    assert "no such number on record" in found.note
    assert all(one.kind != "address" for one in GAZETTEER.search("9000 main st, weston"))


def test_a_crossing_is_found_in_either_order():
    assert labels("main & 2nd")[0].startswith("Main Street & 2nd Street")
    assert GAZETTEER.search("2nd and main")[0].kind == "crossing"


def test_a_named_place_is_found_by_any_of_its_words():
    assert labels("mercy hosp")[0] == "Mercy General Hospital"


def test_coordinates_are_taken_either_way_round_and_not_from_the_other_side_of_the_world():
    lon, lat = float(NETWORK.node_lon[0]), float(NETWORK.node_lat[0])
    one, other = GAZETTEER.search(f"{lat:.5f}, {lon:.5f}")[0], GAZETTEER.search(f"{lon:.5f} {lat:.5f}")[0]
    assert (one.lon, one.lat) == (other.lon, other.lat) == (pytest.approx(lon, abs=1e-5), pytest.approx(lat, abs=1e-5))
    assert other.note
    assert GAZETTEER.search("-33.86, 151.20") == []


def test_what_is_nowhere_brings_nothing_and_one_letter_brings_no_list():
    assert GAZETTEER.search("12 qqqq zzzz") == []
    assert GAZETTEER.search("m") == []
    assert GAZETTEER.search("") == []


@pytest.mark.parametrize(
    "text", ["12 main st weston", "12 main st, weston, EX 00001", "12 main st, Weston EX", "12 main, wes"]
)
def test_a_town_is_heard_however_it_is_said(text):
    found = GAZETTEER.search(text)
    assert found[0].label == "12 Main Street, Weston"
    assert {one.municipality for one in found} == {"Weston"}


def test_a_town_that_is_none_here_is_never_passed_over_in_silence():
    found = GAZETTEER.search("12 main st, Springfield")
    assert {one.municipality for one in found[:2]} == {"Weston", "Easton"}
    assert not any(one.exact for one in found)
    assert all('"Springfield" is no town known here' in one.note for one in found)


@pytest.mark.parametrize("text", ["12 main st apt 4, weston", "12 main st, weston, Apt. 4", "12 main st #4, weston"])
def test_an_apartment_is_no_town_and_is_read_back(text):
    found = GAZETTEER.search(text)[0]
    assert found.label.startswith("12 Main Street")
    assert found.label.endswith("4, Weston")
    assert found.exact


def test_the_same_street_spelt_in_two_ways_in_two_towns_is_asked_about():
    blocks = [
        Block(street=name, municipality=town, low=1, high=99, line=((50.0, 10.0), (50.1, 10.0)))
        for name, town in (("Main Street", "Weston"), ("Main St", "Easton"), ("Main Avenue", "Weston"))
    ]
    two = Gazetteer(NETWORK, blocks, [])
    assert two.ambiguous(two.search("12 main st"))
    assert two.ambiguous(two.search("12 main"))
    assert not two.ambiguous(two.search("12 main ave"))
    assert not two.ambiguous([])


def test_a_street_is_found_although_nobody_said_what_it_ends_with():
    assert GAZETTEER.search("2nd and mian")[0].kind == "crossing"
    assert labels("150 2nd")[0] == "150 2nd Street, Weston"


@pytest.mark.parametrize("text", ["1600 merce st", "main general", "12 general"])
def test_a_named_place_is_found_only_by_words_that_are_all_its_own(text):
    assert all(one.kind != "place" for one in GAZETTEER.search(text))


def test_letters_with_marks_are_the_letters():
    blocks = [Block(street="Peña-Blanca Road", low=1, high=99, line=((50.0, 10.0),))]
    spanish = Gazetteer(NETWORK, blocks, [Named(name="Clínica José", kind="clinic", lon=50.0, lat=10.0)])
    assert spanish.search("5 pena blanca rd")[0].label == "5 Peña-Blanca Road"
    assert spanish.search("clinica jose")[0].kind == "place"


@pytest.mark.parametrize(
    "text", ["10°30'0\"N 50°6'0\"E", "N 10 30.0 E 50 6.0", "10 30 0 N, 50 6 0 E", "10.5N 50.1E", "n10.5 e50.1"]
)
def test_coordinates_are_taken_as_phones_and_aircraft_say_them(text):
    wide = Gazetteer(network([(50.0, 10.0), (51.0, 11.0)], [(0, 1, 1), (1, 0, 1)]), [], [])
    (one,) = wide.search(text)
    assert (one.kind, one.lat, one.lon) == ("coordinates", pytest.approx(10.5), pytest.approx(50.1))


def test_south_and_west_are_below_nought():
    far = Gazetteer(network([(-58.4, -34.6), (-58.3, -34.5)], [(0, 1, 1), (1, 0, 1)]), [], [])
    (one,) = far.search("34.6 S 58.4 W")
    assert (one.lat, one.lon) == (pytest.approx(-34.6), pytest.approx(-58.4))


@given(st.text(max_size=40))
def test_whatever_is_typed_nothing_breaks_and_every_answer_has_a_place(text):
    for one in GAZETTEER.search(text):
        assert np.isfinite([one.lon, one.lat]).all()
        assert one.label


@given(number=st.integers(1, 99), town=st.sampled_from(["Weston", "Easton"]))
def test_what_is_answered_can_be_typed_again_and_is_found_first(number, town):
    found = GAZETTEER.search(f"{number} Main Street, {town}")
    exact = [one for one in found if one.exact]
    assert all(one.municipality == town for one in found)
    if exact:
        assert labels(exact[0].label)[0] == exact[0].label


def test_a_block_is_written_and_read_back_and_a_wrong_line_says_which():
    block = Block(
        street="Main Street",
        municipality="Weston",
        zip="00001",
        low=2,
        high=98,
        parity="even",
        line=((1.5, 2.5), (1.6, 2.5)),
    )
    assert tuple(block.row()) == tuple(block.row())
    assert set(block.row()) == set(COLUMNS)
    assert block_of(block.row(), where="here") == block
    for column, value in (("low", "x"), ("low", "99"), ("parity", "some"), ("line", "1"), ("street", "")):
        with pytest.raises(BadInput, match="line 7"):
            block_of(block.row() | {column: value}, where="addresses.csv, line 7")
