"""The hospital's page in a real browser, over the demo county: what comes is seen, answered and taken over by one tap.

The demo stands still in these walks, so that neither its crews nor its hospitals press anything themselves.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from goldenhour.site.accounts.demo import PASSWORD
from tests.browser.cable import Cable
from tests.site.conftest import new_id

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
# The size of the smallest text inside an element, in px.
SMALLEST = """node => Math.min(...[...node.querySelectorAll("*")]
    .filter(one => !one.closest(".unseen"))
    .filter(one => [...one.childNodes].some(text => text.nodeType === Node.TEXT_NODE && text.textContent.trim()))
    .map(one => parseFloat(getComputedStyle(one).fontSize)))"""


class County:
    """What desks and crews press, over HTTP."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url

    def get(self, path):
        answer = self.page.request.get(f"{self.url}{path}")
        assert answer.ok, answer.text()
        return answer.json()

    def post(self, path, **body):
        answer = self.page.request.post(f"{self.url}{path}", data=body)
        assert answer.ok, (path, answer.text())
        return answer.json() if answer.body() else None

    def stamps(self, call):
        entry = next(one for one in self.get("/api/board")["calls"] if one["id"] == call)
        return {stamp for one in entry["units"] for stamp in one["stamps"]}

    def bring(self, hospital):
        """Let a free ambulance be with a patient whom it will take there; return call, unit and call sign."""
        board = self.get("/api/board")
        unit = self.free_ambulance(board["units"])
        lon, lat = board["region"]["centre"]
        body = {"id": new_id(), "lon": lon, "lat": lat, "nature": "chest_pain"}
        call = self.post("/api/calls", **body)["call_id"]
        self.post(f"/api/calls/{call}/assignments", id=new_id(), unit=unit["id"], slot="ambulance", reason="a walk")
        for stamp in ("en_route", "on_scene"):
            self.stamp(unit["id"], stamp)
        self.post(f"/api/units/{unit['id']}/destination", id=new_id(), call_id=call, facility=hospital)
        return call, unit["id"], unit["call_sign"]

    def free_ambulance(self, units):
        """Return an ambulance that can be sent; on a busy day one that comes home, signs on, or whose job ends now."""
        order = ("available", "returning", "out_of_service")
        ambulances = [one for one in units if one["type"] == "ambulance"]
        free = [one for one in ambulances if one["call_id"] is None and one["status"] in order]
        if not free:
            longest = min(ambulances, key=lambda one: one["since"])
            self.stamp(longest["id"], "back_in_service")
            return longest
        found = min(free, key=lambda one: order.index(one["status"]))
        if found["status"] == "out_of_service":
            self.post(f"/api/units/{found['id']}/duty", id=new_id(), on=True)
        return found

    def stamp(self, unit, stamp):
        self.post(f"/api/units/{unit}/stamps", id=new_id(), stamp=stamp)

    def alert(self, call, unit, kind="stemi", **more):
        return self.post(f"/api/calls/{call}/prealerts", id=new_id(), unit=unit, kind=kind, **more)


@pytest.fixture
def there(county, page):
    """The county, standing still."""
    found = County(page, county.url)
    found.post("/api/demo", speed=1, paused=True)
    yield found
    found.post("/api/demo", speed=5, paused=False)


def open_page(page: Page, url: str, hospital: str, more: str = "") -> None:
    page.goto(f"{url}/hospital?hospital={hospital}{more}")
    expect(page.get_by_test_id("link")).to_have_text("Live")


def row_of(page: Page, call: str):
    return page.locator(f'[data-testid="patient"][data-call="{call}"]')


def test_a_pre_alert_is_seen_answered_and_the_patient_taken_over_by_one_tap(page: Page, county, there):
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    hospital = there.get("/api/hospitals")["hospitals"][0]["id"]
    open_page(page, county.url, hospital)
    call, unit, sign = there.bring(hospital)
    row = row_of(page, call)
    expect(row).to_contain_text("At scene")
    expect(row.get_by_role("button", name=f"Not here yet of {sign}")).to_have_attribute("aria-disabled", "true")

    there.alert(call, unit, age=67, sex="female", complaint="ST elevation")
    band = row.get_by_role("group", name="Pre-alert: STEMI")
    expect(band).to_contain_text("67 years, female")
    expect(band).to_have_attribute("data-waits", "true")
    band.get_by_role("button", name=f"Acknowledge STEMI of {sign}").press("Enter")
    expect(band).to_have_attribute("data-waits", "false")
    expect(band).to_contain_text(re.compile(r"Seen \d\d:\d\d, desk"))

    there.stamp(unit, "left_scene")
    expect(row.get_by_test_id("eta")).to_contain_text(re.compile(r"^\d+:\d\d"))
    there.stamp(unit, "at_destination")
    expect(row.get_by_test_id("offload")).to_contain_text("30:00 left")
    assert "transfer_of_care" not in there.stamps(call)
    row.get_by_role("button", name=f"Accept patient of {sign}").click()
    expect(row).to_have_attribute("data-state", "accepted")
    assert "transfer_of_care" in there.stamps(call)

    row.get_by_role("button", name="Undo").click()  # It was the other patient.
    expect(row).to_have_attribute("data-state", "here")
    assert "transfer_of_care" not in there.stamps(call)
    row.get_by_role("button", name=f"Accept patient of {sign}").click()
    expect(row).to_have_attribute("data-state", "accepted")
    row.get_by_role("button", name=f"Signature for {sign}").click()
    page.get_by_label("Who").select_option("refused")
    page.get_by_label("Reason").fill("Nobody is free to sign")
    page.get_by_role("button", name="Keep that nobody signed").click()
    expect(row).to_contain_text("Not signed: Nobody is free to sign")
    there.stamp(unit, "back_in_service")  # Held by nobody.
    expect(row).to_have_count(0)
    assert faults == []


