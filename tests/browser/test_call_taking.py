"""Taking a call in a real browser, by keyboard: which town, an arrest from the ring to compressions, nothing lost.

Needs the built page and the fixtures of conftest.py: `county` (`url`, `port` of a running demo), `page` (1280 x 800).
"""

import re
from collections import defaultdict
from pathlib import Path

import pytest
import uuid_utils
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
STREETS = ("main st", "oak st", "elm st", "mill st", "church st", "park ave", "first st")


@pytest.fixture
def desk(county, page: Page):
    """The demo's desk at its own pace, in the page."""
    assert page.request.post(f"{county.url}/api/demo", data={"speed": 1, "paused": False}).ok
    page.goto(county.url)
    expect(page.get_by_test_id("link")).to_have_text(re.compile("^Live$"))
    yield page
    assert page.request.post(f"{county.url}/api/demo", data={"speed": 5, "paused": False}).ok


def address_in_two_towns(page: Page, url: str) -> tuple[str, list[dict]]:
    """Return an address as it is typed, and the places of that name whose number is on record."""
    for street in STREETS:
        for number in (12, 20, 50, 100, 150):
            typed = f"{number} {street}"
            answer = page.request.get(f"{url}/api/places", params={"q": typed}).json()
            named = defaultdict(list)
            for one in answer["places"]:
                if one["exact"] and one["municipality"]:
                    named[one["street"]].append(one)
            for places in named.values():
                if answer["ambiguous"] and len({one["municipality"] for one in places}) > 1:
                    return typed, places
    raise AssertionError("The demo county has no address that two towns share.")


def drafts(page: Page, url: str) -> dict[str, dict]:
    return {one["call_id"]: one for one in page.request.get(f"{url}/api/drafts").json()}


def location(page: Page):
    return page.get_by_role("combobox", name="Location")


def places_listed(page: Page, **how):
    return page.get_by_role("listbox", name="Places").get_by_role("option", **how)


def take(page: Page) -> None:
    page.keyboard.press("a")
    expect(location(page)).to_be_focused()


def number_of(page: Page) -> str:
    head = page.get_by_role("heading", name=re.compile(r"^Call \S+$"))
    expect(head).to_be_visible()
    return head.inner_text().split()[1]


def put_away(page: Page, url: str, call: str) -> None:
    """Take a draft off the desk, so that the next walk begins with an empty list."""
    said = {"id": str(uuid_utils.uuid7()), "reason": "Test"}
    answer = page.request.post(f"{url}/api/drafts/{call}/discard", data=said)
    assert answer.ok, answer.text()


def test_an_address_that_two_towns_share_is_asked_about_and_goes_to_the_town_that_was_said(desk: Page, county):
    typed, places = address_in_two_towns(desk, county.url)
    take(desk)
    desk.keyboard.type(typed)
    expect(desk.get_by_text(re.compile(r"In which town\?"))).to_be_visible()
    towns = {one["municipality"] for one in places}
    for town in towns:
        expect(places_listed(desk).filter(has_text=town).first).to_be_visible()
    assert places_listed(desk, selected=True).count() == 0  # Nothing is picked for the call taker.
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("region", name="Questions")).to_have_count(0)

    wanted = places[1]
    while places_listed(desk, selected=True).filter(has_text=wanted["municipality"]).count() == 0:
        desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("region", name="Questions")).to_be_focused()
    call = number_of(desk)
    expect(desk.locator(".saved")).to_have_text(re.compile(r"^saved \d\d:\d\d:\d\d$"))
    fields = drafts(desk, county.url)[call]["fields"]
    assert fields["address"] == wanted["label"]
    assert (fields["lon"], fields["lat"]) == pytest.approx((wanted["lon"], wanted["lat"]), abs=1e-6)
    put_away(desk, county.url, call)


