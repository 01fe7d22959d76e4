"""The whole interface under requests that nobody would think of: never a fault, and every answer as it is described.

schemathesis makes the requests from the description that the house gives of itself. The house has no account, so its
own machine may do everything. Parts of addresses are often those of what is really there, so that more than "there is
none" is tried.
"""

import re
import warnings

import orjson
import pytest
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goldenhour.site.api import description
from goldenhour.site.shapes import BoardOut
from tests.site.conftest import new_id

with warnings.catch_warnings():  # Of its own parts.
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.core.failures import Failure, FailureGroup
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


REF = r"#/components/schemas/([\w.]+)"


def known(desk):
    """What the parts of addresses may name."""
    status, said = desk.post("/api/workforce/people", id=new_id(), person="p-1", affiliation=AFFILIATION)
    assert status == 201, said
    call = desk.take_call()
    desk.assign(call, "M11")
    return {
        "call_id": call,
        "unit": "town/M11",
        "hospital": desk.get("/api/board")["hospitals"][0]["id"],
        "person": "p-1",
        "account": "nobody",
    }


AFFILIATION = {"agency": "town", "start": "2020-01-01"}


def ask(operation, times, there):
    """Make so many requests of one operation; return what is wrong with the answers."""
    found = {}

    @given(case=operation.as_strategy(), really=st.integers(0, 3))
    @settings(
        max_examples=times, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        database=None,
    )  # fmt: skip
    def one(case, really):
        if really:
            case.path_parameters = {**(case.path_parameters or {})} | {
                name: there[name] for name in case.path_parameters or {} if name in there
            }
        answer = case.call(headers={"Host": "localhost"})
        try:
            case.validate_response(answer, checks=CHECKS)
        except (Failure, FailureGroup) as failure:
            causes = failure.exceptions if isinstance(failure, FailureGroup) else [failure]
            for cause in causes:
                found[type(cause).__name__] = (
                    f"{case.method} {case.formatted_path} {answer.status_code} {str(cause)[:900]} "
                    f"body {str(case.body)[:300]} query {case.query}"
                )

    one()
    return found


@pytest.mark.parametrize(
    "times", [pytest.param(4, id="4 requests each"), pytest.param(60, id="60 each", marks=pytest.mark.soak)]
)
def test_no_request_meets_a_fault_and_every_answer_is_as_described(desk, times):
    schema = schemathesis.openapi.from_dict(orjson.loads(description()))
    schema.app = get_wsgi_application()
    there = known(desk)

    found = {}
    for result in schema.get_all_operations():
        operation = result.ok()
        if wrong := ask(operation, times, there):
            found[operation.label] = wrong

    assert not found, "\n".join(f"{label}: {said}" for label, wrong in found.items() for said in wrong.values())


def test_the_board_is_as_it_is_described(desk):
    call = desk.take_call()
    for one in desk.get(f"/api/calls/{call}/recommendation")["chosen"]:
        desk.assign(call, one["unit"].partition("/")[2], slot=one["slot"])
    desk.stamp("M11", "en_route")
    hospital = desk.get("/api/board")["hospitals"][0]["id"]
    assert desk.post(f"/api/hospitals/{hospital}/diversion", id=new_id(), services=["stroke"], reason="full")[0] == 204

    board = desk.get("/api/board")

    assert board["units"]
    assert board["calls"]
    shown = BoardOut.model_validate(board).model_dump(mode="json", exclude_unset=True)
    assert shown == board  # What is missing on one side: write it into goldenhour/site/shapes.py, then `make types`.


# ---------------------------------------------------------------- what an answer is

NO_JSON = {"GET /api/workforce/calendar/{token}.ics": "a calendar file, for calendar programs"}
OF_A_FACT = {"FactOut.payload", "LineOut.payload"}  # What a fact says: each kind of fact has fields of its own.


def answered(operation):
    """Return the shapes of what an operation answers when it does what was asked; None for one that nobody wrote."""
    return [
        media.get("schema")
        for status, answer in operation["responses"].items()
        if status.startswith("2") and (answer.get("content") or status == "200")  # Others may answer nothing.
        for media in answer.get("content", {"": {}}).values()
    ]


def is_named(shape):
    """Return whether a shape is one with a name, or a list of such."""
    if shape and shape.get("type") == "array":
        return is_named(shape["items"])
    return bool(shape) and "$ref" in shape


def loose(shape, where):
    """Return the places in a shape where anything at all could stand."""
    if "$ref" in shape:
        return []
    parts = [("", one) for kind in ("anyOf", "allOf", "oneOf", "prefixItems") for one in shape.get(kind, [])]
    parts += [(f".{name}", one) for name, one in shape.get("properties", {}).items()]
    if shape.get("type") == "array" and "prefixItems" not in shape:
        parts.append(("", shape.get("items", {})))
    if shape.get("type") == "object" and "properties" not in shape:
        of_each = shape.get("additionalProperties", True)
        parts.append(("", of_each if isinstance(of_each, dict) else {}))
    if not parts and not shape.keys() & {"type", "enum", "const"}:
        return [where]
    return [found for part, one in parts for found in loose(one, where + part)]


def test_every_operation_says_what_it_answers():
    said = orjson.loads(description())
    untyped = [
        f"{method.upper()} {address}"
        for address, operations in said["paths"].items()
        for method, operation in operations.items()
        if not all(is_named(one) for one in answered(operation))
    ]

    assert sorted(untyped) == sorted(NO_JSON), "Give it a shape of its room (shapes.py), then `make types`."


def test_no_answer_has_a_part_that_could_be_anything():
    said = orjson.loads(description())
    shapes = said["components"]["schemas"]
    answers = [
        one
        for operations in said["paths"].values()
        for each in operations.values()
        for one in each["responses"].values()
    ]
    todo, seen = re.findall(REF, str(answers)), set()
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += re.findall(REF, str(shapes[name]))

    found = [where for name in seen for where in loose(shapes[name], name)]

    assert "BoardOut" in seen
    assert sorted(found) == sorted(OF_A_FACT)
