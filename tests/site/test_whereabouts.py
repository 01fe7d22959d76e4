"""Where a unit is between its presses: along its route, and onward from the next junction when it is sent elsewhere."""

from datetime import datetime

import pytest

from tests.roads.places import corner

NEAR = 0.0002  # Degrees, about 20 m.


def place_of(desk, unit):
    here = desk.unit(unit)["position"]
    return here["lon"], here["lat"]


def test_a_unit_moves_along_its_route_and_waits_at_its_end(desk):
    call = desk.take_call()
    home = place_of(desk, "M12")
    desk.assign(call, "M12")
    assert place_of(desk, "M12") == home  # Notified: still in.
    desk.stamp("M12", "en_route")
    route = desk.unit("M12")["route"]
    took_s = (datetime.fromisoformat(route["arrive_at"]) - desk.clock.at()).total_seconds()

    desk.wait(seconds=took_s / 2)
    halfway = place_of(desk, "M12")
    desk.wait(seconds=took_s)

    assert route["points"][0][2] == 0
    assert route["points"][-1][2] == pytest.approx(took_s, abs=0.2)
    assert [point[2] for point in route["points"]] == sorted(point[2] for point in route["points"])
    assert halfway not in {home, place_of(desk, "M12")}
    assert place_of(desk, "M12") == pytest.approx(corner(2, 2), abs=NEAR)
    assert desk.unit("M12")["mark"] == "ER"  # Only its crew says that it is there.


def test_a_unit_sent_elsewhere_on_its_way_goes_on_from_where_it_is(desk):
    far, near = desk.take_call(priority=3), desk.take_call(priority=1, lon=corner(3, 0)[0], lat=corner(3, 0)[1])
    desk.assign(far, "M12")
    desk.stamp("M12", "en_route")
    desk.wait(seconds=10)
    turned_at = place_of(desk, "M12")

    desk.assign(near, "M12", divert_from=far)
    desk.stamp("M12", "en_route")

    route = desk.unit("M12")["route"]
    assert route["to"] == near
    assert route["points"][0][:2] == pytest.approx(turned_at, abs=NEAR)
    assert place_of(desk, "M12") == pytest.approx(turned_at, abs=NEAR)  # It does not jump.
    desk.wait(minutes=10)
    assert place_of(desk, "M12") == pytest.approx(corner(3, 0), abs=NEAR)


def test_a_unit_without_a_known_station_has_no_position_rather_than_a_wrong_one(desk, settings):
    settings.GOLDENHOUR_REGION = ""

    assert desk.unit("M12")["position"] is None
    assert desk.unit("M12")["route"] is None


def test_a_recommendation_counts_on_where_units_are_now(desk):
    lon, lat = corner(3, 3)
    first = desk.take_call(lon=lon, lat=lat, priority=3)
    desk.assign(first, "M12")
    desk.stamp("M12", "en_route")
    desk.wait(minutes=5)
    desk.stamp("M12", "on_scene")
    desk.stamp("M12", "back_in_service")  # At the far corner, on its way home.

    call = desk.take_call(lon=lon, lat=lat, priority=1)
    advice = desk.get(f"/api/calls/{call}/recommendation")

    (ambulance,) = [one for one in advice["chosen"] if one["slot"] == "ambulance"]
    assert ambulance["unit"] == "town/M12"
    assert ambulance["arrive_s"] < 60  # No turnout, and next to it.
    assert ambulance["margin_s"] > 60  # The next one would have to turn out first.
