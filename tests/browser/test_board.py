"""The live board in a real browser, over the demo county: it comes alive, answers a call, heals, and can be read.

Needs the built page and the fixtures of conftest.py: `county` (`url`, `port` of a running demo), `page` (1280 x 800).
"""

import itertools
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cable import Cable

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
LIVE = re.compile("^Live$")


def link(page: Page):
    return page.get_by_test_id("link")


def open_board(page: Page, url: str) -> None:
    page.goto(url)
    expect(link(page)).to_have_text(LIVE)


def board(page: Page, url: str) -> dict:
    return page.request.get(f"{url}/api/board").json()


def call_on_board(page: Page, url: str, number: str) -> dict:
    return next(one for one in board(page, url)["calls"] if one["id"] == number)


def positions(page: Page) -> list[int]:
    """The log positions that the page shows, newest first."""
    return [int(one) for one in page.locator(".log .position").all_inner_texts()]


def add_call(page: Page) -> str:
    """Take a cardiac arrest in the middle of the map, by keys alone; return its number."""
    page.keyboard.press("a")
    expect(page.get_by_label("Location", exact=True).get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Here, under the crosshair")).to_be_focused()
    page.keyboard.press("Enter")
    return send_arrest(page)


def send_arrest(page: Page) -> str:
    """Answer the two questions of a call whose place is known, and send it to dispatch; return its number."""
    expect(page.get_by_role("region", name="Questions")).to_be_focused()
    expect(page.get_by_text("Is the person awake?")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.get_by_text("CPR, adult")).to_be_visible()
    page.keyboard.press("s")
    said = page.locator("output.message")
    expect(said).to_have_text(re.compile(r"^Call \S+ added\.$"))
    return said.inner_text().split()[1]


@pytest.fixture
def demo(county, page):
    """Set the demo's clock; it runs on at five times real time afterwards."""

    def run(*, speed: int = 5, paused: bool = False) -> None:
        answer = page.request.post(f"{county.url}/api/demo", data={"speed": speed, "paused": paused})
        assert answer.ok, answer.text()

    run()
    yield run
    run()


def test_the_board_comes_alive(page: Page, county, demo):
    faults, asked = [], []
    page.emulate_media(reduced_motion="no-preference")
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: asked.append(urlsplit(request.url)))
    demo(speed=60)
    open_board(page, county.url)
    there = board(page, county.url)
    expect(page.get_by_role("heading", name=there["region"]["name"])).to_be_visible()
    expect(page.locator(".unit")).to_have_count(len(there["units"]))
    expect(page.get_by_text("DEMO - not real calls")).to_be_visible()

    seen = positions(page)[0]
    marks = page.locator("canvas.marks")
    before = marks.evaluate("canvas => canvas.toDataURL()")
    page.wait_for_function("seen => Number(document.querySelector('.log .position').textContent) > seen", arg=seen)
    page.wait_for_function("before => document.querySelector('canvas.marks').toDataURL() !== before", arg=before)
    assert faults == []  # Also none of the content security policy.
    assert {one.netloc for one in asked if one.scheme.startswith("http")} == {urlsplit(county.url).netloc}


def test_a_call_added_on_the_map_is_answered_by_the_recommended_units(page: Page, county, demo):
    demo(speed=1)
    open_board(page, county.url)
    box = page.locator(".map-canvas").bounding_box()
    page.keyboard.press("a")
    expect(page.get_by_role("complementary", name="Take a call")).to_be_visible()
    page.mouse.click(box["x"] + box["width"] * 0.85, box["y"] + box["height"] * 0.5)
    page.get_by_role("region", name="Questions").focus()
    number = send_arrest(page)

    card = page.get_by_role("complementary", name=f"Call {number}")
    expect(card.locator(".chosen").first).to_be_visible()
    demo(speed=60)
    expect(card.get_by_role("row", name=re.compile("^On scene"))).to_be_visible()

    call = call_on_board(page, county.url, number)
    recommended = {one["unit"] for one in call["recommendation"]["chosen"]}
    assert recommended
    assert {one["unit"] for one in call["units"]} >= recommended
    arrived = [one for one in call["units"] if "on_scene" in one["stamps"]]
    first = min(arrived, key=lambda one: one["stamps"]["on_scene"])
    assert first["unit"] in recommended


