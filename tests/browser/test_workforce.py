"""The office in a real browser, over the demo county: people and what they hold, scope of practice, one's own page.

Needs the built page and the fixtures of conftest.py: `county` (`url` of a running demo), `page` (1280 x 800).
"""

import re
from urllib.parse import urlsplit

import pytest
import uuid_utils
from playwright.sync_api import Page, expect

from tests.browser.test_board import AXE

pytestmark = pytest.mark.browser

PASSWORD = "golden-hour-demo"
OFFICER = "credentialing"
HEADER = "person,given_name,family_name,agency,since,kind,place,level,number,issued,expires"
LOOK = "async () => (await axe.run()).violations.map(one => [one.impact, one.id, one.nodes[0].html])"


def new_id(kind: str) -> str:
    """Return an id that nobody has yet, on a county that other walks may have used."""
    return f"{kind}-0{str(uuid_utils.uuid7())[-8:]}"


def sign_in(page: Page, url: str, account: str, password: str = PASSWORD) -> dict:
    answer = page.request.post(f"{url}/api/signin", data={"username": account, "password": password})
    assert answer.ok, answer.text()
    return page.request.get(f"{url}/api/session").json()


def gesture(page: Page, url: str, path: str, **body):
    answer = page.request.post(f"{url}/api/workforce/{path}", data={"id": str(uuid_utils.uuid7()), **body})
    assert answer.ok, answer.text()
    return answer


def agency_of(session: dict) -> str:
    return next(one["agency"] for one in session["grants"] if one["role"] == "credentialing")


def new_person(page: Page, url: str, agency: str) -> str:
    """Put somebody with a licence into the books; return their id."""
    person = new_id("br")
    serves = {"agency": agency, "start": "2026-01-01"}
    gesture(page, url, "people", person=person, who={"given_name": "Bea", "family_name": "Brook"}, affiliation=serves)
    licence = {"kind": "licence", "place": "EX", "level": "emt", "issued": "2026-01-01", "expires": "2027-12-31"}
    gesture(page, url, f"people/{person}/credentials", **licence)
    return person


def people(page: Page, url: str) -> int:
    return page.request.get(f"{url}/api/workforce/people").json()["total"]


def card(page: Page, name: str):
    return page.get_by_role("article", name=name)


def row(page: Page, words: str):
    return page.get_by_role("row").filter(has_text=words)


def switch_to_light(page: Page) -> None:
    page.locator("body").press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def serious(page: Page) -> list:
    page.evaluate(AXE.read_text())
    return [one for one in page.evaluate(LOOK) if one[0] in {"serious", "critical"}]