def test_an_arrest_goes_from_the_ring_to_compressions_and_units_by_keyboard_alone(desk: Page, county):
    _, places = address_in_two_towns(desk, county.url)
    asked = []
    desk.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    take(desk)
    desk.keyboard.type(places[0]["label"])
    expect(places_listed(desk, selected=True)).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Is the person awake?")).to_be_visible()
    call = number_of(desk)
    desk.keyboard.press("s")  # Too early: nobody knows yet what it is.
    expect(desk.locator("output.message")).to_contain_text("Answer the two questions first")

    desk.keyboard.press("n")
    desk.keyboard.press("n")
    script = desk.get_by_text("CPR, adult")
    expect(script).to_be_visible()
    expect(desk.get_by_text("TRAINING", exact=True)).to_be_visible()
    expect(desk.get_by_text("Arrest recognised", exact=True)).to_be_visible()
    desk.keyboard.press("s")  # Units go while the caller is told what to do.
    card = desk.get_by_role("complementary", name=f"Call {call}")
    expect(card.locator(".ready button")).to_be_visible()
    desk.keyboard.press("s")
    expect(desk.locator("output.message")).to_have_text(re.compile(rf" sent to {call}\.$|already sent"))

    push = desk.get_by_text(re.compile("^Push hard and fast"))
    for step in range(2, 6):
        desk.keyboard.press("Space")
        expect(desk.get_by_text(f"Step {step} of 8")).to_be_visible()
    expect(push).to_be_visible()
    expect(desk.get_by_text("110 a minute")).to_be_visible()
    expect(desk.locator(".beat i")).to_have_attribute("data-on", "true")
    desk.keyboard.press("b")
    expect(desk.locator(".beat i")).to_have_attribute("data-on", "false")
    desk.keyboard.press("c")
    questions = desk.get_by_role("region", name="Questions", exact=True)
    expect(questions.get_by_text("First compression", exact=True)).to_be_visible()
    desk.keyboard.press("x")
    expect(desk.get_by_text("Stopped.")).to_be_visible()

    triage = desk.request.get(f"{county.url}/api/calls/{call}/triage").json()
    assert triage["recognised_at"] <= triage["first_compression_at"]
    assert triage["script"]["stopped_at"] is not None
    board = desk.request.get(f"{county.url}/api/board").json()
    there = next(one for one in board["calls"] if one["id"] == call)
    assert there["priority"] == 1
    assert there["nature"] == "cardiac_arrest"
    assert there["units"]
    assert call not in drafts(desk, county.url)
    assert len([one for one in asked if one.endswith("/api/calls")]) == 1


def test_a_reload_in_the_middle_of_typing_loses_nothing(desk: Page, county):
    take(desk)
    desk.keyboard.type("12 Mil")
    desk.reload()  # Before what was typed had time to be saved.
    expect(location(desk)).to_have_value("12 Mil")
    call = number_of(desk)
    location(desk).focus()
    desk.keyboard.press("End")
    desk.keyboard.type("l Street, Pell")
    desk.get_by_label("Phone").fill("555 0100")
    desk.get_by_label("What the caller says").fill("smoke, two people")
    desk.reload()
    expect(location(desk)).to_have_value("12 Mill Street, Pell")
    expect(desk.get_by_label("Phone")).to_have_value("555 0100")
    expect(desk.get_by_label("What the caller says")).to_have_value("smoke, two people")
    assert number_of(desk) == call  # Not a second one.
    expect(desk.locator(".saved")).to_have_text(re.compile("^saved "))
    fields = drafts(desk, county.url)[call]["fields"]
    assert fields["callback"] == "555 0100"
    assert fields["place"] == "12 Mill Street, Pell"
    put_away(desk, county.url, call)


def test_a_key_in_a_field_of_the_call_dispatches_nothing(desk: Page, county):
    take(desk)
    desk.keyboard.type("sssxc nn")
    desk.get_by_label("Phone").press_sequentially("ssnnx 1")
    call = number_of(desk)
    expect(desk.locator(".saved")).to_have_text(re.compile("^saved "))
    assert desk.request.get(f"{county.url}/api/calls/{call}/triage").json()["answers"] == []
    assert call in drafts(desk, county.url)
    put_away(desk, county.url, call)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_taking_a_call_has_no_serious_fault_of_accessibility(desk: Page, county, theme):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `npm ci` in web/.")
    desk.evaluate(AXE.read_text())
    if theme == "light":
        desk.keyboard.press("t")
    look = "async () => (await axe.run()).violations.map(one => [one.impact, one.id, one.nodes[0].html])"

    def serious() -> list:
        return [one for one in desk.evaluate(look) if one[0] in {"serious", "critical"}]

    typed, places = address_in_two_towns(desk, county.url)
    take(desk)
    desk.keyboard.type(typed)
    expect(places_listed(desk).first).to_be_visible()
    assert serious() == [], "with the list of places"
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Is the person awake?")).to_be_visible()
    desk.keyboard.press("n")
    desk.keyboard.press("g")
    expect(desk.get_by_text("CPR, adult")).to_be_visible()
    assert serious() == [], "with questions and instructions"
    desk.keyboard.press("d")
    expect(desk.get_by_role("region", name="Do something else")).to_be_visible()
    expect(desk.get_by_role("combobox", name="What", exact=True)).to_be_visible()
    assert serious() == [], "with what else can be done"
    call = number_of(desk)
    desk.keyboard.press("Escape")
    put_away(desk, county.url, call)
    assert places
