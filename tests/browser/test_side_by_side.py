"""Desk, crew and hospital at once, in a house with the wall's clock where nobody presses anything but the test."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_call_taking import address_in_two_towns, location, number_of, places_listed, take
from tests.conftest import HOUSE
from tests.serving import Server
from tests.site.conftest import new_id

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def town(county):  # The demo's start makes the region that is served here without its demo.
    return max((HOUSE / "var" / "demo").glob("region-*"), key=lambda one: one.stat().st_mtime)


@pytest.fixture
def house(town, tmp_path):
    server = Server("--region", str(town), data=tmp_path)
    cards = [{"name": one["name"], "words": one["words"]} for one in server.get("/api/cards")["items"]]
    in_a_year = str(datetime.now(UTC).date() + timedelta(days=360))
    post(server, "/api/cards/approvals", items=cards, until=in_a_year)  # Nobody may ask what no physician stands for.
    yield server
    server.stop()


def post(house: Server, path: str, **body):
    status, _, said = house.ask("POST", path, {"id": new_id(), **body})
    assert status in {200, 201, 204}, said
    return json.loads(said) if said else None


def open_desk(page: Page, house: Server) -> Page:
    page.goto(house.url)
    live(page)
    return page


def live(page: Page) -> None:
    expect(page.get_by_test_id("link")).to_have_text(re.compile("^Live$"))


def type_call(page: Page, house: Server) -> str:
    """Let a call taker type a place and pick it; return the call's number."""
    take(page)
    _, places = address_in_two_towns(page, house.url)
    page.keyboard.type(places[0]["label"])  # With its town.
    expect(places_listed(page, selected=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Is the person awake?")).to_be_visible()
    return number_of(page)


def entry(house: Server, call: str) -> dict:
    return next(one for one in house.get("/api/board")["calls"] if one["id"] == call)


def test_an_arrest_goes_from_the_ring_to_the_hand_over_on_three_pages(browser: Browser, house: Server):
    faults = []
    pages = {}
    for name, (width, height) in {"desk": (1280, 800), "crew": (390, 844), "hospital": (1280, 800)}.items():
        pages[name] = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce"
        ).new_page()
        pages[name].on("pageerror", lambda fault, name=name: faults.append((name, str(fault))))
    desk, crew, hospital = open_desk(pages["desk"], house), pages["crew"], pages["hospital"]

    # The desk: two keys after the address say what it is, one sends.
    call = type_call(desk, house)
    desk.keyboard.press("n")
    desk.keyboard.press("n")
    expect(desk.get_by_text("CPR, adult")).to_be_visible()
    desk.keyboard.press("s")
    card = desk.get_by_role("complementary", name=f"Call {call}")
    expect(card.locator(".ready button")).to_be_visible()
    desk.keyboard.press("s")
    expect(desk.locator("output.message")).to_have_text(re.compile(rf" sent to {call}\.$"))
    types = {one["id"]: one for one in house.get("/api/board")["units"]}
    unit = next(types[one["unit"]] for one in entry(house, call)["units"] if types[one["unit"]]["type"] == "ambulance")

    # The crew: the alert is there when the phone is signed on; every step is one tap.
    crew.goto(f"{house.url}/crew")
    crew.get_by_label("Unit").select_option(unit["id"])
    crew.get_by_role("button", name=re.compile("^Use this phone for ")).click()
    live(crew)
    expect(crew.get_by_test_id("call")).to_have_attribute("data-call", call)
    expect(crew.get_by_text("The caller describes a cardiac arrest.")).to_be_visible()
    steps = crew.get_by_role("navigation", name="Status")

    def press(step: str) -> None:
        steps.get_by_role("button", name=step, exact=True).click()

    press("Acknowledged")
    press("En route")
    row = desk.locator(".unit", has_text=unit["call_sign"]).first
    expect(row).to_contain_text("ER")
    press("On scene")
    press("At patient")

    # The hospital: chosen by the crew, alerted, and it answers; the crew reads that it did.
    press("More")
    crew.get_by_role("button", name="Hospital and pre-alert").click()
    advised = crew.locator(".doors button", has_text="(advised)").first
    name = advised.locator("strong").inner_text()
    advised.click()
    facility = next(one["id"] for one in house.get("/api/board")["hospitals"] if one["name"] == name)
    hospital.goto(f"{house.url}/hospital?hospital={facility}")
    live(hospital)
    patient = hospital.locator(f'[data-testid="patient"][data-call="{call}"]')
    expect(patient).to_be_visible()
    press("More")
    crew.get_by_role("button", name="Hospital and pre-alert").click()
    crew.get_by_role("button", name=f"Pre-alert {name}").click()
    crew.get_by_label("What comes").select_option("cardiac_arrest")
    crew.get_by_label("Age in years").fill("61")
    crew.get_by_role("button", name="Tell the hospital").click()
    band = patient.get_by_role("group", name="Pre-alert: Cardiac arrest")
    expect(band).to_contain_text("61 years")
    band.get_by_role("button", name=re.compile("^Acknowledge ")).click()
    expect(crew.get_by_text(re.compile("Cardiac arrest: seen"))).to_be_visible()

    press("Left scene")
    expect(patient.get_by_test_id("eta")).to_contain_text(re.compile(r"\d:\d\d"))
    press("At destination")
    patient.get_by_role("button", name=re.compile("^Accept patient of ")).click()
    expect(crew.get_by_text(f"{name}, accepted")).to_be_visible()
    press("Back in service")
    expect(patient).to_have_count(0)
    expect(row).to_contain_text(re.compile("AV|RT"))

    mine = next(one for one in entry(house, call)["units"] if one["unit"] == unit["id"])
    order = (
        "unit_notified", "acknowledged", "en_route", "on_scene", "at_patient", "left_scene", "at_destination",
        "transfer_of_care", "back_in_service",
    )  # fmt: skip
    assert set(order) <= set(mine["stamps"])
    times = [mine["stamps"][one] for one in order]
    assert times == sorted(times)
    assert faults == []
    for page in pages.values():
        page.context.close()


def test_of_two_desks_that_send_one_unit_the_second_reads_who_was_faster(browser: Browser, house: Server):
    lon, lat = house.get("/api/board")["region"]["centre"]
    body = {"lon": lon, "lat": lat, "nature": "chest_pain", "priority": 1}
    calls = [post(house, "/api/calls", **body)["call_id"] for _ in range(2)]
    desks = [
        browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce").new_page() for _ in calls
    ]
    for page, call in zip(desks, calls, strict=True):
        open_desk(page, house)
        page.locator(".call", has_text=call).first.click()
        card = page.get_by_role("complementary", name=f"Call {call}")
        expect(card.locator(".chosen").first).to_be_visible()
    advised = [{one["unit"] for one in entry(house, call)["recommendation"]["chosen"]} for call in calls]
    assert advised[0] & advised[1]  # Two calls at one place are advised the same units.

    for page in desks:  # The second presses before it has seen what the first did, or a moment after.
        page.keyboard.press("s")
    expect(desks[0].locator("output.message")).to_have_text(re.compile(rf" sent to {calls[0]}\.$"))
    said = desks[1].locator("output.message")
    # Refused by the log, with who and when, or by the page that had just heard of it.
    expect(said).to_have_text(
        re.compile(rf"on call {calls[0]} since \d\d:\d\d:\d\d, sent by desk|nobody is free|already")
    )

    running = [one["unit"] for call in calls for one in entry(house, call)["units"]]
    assert len(running) == len(set(running))  # Each on one call, never on two.
    assert {one["unit"] for one in entry(house, calls[0])["units"]} == advised[0]
    for page in desks:
        page.context.close()


def test_a_server_killed_in_the_middle_of_a_call_loses_nothing_of_it(page: Page, house: Server):
    desk = open_desk(page, house)
    call = type_call(desk, house)
    desk.get_by_label("Phone").fill("555 0100")
    desk.get_by_label("What the caller says").fill("he fell off the roof")
    expect(desk.locator(".saved")).to_have_text(re.compile("^saved "))

    house.kill()
    expect(desk.get_by_test_id("link")).not_to_have_text("Live")
    desk.get_by_label("What the caller says").fill("he fell off the roof, two of them")
    house.start()
    live(desk)  # By itself.

    expect(desk.get_by_label("What the caller says")).to_have_value("he fell off the roof, two of them")
    desk.reload()
    expect(location(desk)).not_to_have_value("")
    assert number_of(desk) == call
    expect(desk.get_by_label("What the caller says")).to_have_value("he fell off the roof, two of them")
    expect(desk.locator(".saved")).to_have_text(re.compile("^saved "))
    kept = next(one for one in house.get("/api/drafts") if one["call_id"] == call)
    assert kept["fields"]["callback"] == "555 0100"
    assert "two of them" in str(kept["fields"])
