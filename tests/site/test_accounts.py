"""Accounts: made, signed in with, locked out, disabled; and that a house without any stays as it was."""

import json

import pytest
from django.test import Client

from goldenhour.access.live import services
from goldenhour.access.roles import EVERY, Grant, Role
from tests.roads.places import corner
from tests.site.conftest import new_id

PASSWORD = "seven-quiet-herons"


def grant(text):
    role, _, agency = text.partition("@")
    return Grant(Role(role), agency or EVERY)


class Somebody:
    """A browser of somebody who may sign in."""

    def __init__(self, desk, address="127.0.0.1"):
        self.desk = desk
        self.client = Client(headers={"Host": "localhost"}, REMOTE_ADDR=address)

    def ask(self, method, path, body=None):
        data = "" if body is None else json.dumps(body)
        answer = self.client.generic(method, path, data, content_type="application/json" if body is not None else "")
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        return answer.status_code, answer.json() if is_json and answer.content else None

    def sign_in(self, account, password=PASSWORD):
        return self.ask("POST", "/api/signin", {"username": account, "password": password})

    def session(self):
        status, said = self.ask("GET", "/api/session")
        assert status == 200
        return said


def make(desk, account, *grants, agency=EVERY, person="", password=PASSWORD):
    """An account that can be signed in with."""
    at = desk.clock.at()
    services.account_make(
        account=account, agency=agency, person=person, grants=[grant(one) for one in grants], at=at, actor="console"
    )
    if password:
        key = services.link_make(account=account, at=at, actor="console")
        services.password_set(key=key, password=password, at=at)


@pytest.fixture
def alice(desk):
    """Alice runs the desk."""
    make(desk, "alice", "dispatcher")
    return Somebody(desk)


def test_a_dispatcher_signs_in_sends_a_unit_under_her_name_and_signs_out(desk, alice):
    assert alice.ask("GET", "/api/board")[0] == 401

    status, _ = alice.sign_in("alice")

    assert status == 200
    assert alice.session()["roles"] == ["Dispatcher, every agency"]
    lon, lat = corner(2, 2)
    status, said = alice.ask("POST", "/api/calls", {"id": new_id(), "lon": lon, "lat": lat})
    assert (status, said) == (201, {"call_id": "26-0001"})
    status, facts = alice.ask("GET", "/api/log")
    assert status == 200
    assert next(one for one in facts if one["name"] == "calls.call_received")["actor"] == "alice"

    assert alice.ask("DELETE", "/api/session")[0] == 204

    assert alice.ask("GET", "/api/board")[0] == 401
    assert not alice.session()["signed_in"]