def test_a_hospitals_own_people_see_their_hospital_alone(page: Page, browser, county, there):
    signed_in = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    try:
        own_page = signed_in.new_page()
        nurse = County(own_page, county.url)
        nurse.post("/api/signin", username="hospital", password=PASSWORD)
        (mine,) = (one["id"] for one in nurse.get("/api/hospitals")["hospitals"])
        other = next(one["id"] for one in there.get("/api/hospitals")["hospitals"] if one["id"] != mine)
        call, unit, _ = there.bring(other)
        there.alert(call, unit, kind="stroke")
        own, _, _ = there.bring(mine)
        own_page.goto(f"{county.url}/hospital")

        expect(row_of(own_page, own)).to_be_visible()
        expect(row_of(own_page, call)).to_have_count(0)
        expect(own_page.locator(".hospital-head select")).to_have_count(0)  # There is none to pick.
        assert own_page.request.get(f"{county.url}/api/hospitals/{other}/inbound").status == 404
        own_page.goto(f"{county.url}/hospital?hospital={other}")
        expect(own_page.get_by_role("alert")).to_contain_text("There is nothing of that name for your account.")
        own_page.get_by_role("button", name="Pages: Hospital").click()
        links = own_page.get_by_role("navigation", name="Pages").get_by_role("link")
        expect(links.first).to_have_text("Hospital")
        assert "Desk" not in links.all_inner_texts()
    finally:
        signed_in.close()


def test_status_and_beds_are_told_by_keys_and_shown_with_their_age(page: Page, county, there):
    hospital = there.get("/api/hospitals")["hospitals"][0]["id"]
    open_page(page, county.url, hospital)
    page.get_by_role("button", name="Change", exact=True).press("Enter")
    page.get_by_label("For").select_option("stroke")
    page.get_by_role("combobox", name="Status").select_option("diversion")
    page.get_by_label("Reason").fill("CT scanner is down")
    page.get_by_label("Reason").press("Enter")
    expect(page.get_by_role("list", name="Status")).to_contain_text(re.compile(r"Diversion: Stroke until \d\d:\d\d"))
    door = next(one for one in there.get("/api/board")["hospitals"] if one["id"] == hospital)
    assert door["diverting"]["services"] == ["stroke"]
    page.get_by_role("button", name="End for Stroke").press("Enter")
    expect(page.get_by_text("Open. No advisory and no diversion.")).to_be_visible()

    page.get_by_role("button", name="Count").press("Enter")
    page.get_by_role("spinbutton", name="Emergency").fill("4")
    page.get_by_role("spinbutton", name="Emergency").press("Enter")
    expect(page.get_by_role("definition")).to_have_text("4")  # And no other kind: that was not counted.
    expect(page.get_by_text(re.compile(r"^Counted, 0:\d\d ago, desk$"))).to_be_visible()


def test_a_page_that_was_cut_off_says_how_old_it_is_and_heals(page: Page, county, there):
    hospital = there.get("/api/hospitals")["hospitals"][0]["id"]
    cable = Cable(county.port)
    try:
        open_page(page, cable.url, hospital)
        cable.cut()
        expect(page.get_by_test_id("link")).to_have_text(re.compile("^Stale: "))
        expect(page.locator(".hospital")).to_have_attribute("data-stale", "true")
        call, _, _ = there.bring(hospital)
        expect(row_of(page, call)).to_have_count(0)
        cable.mend()
        expect(row_of(page, call)).to_be_visible()
        expect(page.locator(".hospital")).to_have_attribute("data-stale", "false")
    finally:
        cable.close()


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("wall", ["", "&wall=1"])
def test_the_hospitals_page_has_no_serious_fault_of_accessibility(page: Page, county, there, theme, wall):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `npm ci` in web/.")
    page.set_viewport_size({"width": 1920, "height": 1080})
    hospital = there.get("/api/hospitals")["hospitals"][0]["id"]
    call, unit, _ = there.bring(hospital)
    for kind in ("stemi", "stroke", "trauma", "sepsis", "obstetric", "other"):
        there.alert(call, unit, kind, complaint="as the crew said it")
    there.stamp(unit, "left_scene")
    there.stamp(unit, "at_destination")
    open_page(page, county.url, hospital, wall)
    if theme == "light":
        page.keyboard.press("t")
    row = row_of(page, call)
    row.get_by_role("button", name="Acknowledge Sepsis").click()
    expect(row.get_by_role("group", name="Pre-alert: Sepsis")).to_have_attribute("data-waits", "false")
    page.evaluate(AXE.read_text())
    look = "async () => (await axe.run()).violations.map(one => [one.impact, one.id, one.nodes[0].html])"
    assert [one for one in page.evaluate(look) if one[0] in {"serious", "critical"}] == []
    if wall:  # From 4 m a letter needs some 20 mm: 30 px of a wall screen.
        assert row.evaluate(SMALLEST) >= 29
    else:
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        assert [one for one in page.evaluate(look) if one[0] in {"serious", "critical"}] == []
