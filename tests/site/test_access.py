"""Who may ask: every address has a rule, and only this machine, from goldenhour's own page, gets an answer."""

import json
import logging

import pytest
from django.urls import URLResolver, get_resolver

from goldenhour.access.rules import Rule
from goldenhour.site import pages
from goldenhour.site.middleware import rules_of
from tests.roads.places import corner
from tests.site.conftest import new_id

SECRETS = ("Ann Example", "12 Hidden Lane", "555-0199")


def addresses(resolver=None, prefix=""):
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, prefix + str(one.pattern))
        else:
            yield prefix + str(one.pattern), one.callback


def test_every_address_has_a_rule():
    without = [
        f"{method} /{path}"
        for path, view in addresses()
        for method, rule in rules_of(view).items()
        if not isinstance(rule, Rule)
    ]
    assert without == []
    assert len(list(addresses())) > 15


def test_an_address_without_a_rule_answers_nobody(desk, monkeypatch):
    monkeypatch.delattr(pages.home, "access_rule")

    answer = desk.client.get("/")

    assert (answer.status_code, answer.json()["code"]) == (403, "no_rule")
    assert desk.client.get("/api/").status_code == 404


@pytest.mark.parametrize("path", ["/", "/api/board", "/api/log", "/map/roads.geojson", "/api/openapi.json"])
def test_another_machine_gets_nothing(desk, path):
    answer = desk.client.get(path, REMOTE_ADDR="192.0.2.7")

    assert answer.status_code == 403
    assert answer.json()["code"] == "not_this_machine"


def test_another_machine_changes_nothing(desk):
    lon, lat = corner(1, 1)
    body = json.dumps({"id": new_id(), "lon": lon, "lat": lat})

    answer = desk.client.post("/api/calls", body, content_type="application/json", REMOTE_ADDR="2001:db8::1")

    assert answer.status_code == 403
    assert "calls.call_received" not in desk.names()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://localhost"}, 403),
        ({"Origin": "http://localhost:9999"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Origin": "http://localhost"}, 201),
        ({}, 201),
    ],
)
def test_only_its_own_page_may_change_something(desk, headers, status):
    lon, lat = corner(1, 1)
    body = json.dumps({"id": new_id(), "lon": lon, "lat": lat})

    answer = desk.client.post("/api/calls", body, content_type="application/json", headers=headers)

    assert answer.status_code == status, answer.content
    assert ("calls.call_received" in desk.names()) == (status == 201)


def test_a_form_of_another_page_is_no_json(desk):
    answer = desk.client.post("/api/calls", "id=1", content_type="application/x-www-form-urlencoded")

    assert (answer.status_code, answer.json()["code"]) == (415, "not_json")


def test_every_answer_keeps_the_page_to_itself(desk):
    for path in ("/", "/api/board", "/api/nowhere", "/static/web/../../settings.py", "/map/roads.geojson"):
        headers = desk.client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-eval" not in policy
        assert not [word for word in policy.split() if word.startswith("http")]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_no_file_outside_the_page_is_sent(desk):
    for name in ("../../settings.py", "..%2f..%2fsettings.py", "/etc/passwd", "assets/../../../errors.py"):
        assert desk.client.get(f"/static/web/{name}").status_code == 404


def test_the_map_is_sent_packed_and_once(desk):
    first = desk.client.get("/map/roads.geojson", headers={"Accept-Encoding": "gzip"})
    assert (first.status_code, first.headers["Content-Encoding"]) == (200, "gzip")

    again = desk.client.get("/map/roads.geojson", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_nobodys_name_address_or_number_is_in_a_log_line_an_error_or_an_address(desk, caplog, monkeypatch):
    name, address, callback = SECRETS
    lon, lat = corner(1, 1)
    caplog.set_level(logging.DEBUG)
    body = {"id": new_id(), "lon": lon, "lat": lat, "address": f"{name}, {address}", "callback": callback}
    status, said = desk.post("/api/calls", **body)
    assert status == 201
    answers = [
        desk.post("/api/calls", **body | {"patients": f"{name} of {address}"}),
        desk.post("/api/calls", **body | {"id": f"{callback}"}),
        desk.post("/api/calls", **body | {"id": new_id(), "nature": "nothing", "priority": 9}),
        desk.post("/api/calls", **body | {"callback": SECRETS[0] * 30}),
    ]

    def broken(**_):
        raise RuntimeError(f"cannot store {name}, {address}, {callback}")

    monkeypatch.setattr("goldenhour.calls.live.services.next_number", broken)
    answers.append(desk.post("/api/calls", **body | {"id": new_id()}))

    assert [status for status, _ in answers] == [422, 422, 422, 422, 500]
    told = json.dumps([said for _, said in answers]) + said["call_id"] + caplog.text
    told += json.dumps(desk.get("/api/log?limit=500"))
    assert not [secret for secret in SECRETS if secret in told]
    assert "calls/live/services.py" in caplog.text  # Where it failed is there.
