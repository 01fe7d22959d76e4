"""Programs' tokens: for named rules, an agency and a time; shown once, revoked at once, each use under its own name."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from goldenhour.access.rules import FOR_TOKENS, Rule
from goldenhour.access.table import ROWS, Door
from goldenhour.access.wire import iso
from goldenhour.log.live import feed
from goldenhour.log.live.rebuild import rebuild
from tests.site.conftest import new_id
from tests.site.test_accounts import Somebody, make
from tests.site.test_matrix import BODIES, World, addresses


class Program(Somebody):
    """A program that asks with a token."""

    def __init__(self, desk, token):
        super().__init__(desk)
        self.client = Client(headers={"Host": "localhost", "Authorization": f"Bearer {token}"})


@pytest.fixture
def root(desk):
    """Root administers everything."""
    make(desk, "root", "administrator")
    root = Somebody(desk)
    assert root.sign_in("root")[0] == 200
    return root


def body(desk, **more):
    until = iso(desk.clock.at() + timedelta(days=30))
    return {"name": "board.screen", "agency": "*", "rules": ["board"], "until": until, **more}


def token(desk, root, **more):
    status, said = root.ask("POST", "/api/tokens", body(desk, **more))
    assert status == 201, said
    return said["token"]


def test_a_token_opens_its_rules_and_nothing_else_and_stands_by_its_name_in_log_and_reads(desk, root, database):
    secret = token(desk, root, rules=["board", "at_desk"])
    program = Program(desk, secret)

    assert program.ask("GET", "/api/board")[0] == 200
    body = {"id": new_id(), "lon": -122.39, "lat": 37.79}
    status, said = program.ask("POST", "/api/drafts", {"id": new_id()})
    assert status == 201, (said, body)
    assert program.ask("POST", "/api/units/town/M11/stamps", {"id": new_id(), "stamp": "en_route"})[1]["code"] == (
        "not_in_token"
    )
    assert program.ask("GET", "/api/accounts")[0] == 403
    assert program.ask("GET", "/api/tokens")[0] == 403
    actors = {where.actor for where, _ in feed.read_from(0, 1000) if where.name == "calls.draft_begun"}
    assert actors == {"token:board.screen"}
    make(desk, "quinn", "quality")
    quinn = Somebody(desk)
    quinn.sign_in("quinn")
    assert {one["account"] for one in quinn.ask("GET", "/api/reads")[1]} == {"token:board.screen"}
    assert secret.encode() not in database.stored_bytes
    [listed] = root.ask("GET", "/api/tokens")[1]["tokens"]
    assert (listed["token"], listed["rules"], listed["made_by"]) == ("board.screen", ["at_desk", "board"], "root")
    assert secret not in json.dumps(root.ask("GET", "/api/tokens")[1])
    assert not rebuild().differences


def test_a_token_of_an_agency_opens_that_agencys_records_and_no_others(desk, root):
    facility = desk_facility(root, desk)
    own = Program(desk, token(desk, root, agency=facility, rules=["receiving"]))
    far = Program(desk, token(desk, root, name="far", agency="elsewhere", rules=["receiving", "people"]))

    assert own.ask("GET", f"/api/hospitals/{facility}/inbound")[0] == 200
    assert far.ask("GET", f"/api/hospitals/{facility}/inbound")[1]["code"] == "not_found"
    assert far.ask("GET", "/api/workforce/people")[1]["people"] == []


def desk_facility(root, desk):
    make(desk, "alice", "supervisor")
    alice = Somebody(desk)
    alice.sign_in("alice")
    return alice.ask("GET", "/api/board")[1]["hospitals"][0]["id"]


def test_it_ends_with_its_day_and_when_it_is_revoked(desk, root):
    short = Program(desk, token(desk, root, until=iso(desk.clock.at() + timedelta(minutes=5))))
    long = Program(desk, token(desk, root, name="other"))
    desk.wait(minutes=4, seconds=59)
    assert short.ask("GET", "/api/board")[0] == 200

    desk.wait(seconds=1)
    assert short.ask("GET", "/api/board")[1]["code"] == "bad_token"
    assert long.ask("GET", "/api/board")[0] == 200
    assert root.ask("POST", "/api/tokens/other/revoke", {"reason": "lost"}) == (204, None)
    assert long.ask("GET", "/api/board")[1]["code"] == "bad_token"
    assert root.ask("POST", "/api/tokens/other/revoke", {"reason": "lost"}) == (204, None)
    assert root.ask("POST", "/api/tokens", body(desk, name="other"))[1]["code"] == "token_taken"


def test_a_wrong_token_opens_nothing_not_even_with_a_cookie_beside_it(desk, root):
    assert Program(desk, "gh_" + "x" * 43).ask("GET", "/api/board")[0:1] == (401,)
    root.client.defaults["HTTP_AUTHORIZATION"] = "Bearer gh_wrong"
    assert root.ask("GET", "/api/accounts")[1]["code"] == "bad_token"
    root.client.defaults["HTTP_AUTHORIZATION"] = "Basic YWxpY2U6eA=="
    assert root.ask("GET", "/api/accounts")[0] == 200  # Nobody else's headers matter.


def test_a_token_asks_no_more_often_than_it_may(desk, root):
    program = Program(desk, token(desk, root, per_minute=3))
    other = Program(desk, token(desk, root, name="other", per_minute=3))
    assert [program.ask("GET", "/api/board")[0] for _ in range(4)] == [200, 200, 200, 429]

    answer = program.client.get("/api/board")

    assert answer.headers["Retry-After"] == "60"
    assert other.ask("GET", "/api/board")[0] == 200
    desk.wait(minutes=1)
    assert program.ask("GET", "/api/board")[0] == 200


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"rules": ["administrator"]}, "bad_rules"),
        ({"rules": ["approving"]}, "bad_rules"),
        ({"rules": ["glass"]}, "bad_rules"),
        ({"rules": []}, "bad_rules"),
        ({"rules": ["board"], "agency": "town"}, "bad_rules"),
        ({"until": "2028-01-01T00:00:00Z"}, "bad_until"),
        ({"until": "2026-01-01T00:00:00Z"}, "bad_until"),
        ({"per_minute": 0}, "bad_pace"),
        ({"name": "A name"}, "bad_account"),
    ],
)
def test_a_token_that_would_open_too_much_or_for_too_long_is_not_made(desk, root, wrong, code):
    status, said = root.ask("POST", "/api/tokens", body(desk, **wrong))

    assert (status, said["code"]) == (422, code)
    assert root.ask("GET", "/api/tokens")[1]["tokens"] == []


def test_an_agencys_administrator_makes_tokens_for_that_agency_alone(desk, root):
    make(desk, "town.admin", "administrator@town", agency="town")
    town = Somebody(desk)
    town.sign_in("town.admin")
    token(desk, root)

    assert town.ask("GET", "/api/tokens")[1]["tokens"] == []
    assert town.ask("POST", "/api/tokens", body(desk, name="x", rules=["people"]))[0] == 404
    assert town.ask("POST", "/api/tokens", body(desk, name="x", rules=["people"], agency="elsewhere"))[0] == 404
    assert town.ask("POST", "/api/tokens/board.screen/revoke", {"reason": "x"})[1]["code"] == "no_token"
    assert town.ask("POST", "/api/tokens", body(desk, name="x", rules=["people"], agency="town"))[0] == 201


@pytest.mark.slow
def test_with_every_rule_there_is_a_token_opens_just_the_addresses_that_name_one(desk):
    """Every address, asked with a token of all rules for everybody: what lets in, lends or judges people stays shut."""
    world = World(desk)
    make(desk, "root", "administrator")
    root = Somebody(desk)
    root.sign_in("root")
    program = Program(desk, token(desk, root, rules=sorted(FOR_TOKENS), per_minute=6000))
    rules = dict(addresses())
    who = type("Who", (), {"account": "program"})
    wrong = []
    for row in ROWS:
        world.clients["program"] = program.client
        rule = rules[row.address]
        answer = world.ask(who, row.address, {"id": new_id(), **BODIES.get(row.address, {})})
        code = answer.json().get("code", "") if opens_json(answer) else ""
        answer.close()
        shut = code == "not_in_token"
        if shut == (isinstance(rule, Rule) and rule.name in FOR_TOKENS):
            wrong.append(f"{row.address} ({rule.name}): {answer.status_code} {code}")
    assert wrong == []
    assert [row.address for row in ROWS if row.door is Door.ROLES and "accounts" in row.address]


def opens_json(answer):
    is_json = not answer.streaming and answer.headers.get("Content-Type", "").startswith("application/json")
    return is_json and bool(answer.content) and isinstance(answer.json(), dict)
