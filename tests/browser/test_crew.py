"""A crew's page on a phone, over the demo county: a whole run without a signal, every time right at the end.

The phone signs on, so that the demo's own crew leaves its unit alone; the clock runs at the wall's speed.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from goldenhour.site.accounts.demo import PASSWORD
from tests.browser.cable import Cable
from tests.browser.test_hospital import County
from tests.site.conftest import new_id

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 390, "height": 844}
MOUNT = {"width": 844, "height": 390}
RUN = ("En route", "On scene", "At patient", "Left scene", "At destination", "Transfer of care", "Back in service")
KEPT_FILES = """async () => (await Promise.all((await caches.keys()).map(async name =>
    (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname)))).flat()"""
OFF = timedelta(seconds=2)  # A tap and the moment that a test sees are so far apart on a busy machine.


@pytest.fixture
def desk(county, browser):
    """A supervisor at the desk; the demo runs at the wall's speed."""
    context = browser.new_context(reduced_motion="reduce")
    found = County(context.new_page(), county.url)
    found.post("/api/signin", username="supervisor", password=PASSWORD)
    found.post("/api/demo", speed=1, paused=False)
    yield found
    found.post("/api/demo", speed=5, paused=False)
    context.close()


@pytest.fixture
def cable(county):
    made = Cable(county.port)
    yield made
    made.close()


@pytest.fixture
def phone(browser, cable):
    """A crew's phone, signed in, on a cable that can be cut."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    page = context.new_page()
    answer = page.request.post(f"{cable.url}/api/signin", data={"username": "crew", "password": PASSWORD})
    assert answer.ok, answer.text()
    yield page
    context.close()


def own_unit(desk, page, url):
    """Return a free ambulance that the crew's account may be."""
    own = {one["id"] for one in page.request.get(f"{url}/api/crew/units").json()["units"]}
    return desk.free_ambulance([one for one in desk.get("/api/board")["units"] if one["id"] in own])


def sign_on(page, url, unit):
    page.goto(f"{url}/crew")
    page.get_by_label("Unit").select_option(unit["id"])
    page.get_by_role("button", name=f"Use this phone for {unit['call_sign']}").click()
    expect(page.get_by_test_id("link")).to_have_text("Live")


def send(desk, unit, nature="chest_pain"):
    board = desk.get("/api/board")
    lon, lat = board["region"]["centre"]
    call = desk.post("/api/calls", id=new_id(), lon=lon, lat=lat, nature=nature, address="12 Mill Street")["call_id"]
    desk.post(f"/api/calls/{call}/assignments", id=new_id(), unit=unit["id"], slot="ambulance", reason="a walk")
    return call


def stamps(desk, call, unit):
    entry = next(one for one in desk.get("/api/board")["calls"] if one["id"] == call)
    return next(one["stamps"] for one in entry["units"] if one["unit"] == unit["id"])


def kept(page):
    return page.get_by_test_id("kept")


def site_time(desk):
    return datetime.fromisoformat(desk.get("/api/clock")["at"])


def test_a_run_in_a_dead_zone_ends_with_every_time_right(phone: Page, desk, cable):
    unit = own_unit(desk, phone, cable.url)
    sign_on(phone, cable.url, unit)
    call = send(desk, unit)
    card = phone.get_by_test_id("call")
    expect(card).to_contain_text("12 Mill Street")
    expect(card).to_contain_text("New call")
    phone.get_by_test_id("next").click()
    expect(card).not_to_contain_text("New call")
    expect(kept(phone)).to_have_text("")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.wait_for_function("caches.match('/crew').then(found => !!found)")

    cable.cut()
    pressed = {}
    for number, step in enumerate(RUN, 1):
        expect(phone.get_by_test_id("next")).to_have_text(step)
        phone.get_by_test_id("next").click()
        pressed[step] = site_time(desk)
        expect(kept(phone)).to_have_text(f"{number} tap{'s' if number > 1 else ''} kept, not sent yet")
        if step == "At patient":  # The phone was started anew in the middle of it.
            phone.reload()
            expect(kept(phone)).to_have_text("3 taps kept, not sent yet")
            expect(phone.get_by_test_id("call")).to_contain_text("12 Mill Street")
    assert set(stamps(desk, call, unit)) == {"unit_notified", "acknowledged"}

    cable.mend()
    expect(kept(phone)).to_have_text("")
    expect(phone.get_by_role("heading", name="No call")).to_be_visible()
    found = stamps(desk, call, unit)
    assert list(found)[2:] == [one.lower().replace(" ", "_") for one in RUN]
    for step, at in pressed.items():
        told = datetime.fromisoformat(found[step.lower().replace(" ", "_")]).astimezone(UTC)
        assert abs(told - at) < OFF, (step, told, at)
    entries = desk.get(f"/api/units/{unit['id']}/times?call_id={call}")["runs"][0]["entries"]
    assert len(entries) == len(RUN) + 2  # Each once.
    assert {one["basis"] for one in entries if one["stamp"] != "unit_notified"} == {"device"}
    kept_files = phone.evaluate(KEPT_FILES)
    assert kept_files
    assert [one for one in kept_files if one.startswith("/api/")] == []  # The call is in no cache of files.