def test_one_key_sends_the_recommended_units_and_nobody_needs_a_mouse(page: Page, county, demo):
    demo(paused=True)  # So that the demo's own dispatcher comes neither first nor in between.
    open_board(page, county.url)
    number = add_call(page)
    card = page.get_by_role("complementary", name=f"Call {number}")
    expect(card.locator(".chosen").first).to_be_visible()
    before = call_on_board(page, county.url, number)
    assert before["state"] == "waiting"
    recommended = [one["unit"] for one in before["recommendation"]["chosen"]]

    page.locator("body").press("s")
    expect(page.locator("output.message")).to_have_text(re.compile(rf" sent to {number}\.$"))
    assert [one["unit"] for one in call_on_board(page, county.url, number)["units"]] == recommended

    page.locator("body").press("s")
    # Refused by the page, or by the log when the page has not heard of its own command yet.
    expect(page.locator("output.message")).to_contain_text(re.compile("already sent|has been on call"))
    assert [one["unit"] for one in call_on_board(page, county.url, number)["units"]] == recommended


def test_a_cut_connection_heals_and_nothing_is_missing(page: Page, county, demo):
    demo(speed=30)
    cable = Cable(county.port)
    try:
        open_board(page, cable.url)
        seen = positions(page)[0]
        cable.cut()
        expect(link(page)).to_have_text(re.compile("Reconnecting in"))
        expect(link(page)).to_have_text(re.compile("^Stale: "))
        expect(page.locator("main")).to_have_attribute("data-stale", "true")
        while (missed := board(page, county.url)["position"]) < seen + 5:  # The county goes on without this page.
            page.wait_for_timeout(200)
        cable.mend()
        expect(link(page)).to_have_text(LIVE)
        expect(page.locator("main")).to_have_attribute("data-stale", "false")
        demo(paused=True)
        page.wait_for_function("to => Number(document.querySelector('.log .position').textContent) >= to", arg=missed)
        shown = positions(page)
        assert all(newer == older + 1 for newer, older in itertools.pairwise(shown))  # No gap, nothing twice.
        there = board(page, county.url)
        free = sum(unit["status"] == "available" for unit in there["units"])
        expect(page.get_by_text(f"{free} of {len(there['units'])} available")).to_be_visible()
    finally:
        cable.close()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_board_has_no_serious_fault_of_accessibility(page: Page, county, demo, theme):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `npm ci` in web/.")
    open_board(page, county.url)
    page.evaluate(AXE.read_text())
    if theme == "light":
        page.keyboard.press("t")
    demo(paused=True)
    look = "async () => (await axe.run()).violations.map(one => [one.impact, one.id, one.nodes[0].html])"

    def serious() -> list:
        return [one for one in page.evaluate(look) if one[0] in {"serious", "critical"}]

    assert serious() == [], "the board"
    page.keyboard.press("j")
    expect(page.locator(".card")).to_be_visible()
    assert serious() == [], "with a call's card"
    page.keyboard.press("Escape")
    page.locator("body").press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert serious() == [], "with the sheet of keys"


def test_the_theme_is_remembered(page: Page, county, demo):
    open_board(page, county.url)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("t")
    page.reload()
    expect(link(page)).to_have_text(LIVE)
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_a_board_that_cannot_be_fetched_says_so_and_comes_by_itself(page: Page, county, demo):
    page.route("**/api/board", lambda route: route.abort())
    page.goto(county.url)
    expect(page.get_by_role("heading", name="The board could not be fetched")).to_be_visible()
    page.unroute("**/api/board")
    expect(link(page)).to_have_text(LIVE)
