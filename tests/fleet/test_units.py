"""Rows of a region become units and stations, or say what is wrong and where."""

import pytest

from goldenhour.errors import BadInput
from goldenhour.fleet.stations import station_from_row
from goldenhour.fleet.units import UnitType, unit_from_row

ROW = {
    "id": "demo-ems/M12", "call_sign": "M12", "agency": "demo-ems", "type": "ambulance", "station": "s1", "crew": "2",
    "levels": "paramedic;emt", "skills": "", "can_transport": "1", "turnout_s": "45", "shifts": "Mon-Sun 07:00-19:00",
}  # fmt: skip


def test_a_row_is_a_unit():
    unit = unit_from_row(ROW, where="units.csv line 2")

    assert unit.type is UnitType.AMBULANCE
    assert unit.levels == ("paramedic", "emt")
    assert unit.can_transport


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"type": "tank"}, "units.csv line 2: Unknown unit type 'tank'; known are ambulance,"),
        ({"id": "M12"}, "M12: the id must be the agency and the call sign, demo-ems/M12"),
        ({"levels": "medic"}, "unknown care level medic; known are emr, emt, aemt, paramedic"),
        ({"turnout_s": "nan"}, "turnout_s must be 0 or more"),
        ({"can_transport": "yes"}, "'yes' is missing, or is not 0 or 1"),
        ({"shifts": "sometimes"}, '"sometimes" is not a shift'),
    ],
)
def test_a_wrong_row_says_where_and_what(change, said):
    with pytest.raises(BadInput) as refusal:
        unit_from_row(ROW | change, where="units.csv line 2")
    assert said in str(refusal.value)
    assert refusal.value.where == "units.csv line 2"


def test_a_station_off_the_globe_is_refused():
    assert station_from_row({"id": "s1", "name": "One", "lon": "-122.4", "lat": "37.7"}, where="2").kind == "career"
    with pytest.raises(BadInput, match="not a place on the globe"):
        station_from_row({"id": "s1", "name": "One", "lon": "37.7", "lat": "-122.4"}, where="stations.csv line 2")