def test_what_is_refused_is_read_and_holds_up_nothing_and_a_mayday_is_on_top_of_the_board(
    phone: Page, desk, cable, county
):
    unit = own_unit(desk, phone, cable.url)
    sign_on(phone, cable.url, unit)
    call = send(desk, unit, nature="assault")
    expect(phone.get_by_test_id("call")).to_be_visible()
    for step in ("Acknowledged", "En route", "On scene"):
        expect(phone.get_by_test_id("next")).to_have_text(step)
        phone.get_by_test_id("next").click()
    expect(phone.get_by_label("PAR")).to_contain_text("Asked in")  # A scene of that kind asks by itself.
    phone.get_by_role("button", name=re.compile("^Undo On scene")).click()
    expect(phone.get_by_test_id("next")).to_have_text("On scene")
    expect(kept(phone)).to_have_text("")
    assert "on_scene" not in stamps(desk, call, unit)
    phone.get_by_test_id("next").click()

    phone.get_by_role("button", name="More").click()
    phone.get_by_role("button", name="Ask for a helicopter").click()
    expect(phone.get_by_text("Helicopter asked for")).to_be_visible()
    phone.get_by_role("button", name="Mayday", exact=True).click(delay=1500)
    expect(phone.get_by_text("It stands at the top of the board.")).to_be_visible()
    desk.page.goto(f"{county.url}/")
    alarms = desk.page.get_by_label("Crews' alarms")
    expect(alarms.get_by_role("alert").first).to_contain_text(f"Mayday {unit['call_sign']}")
    alarms.get_by_role("button", name="Coming").click()
    desk.page.get_by_label("For the crew").fill("H1 in 12 minutes")
    desk.page.get_by_role("button", name="Coming").last.click()
    expect(phone.get_by_text("H1 in 12 minutes")).to_be_visible()
    phone.get_by_role("button", name="We are safe").click()
    expect(alarms.get_by_text("Mayday")).to_have_count(0)

    phone.get_by_role("button", name="More").click()
    phone.get_by_role("button", name="Checklist: Cardiac arrest").click()
    box = phone.get_by_role("checkbox", name=re.compile("^Pads on"))
    box.click()
    expect(box).to_have_attribute("aria-checked", "true")
    expect(kept(phone)).to_have_text("")
    phone.keyboard.press("Escape")
    assert "arrest" in desk.get(f"/api/units/{unit['id']}/crew")["call"]["ticks"]

    cable.cut()
    phone.get_by_test_id("next").click()
    expect(kept(phone)).to_have_text("1 tap kept, not sent yet")
    phone.evaluate(  # A tap of a call that the unit was never on, as it could come from a page of long ago.
        """unit => { const kept = JSON.parse(localStorage["goldenhour.crew.taps"]);
        const last = kept.at(-1);
        const wrong = {...last, id: last.id.slice(0, -4) + "abcd", label: "Of another call"};
        wrong.body = {...wrong.body, id: wrong.id, call_id: "26-9999"};
        localStorage["goldenhour.crew.taps"] = JSON.stringify([wrong, ...kept]); }""",
        unit["id"],
    )
    cable.mend()
    expect(phone.get_by_role("alert").filter(has_text="Of another call")).to_contain_text(
        "was never sent to call 26-9999"
    )
    expect(kept(phone)).to_have_text("")
    assert "at_patient" in stamps(desk, call, unit)
    phone.get_by_role("button", name="Seen").click()
    for step in ("left_scene", "at_destination", "back_in_service"):
        desk.stamp(unit["id"], step)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [PHONE, MOUNT], ids=["phone", "mount"])
def test_the_page_is_for_thumbs_and_for_everybody(phone: Page, desk, cable, theme, size):
    phone.set_viewport_size(size)
    phone.add_init_script(f"localStorage['goldenhour.theme'] = '{theme}'")
    unit = own_unit(desk, phone, cable.url)
    phone.goto(f"{cable.url}/crew")
    phone.get_by_label("Unit").select_option(unit["id"])
    expect(phone.get_by_role("button", name="Use this phone")).to_be_visible()
    assert serious(phone) == []
    sign_on(phone, cable.url, unit)
    send(desk, unit)
    expect(phone.get_by_test_id("call")).to_be_visible()
    assert serious(phone) == []
    assert phone.get_by_test_id("next").bounding_box()["height"] >= 72
    heights = phone.evaluate(
        "[...document.querySelectorAll('.crew button')].filter(one => one.offsetParent)"
        ".map(one => [one.textContent, one.getBoundingClientRect().height])"
    )
    assert [one for one in heights if one[1] < 48] == []
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    phone.get_by_role("button", name="All times").click()
    expect(phone.get_by_role("dialog").get_by_role("listitem")).to_have_count(17)
    assert serious(phone) == []
    for step in ("en_route", "cancelled"):
        desk.stamp(unit["id"], step)


def serious(page):
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]
