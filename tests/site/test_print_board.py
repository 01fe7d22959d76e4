"""The board on paper: for the minute when all is dark."""

import http.client
import re
from html.parser import HTMLParser

import pytest

from goldenhour.site import print_board
from tests.serving import running


class Page(HTMLParser):
    """What a page consists of."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.told = [], []
        self.feed(text)
        self.text = " ".join(" ".join(self.told).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.told.append(data)


def printed(desk):
    answer = desk.client.get("/print/board")
    assert answer.status_code == 200
    return Page(answer.content.decode()), answer


def test_calls_units_and_hospitals_stand_on_it_with_their_times(desk):
    call = desk.take_call(address="12 Elm St")
    waiting = desk.take_call("fall")
    desk.assign(call, "M11")
    desk.stamp("M11", "en_route")
    desk.wait(minutes=7)
    hospital = desk.get("/api/board")["hospitals"][0]
    desk.post(f"/api/hospitals/{hospital['id']}/diversion", services=["trauma"], reason="CT is down")

    page, answer = printed(desk)

    assert "2026-03-01 14:09:31" in page.text  # In town's own time.
    assert re.search(r"Calls waiting: 1 .*" + waiting, page.text)
    assert re.search(r"Calls running: 1 .*" + call + r".* 12 Elm St .*7 min", page.text)
    assert "M11 (ambulance): unit notified 14:02:31, en route 14:02:31" in page.text
    assert re.search(r"AV available E1 .* M12 .* M13 ", page.text)
    assert hospital["name"] in page.text
    assert "DIVERSION: trauma" in page.text
    assert "CT is down" in page.text
    assert "DEMO" in page.text  # The test's clock is a demo's.
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_people_typed_is_text_and_nothing_on_the_page_runs_or_is_fetched(desk):
    desk.take_call(address='<script>alert(1)</script><img src=x onerror="x()">', callback="555-0142")

    page, answer = printed(desk)

    tags = {tag for tag, _ in page.tags}
    assert tags.isdisjoint({"script", "img", "link", "iframe", "form", "a"})
    assert "<script>alert(1)</script>" in page.text
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name in {"src", "href"}]
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "555-0142" not in answer.content.decode()  # Who calls is not on the board.


def test_the_folder_always_holds_the_last_whole_board(desk, tmp_path, monkeypatch):
    folder = tmp_path / "desk"
    folder.mkdir()
    first = desk.take_call(address="12 Elm St")
    print_board.keep(folder)
    whole = (folder / "board.html").read_text()
    assert first in whole
    second = desk.take_call(address="3 Oak St")
    (folder / ".board.html.part").write_text("<half")  # A writer that died in the middle ...
    assert (folder / "board.html").read_text() == whole

    print_board.keep(folder)

    assert second in (folder / "board.html").read_text()
    assert [one.name for one in folder.iterdir()] == ["board.html"]


@pytest.mark.slow
def test_a_server_that_stopped_leaves_its_last_board_whole(town, tmp_path):
    folder = tmp_path / "desk"
    folder.mkdir()
    with running("--region", str(town), "--print-board", str(folder), data=tmp_path / "data") as server:
        status, headers, said = server.ask("GET", "/print/board")
        assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert b"M11" in said
    with pytest.raises((OSError, http.client.HTTPException)):
        server.ask("GET", "/print/board")

    text = (folder / "board.html").read_text()

    assert text.endswith("</body></html>\n")
    assert "M11" in Page(text).text
    assert "DEMO" not in text
    assert "http-equiv" in text  # On the disk the page brings its rule against scripts along.