def test_a_file_with_a_wrong_line_is_reported_line_by_line_and_nothing_of_it_comes_in(page: Page, county):
    session = sign_in(page, county.url, OFFICER)
    agency, one, two = agency_of(session), new_id("im"), new_id("im")
    good = f"{one},Ann,Alder,{agency},2026-01-01,licence,EX,emt,E-1,2026-01-01,2027-12-31"
    wrong = f"{two},Bo,Birch,{agency},2026-01-01,licence,EX,wizard,E-2,2026-01-01,2027-12-31"
    before = people(page, county.url)

    page.goto(f"{county.url}/workforce/import")
    page.get_by_label("Text of the file").fill(f"{HEADER}\n{good}\n{wrong}\n")
    expect(page.get_by_role("button", name="Import")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Check").click()

    report = page.get_by_role("region", name="Report")
    expect(report).to_contain_text("1 line is wrong. Nothing was taken in.")
    fault = row(report, "Wrong")
    expect(fault).to_have_count(1)
    expect(fault.get_by_role("rowheader")).to_have_text("3")
    expect(fault).to_contain_text("There is no such level.")
    expect(page.get_by_role("button", name="Import")).to_have_attribute("aria-disabled", "true")
    expect(report).not_to_contain_text("Birch")  # What was entered is never said again.
    assert people(page, county.url) == before

    page.get_by_label("Text of the file").fill(f"{HEADER}\n{good}\n{wrong.replace('wizard', 'paramedic')}\n")
    page.get_by_role("button", name="Check").click()
    expect(report).to_contain_text("Nothing is taken in yet.")
    assert people(page, county.url) == before
    page.get_by_role("button", name="Import").click()
    expect(report).to_contain_text("Taken in")
    assert people(page, county.url) == before + 2

    page.get_by_role("navigation", name="Workforce").get_by_role("link", name="People").click()
    page.locator("body").press("/")
    page.keyboard.type("birch")
    expect(row(page, two)).to_contain_text("Paramedic")
    assert "birch" not in page.url.lower()  # Nobody's name stands in an address.


def test_a_credential_is_verified_and_an_edit_clears_it(page: Page, county):
    session = sign_in(page, county.url, OFFICER)
    person = new_person(page, county.url, agency_of(session))
    page.goto(f"{county.url}/workforce/people/{person}")
    licence = card(page, "EX EMT licence")
    expect(licence).to_contain_text("Not verified since it was last changed")
    expect(licence).to_contain_text("Holds through 2027-12-31")

    licence.get_by_role("button", name="Verify").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Verified").press("Enter")
    expect(sheet.get_by_role("alert")).to_contain_text("Say where you looked it up")
    sheet.get_by_label("Where you looked it up").fill("the state's register")
    sheet.get_by_role("button", name="Verified").click()
    expect(licence).to_contain_text(re.compile(rf"Verified by {OFFICER} on \S+: the state's register"))
    expect(page.get_by_role("status").last).to_contain_text("is verified")

    licence.get_by_role("button", name="Renew").click()
    sheet.get_by_role("button", name="Renew").press("Enter")
    expect(sheet.get_by_role("alert")).to_contain_text("A licence has a last day")
    sheet.get_by_label("Last day it holds", exact=True).fill("2029-12-31")
    sheet.get_by_role("button", name="Renew").click()
    expect(licence).to_contain_text("Holds through 2029-12-31")
    expect(licence).to_contain_text("Not verified since it was last changed")
    licence.get_by_text("History (3)").click()
    expect(licence.get_by_role("listitem")).to_have_count(3)  # Nothing is lost: issued, verified, renewed.


def test_what_cannot_be_done_to_a_credential_is_said_in_words(page: Page, county):
    session = sign_in(page, county.url, OFFICER)
    person = new_person(page, county.url, agency_of(session))
    page.goto(f"{county.url}/workforce/people/{person}")
    licence = card(page, "EX EMT licence")
    licence.get_by_text("More", exact=True).click()
    licence.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_label("Reason").fill("By order of the state office")
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(licence).to_contain_text("Revoked")
    expect(page.get_by_role("complementary", name="Person")).to_contain_text("No live licence")

    renew = licence.get_by_role("button", name=re.compile("Renew"))
    expect(renew).to_have_attribute("aria-disabled", "true")
    expect(renew).to_have_attribute("title", "It is revoked.")
    renew.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_change_that_costs_many_their_licence_waits_for_a_second_person(page: Page, county, browser):
    agency = agency_of(sign_in(page, county.url, OFFICER))
    listed = page.request.get(f"{county.url}/api/workforce/people?standing=live&agency={agency}&limit=1000").json()
    many = [one["id"] for one in listed["people"]][: listed["total"] // 10 + 1]
    lines = "\n".join(f"{one},{agency},2026-05-04" for one in many)
    page.goto(f"{county.url}/workforce/import")
    page.get_by_label("Text of the file").fill(f"person,agency,left\n{lines}\n")
    page.get_by_role("button", name="Check").click()
    report = page.get_by_role("region", name="Report")
    expect(report).to_contain_text("Nothing is taken in yet.")
    page.get_by_role("button", name="Import").click()
    expect(report).to_contain_text("It waits for a second person.")

    page.get_by_role("link", name="See what waits").click()
    mine = page.get_by_role("listitem").filter(has_text=f"of {agency} without a licence")
    confirm = mine.get_by_role("button", name="Confirm")
    expect(confirm).to_have_attribute("aria-disabled", "true")
    expect(mine).to_contain_text("You proposed it: another officer confirms it.")
    mine.get_by_role("button", name="Withdraw").click()
    page.get_by_role("dialog").get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("Nothing waits for a second person.")).to_be_visible()
    after = page.request.get(f"{county.url}/api/workforce/people?standing=live&agency={agency}&limit=1000").json()
    assert after["total"] == listed["total"]  # Nobody left.


def test_ones_own_page_says_what_one_may_do_and_why(page: Page, county):
    session = sign_in(page, county.url, "crew")
    assert session["person"], "the demo's crew account belongs to somebody"
    page.goto(f"{county.url}/me")
    expect(page.get_by_role("heading", name="What I may do today")).to_be_visible()
    expect(page.get_by_role("region", name="Standing")).to_contain_text("EMT")
    skills = page.get_by_role("region", name="Skills")

    page.get_by_label("Search a skill").fill("oral airway")
    allowed = skills.get_by_role("listitem").filter(has_text="Oral airway (OPA)")
    expect(allowed).to_contain_text("Allowed")
    expect(allowed).to_contain_text("an EMT may do")

    page.get_by_label("Search a skill").fill("cricothyrotomy")
    denied = skills.get_by_role("listitem").filter(has_text="Not allowed").first
    expect(denied).to_contain_text("an EMT may not")
    expect(denied.get_by_role("link", name="All findings")).to_be_visible()
    denied.get_by_role("button", name="This rule is wrong").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("What is wrong").fill("Ours has allowed it since May.")
    sheet.get_by_role("button", name="Tell the medical directors").click()
    expect(page.get_by_role("status").last).to_contain_text("The medical directors have your word")

    page.get_by_label("Search a skill").fill("")
    page.get_by_role("button", name=re.compile("^Unknown")).click()
    unknown = skills.get_by_role("listitem").first
    expect(unknown).to_contain_text("Unknown")
    assert skills.get_by_text("Not allowed", exact=True).count() == 0

    page.get_by_label("My role at the scene").select_option("command")
    page.get_by_role("button", name=re.compile(r"^All \d")).click()
    expect(page.get_by_role("button", name="Allowed 0", exact=True)).to_be_visible()  # Who commands plans no care.
    expect(page.get_by_role("region", name="Training")).to_contain_text("h of")


def test_a_question_of_scope_is_asked_by_keys_and_answered_with_its_rules(page: Page, county):
    page.goto(f"{county.url}/workforce/scope")
    page.get_by_label("Level", exact=True).select_option("emr")
    page.locator("body").press("/")
    page.keyboard.type("opioid intranasal unit")
    page.keyboard.press("Enter")
    answer = page.get_by_role("region", name="The answer")
    expect(answer.locator(".verdict-head")).to_contain_text("Allowed")
    expect(answer).to_contain_text("invented")  # The demo's state says what it is.

    page.get_by_label("Place", exact=True).select_option("WY")
    expect(answer.locator(".verdict-head")).to_contain_text("Unknown")
    expect(answer).to_contain_text("There is no rule book for WY; add scope_rules/wy.yaml.")

    page.get_by_label("Place", exact=True).select_option("KS")
    page.get_by_label("Day", exact=True).fill("2026-06-01")
    expect(answer.locator(".verdict-head")).to_contain_text("Allowed")
    expect(answer).to_contain_text("K.A.R. 109-3-3")
    page.reload()
    expect(answer).to_contain_text("K.A.R. 109-3-3")  # The address holds the question.

    page.get_by_role("link", name="Compare two places").click()
    page.get_by_label("Other place").select_option("MT")
    expect(page.get_by_text(re.compile(r"\d+ skills? differ"))).to_be_visible()


def test_moving_to_another_state_is_told_step_by_step(page: Page, county):
    page.goto(f"{county.url}/workforce/moving?licence=CO&level=emt")
    page.get_by_label("To", exact=True).select_option("VA")
    answer = page.get_by_role("region", name="The answer")
    expect(answer).to_contain_text("There are steps to take")
    expect(answer.get_by_role("heading", name="EMS Compact")).to_be_visible()
    expect(answer).to_contain_text("Practise under a physician medical director there.")
    page.get_by_label("Level", exact=True).select_option("emr")
    expect(answer).to_contain_text("EMR is not covered")


def test_a_dispatcher_sees_crews_and_nobodys_credentials(page: Page, county):
    sign_in(page, county.url, "dispatcher")
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(f"{county.url}/workforce")
    expect(page.get_by_role("heading", name="This is not for your account")).to_be_visible()
    rail = page.get_by_role("navigation", name="Workforce")
    expect(rail.get_by_role("link", name="Scope of practice")).to_be_visible()
    expect(rail.get_by_role("link", name="People")).to_have_count(0)
    assert not [path for path in asked if "/workforce/people" in path]

    rail.get_by_role("link", name="Crews").click()
    page.get_by_label("Search a unit").fill("M1")
    page.get_by_role("link", name=re.compile("^M1 ")).click()
    unit = page.get_by_role("complementary", name=re.compile("^Unit .*M1$"))
    expect(unit).to_contain_text("Attendant")
    unit.get_by_role("button", name="Take a role").first.click()
    page.get_by_role("dialog").get_by_label("For", exact=True).select_option("shift")
    page.get_by_role("dialog").get_by_role("button", name="Take it").click()
    expect(unit).to_contain_text("their care is out of the counted capacity")
    unit.get_by_role("button", name="Give it back").click()
    expect(unit).not_to_contain_text("their care is out of the counted capacity")
    page.keyboard.press("Escape")
    expect(unit).to_have_count(0)


def test_the_menu_leads_between_the_pages_that_an_account_may_open_and_out(page: Page, county):
    sign_in(page, county.url, "supervisor")
    page.goto(county.url)
    menu = page.get_by_role("button", name=re.compile("^Pages"))
    menu.click()
    expect(page.get_by_role("link", name="Me", exact=True)).to_have_count(0)  # The account belongs to nobody.
    page.get_by_role("link", name="Workforce", exact=True).click()
    expect(page).to_have_url(f"{county.url}/workforce")
    menu.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Pages")).to_have_count(0)
    expect(menu).to_be_focused()
    menu.click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{county.url}/signin")
    assert page.request.get(f"{county.url}/api/session").json()["signed_in"] is False


def test_the_office_asks_nothing_of_other_machines_and_breaks_no_rule_of_its_own(page: Page, county):
    faults, asked = [], []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: asked.append(urlsplit(request.url)))
    sign_in(page, county.url, OFFICER)
    for path in ("", "/expiries", "/seats", "/import", "/waiting", "/crews", "/training", "/scope", "/moving"):
        page.goto(f"{county.url}/workforce{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text("DEMO - not real people")).to_be_visible()
        page.wait_for_load_state("networkidle")
    assert faults == []
    assert {one.netloc for one in asked if one.scheme.startswith("http")} == {urlsplit(county.url).netloc}
    assert "/static/web/assets/maplibre" not in "".join(one.path for one in asked)  # The map stays at the desk.


def test_nothing_of_the_office_is_wider_than_a_phone(page: Page, county):
    session = sign_in(page, county.url, OFFICER)
    person = new_person(page, county.url, agency_of(session))
    page.set_viewport_size({"width": 390, "height": 844})
    wide = []
    paths = (
        *("", f"/people/{person}", f"/people/{person}/today", "/expiries", "/seats", "/import", "/waiting", "/crews"),
        *("/training", "/training?view=sheets", "/scope?view=table", "/scope?view=compare", "/moving?to=VA"),
    )
    for path in paths:
        page.goto(f"{county.url}/workforce{path}")
        page.wait_for_load_state("networkidle")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_office_has_no_serious_fault_of_accessibility(page: Page, county, theme):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `npm ci` in web/.")
    session = sign_in(page, county.url, OFFICER)
    person = new_person(page, county.url, agency_of(session))
    page.goto(f"{county.url}/workforce")
    expect(page.get_by_role("table", name="People")).to_be_visible()
    if theme == "light":
        switch_to_light(page)
    assert serious(page) == [], "the people"
    page.goto(f"{county.url}/workforce/people/{person}")
    licence = card(page, "EX EMT licence")
    expect(licence).to_be_visible()
    assert serious(page) == [], "a person"
    licence.get_by_role("button", name="Correct").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert serious(page) == [], "a sheet"
    for path, words in (
        (f"people/{person}/today", "Airway"),
        ("expiries", "Within 7 days"),
        ("seats", "fit"),
        ("import", "Check"),
        ("waiting", "second person"),
        ("crews", "can transport"),
        ("training", "Training"),
        ("training?view=sheets", "Steps"),
        ("scope?level=emt&skill=oral_airway", "recognises"),
        ("scope?view=table", "Oral airway"),
        ("scope?view=compare", "differ"),
        ("moving?to=VA&licence=CO&level=emt", "EMS Compact"),
    ):
        page.goto(f"{county.url}/workforce/{path}")
        expect(page.get_by_role("main")).to_contain_text(words)
        assert serious(page) == [], path
    page.locator("body").press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert serious(page) == [], "the sheet of keys"
