"""The gestures of an incident as steps of the stateful test: swap, stage, split, link, reopen, another place."""

from hypothesis import strategies as st

from tests.roads.places import corner
from tests.site.conftest import new_id

CALLS = st.integers(0, 2)
UNITS = st.sampled_from(["E1", "M11", "M12", "M13", "V1"])
STEPS = st.one_of(
    st.tuples(st.just("swap"), CALLS, UNITS, UNITS, st.booleans()),
    st.tuples(st.just("split"), CALLS, st.lists(UNITS, max_size=3)),
    st.tuples(st.just("split/undo"), CALLS),
    st.tuples(st.just("reopen"), CALLS),
    st.tuples(st.just("cancel-units"), CALLS),
    st.tuples(st.just("stage"), CALLS),
    st.tuples(st.just("enter"), CALLS),
    st.tuples(st.just("links"), CALLS, CALLS),
    st.tuples(st.just("links/undo"), CALLS, CALLS),
    st.tuples(st.just("place"), CALLS, st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.just("claim"), CALLS),
    st.tuples(st.just("notes"), CALLS),
)


def do_incident(desk, calls, step):
    """Do one step; return the status of the answer. A call that was split off takes the place of the one it left."""
    what, call, *more = step
    at = f"/api/calls/{calls[call]}/{what}"
    status, said = desk.post(at, id=new_id(), **_body(calls, what, more))
    if what == "split" and status == 201:
        calls[call] = said["call_id"]
    return status


def _body(calls, what, more):
    if what == "swap":
        unit, other, exchange = more
        return {"unit": f"town/{unit}", "for_unit": f"town/{other}", "exchange": exchange}
    if what == "place":
        lon, lat = corner(*more)
        return {"lon": lon, "lat": lat}
    if what.startswith("links"):
        return {"other": calls[more[0]]}
    split = {"reason": "two", "units": [f"town/{one}" for one in more[0]]} if what == "split" else {}
    plain = {"split": split, "stage": {"reason": "violence"}, "claim": {}, "notes": {"text": "noted"}}
    return plain.get(what, {"reason": "so"})
