"""Requests over a real connection: what is too long, cut short or empty is answered in words, and harms nobody else."""

import http.client
import json
import socket

import pytest
from asgiref.sync import iscoroutinefunction
from django.urls import get_resolver

from goldenhour.site.turns import is_feed
from tests.serving import running
from tests.site.conftest import new_id


@pytest.fixture(scope="module")
def house(town, tmp_path_factory):
    with running("--region", str(town), data=tmp_path_factory.mktemp("house")) as there:
        yield there


def test_a_body_that_is_too_long_is_refused_in_words_and_nothing_is_recorded(house):
    before = house.get("/api/board")["position"]

    status, headers, said = house.ask("POST", "/api/calls", {"id": new_id(), "address": "x" * 3_000_000})

    assert (status, json.loads(said)["code"]) == (413, "too_long")
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert house.get("/api/board")["position"] == before


def test_whoever_hangs_up_in_the_middle_of_a_body_is_not_heard_and_nobody_else_notices(house):
    before = house.get("/api/board")["position"]
    head = f"POST /api/calls HTTP/1.1\r\nHost: localhost:{house.port}\r\nContent-Type: application/json\r\n"
    for _ in range(200):  # More than there are threads.
        with socket.create_connection(("127.0.0.1", house.port)) as line:
            line.sendall(f'{head}Content-Length: 1000\r\n\r\n{{"id": '.encode())

    assert house.get("/api/board")["position"] == before


def test_several_answers_over_one_connection_each_have_their_length(house):
    line = http.client.HTTPConnection("localhost", house.port)
    seen = []
    for method, path in (
        ("GET", "/api/session"),
        ("HEAD", "/api/session"),
        ("GET", "/api/nothing"),
        ("GET", "/signin"),
    ):
        line.request(method, path)
        answer = line.getresponse()
        seen.append((answer.status, int(answer.headers["Content-Length"]) > 0, bool(answer.read())))
    line.close()

    assert seen == [(200, True, True), (405, True, False), (404, True, True), (200, True, True)]


def test_what_goes_on_for_hours_and_nothing_else_is_a_feed():
    def views(resolver):
        for one in resolver.url_patterns:
            yield from views(one) if hasattr(one, "url_patterns") else [(str(one.pattern), one.callback)]

    wrong = [
        address
        for address, view in views(get_resolver())
        if iscoroutinefunction(view) != is_feed({"type": "http", "path": f"/{address}"})
    ]

    assert wrong == []
