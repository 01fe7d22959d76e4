"""The page for paging: a destination is added, tried, changed, paused and ended, and seen to fail."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_aid import serious, sheet
from tests.browser.test_house import row, seat, why  # noqa: F401 -- A fixture, used by its name.
from tests.browser.test_signin import house as house  # noqa: PLC0414 -- A fixture, used by its name.
from tests.browser.test_signin import set_password, sign_in
from tests.site.outside import Web
from tests.site.outside import running as running_outside

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 800}
SECRET = re.compile(r"^[\w-]{43}$")


@pytest.fixture
def printer(monkeypatch):
    """A station's printer that the operator allows, before the house starts."""
    with running_outside(Web()) as one:
        monkeypatch.setenv("GOLDENHOUR_PAGING_HOSTS", f"127.0.0.1:{one.port}")
        yield one


def press(page: Page, label: str, doing: str) -> None:
    page.get_by_role("button", name=f"{doing}: {label}").click()


def test_an_administrator_sets_a_printer_up_and_sees_what_becomes_of_its_messages(page: Page, printer, house, seat):  # noqa: F811
    set_password(page, house.add("chief", "--role", "administrator@*"))
    sign_in(page, "chief")
    page.wait_for_url(lambda url: "/signin" not in url)
    page.goto(f"{house.url}/admin")
    page.get_by_role("link", name="Paging").click()
    expect(page.get_by_text("Nothing is sent anywhere.")).to_be_visible()
    assert serious(page) == [], "nothing yet"

    page.get_by_role("button", name="Add a destination").press("Enter")
    form = sheet(page, "Add a destination")
    expect(form.get_by_label("Name")).to_be_focused()
    page.keyboard.type("Station 4 printer")
    form.get_by_label("Web address").fill("http://10.0.0.8/hook")
    assert serious(page) == [], "the form"
    page.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_be_visible()  # A private address, in words, and the form stays.
    form.get_by_label("Web address").fill(printer.url)
    page.keyboard.press("Enter")
    secret = sheet(page, "The secret of Station 4 printer").locator("code").inner_text()
    assert SECRET.match(secret)
    page.keyboard.press("Escape")
    expect(page.get_by_text(secret)).to_have_count(0)
    there = row(page, "Station 4 printer")
    expect(there).to_contain_text("Untried")
    assert "k3y" not in page.content()  # Nor where it leads.

    press(page, "Station 4 printer", "Send a test")
    expect(page.get_by_role("status")).to_have_text("A test message to Station 4 printer is on its way.")
    expect(there).to_contain_text("Well")
    assert [one["what"] for one in printer.bodies()] == ["test"]

    press(page, "Station 4 printer", "Change")
    form = sheet(page, "Change Station 4 printer")
    form.get_by_label(re.compile("^Cancels")).uncheck()
    form.get_by_label("What it is told of the place").select_option("area")
    form.get_by_role("button", name="Change it").click()
    expect(there).to_contain_text("told the area alone")
    expect(there).not_to_contain_text("Cancels")
    printer.status = 500
    press(page, "Station 4 printer", "Send a test")
    expect(there).to_contain_text("Cannot be reached")
    expect(there).to_contain_text("HTTP 500")
    press(page, "Station 4 printer", "Pause")
    why(page, "Pause Station 4 printer", "new paper", "Pause it")
    expect(there).to_contain_text("Paused")
    assert serious(page) == [], "paused"
    press(page, "Station 4 printer", "Resume")
    expect(there).not_to_contain_text("Paused")
    press(page, "Station 4 printer", "End")
    why(page, "End Station 4 printer", "a new one", "End it for good")
    expect(page.get_by_text("Nothing is sent anywhere.")).to_be_visible()

    reviewer = seat(DESK)
    set_password(reviewer, house.add("bob", "--role", "quality@*"))
    sign_in(reviewer, "bob")
    reviewer.wait_for_url(lambda url: "/signin" not in url)
    reviewer.goto(f"{house.url}/admin/paging")
    expect(reviewer.get_by_role("heading", name="This is not for your account")).to_be_visible()
    expect(reviewer.get_by_role("link", name="Paging")).to_have_count(0)
    assert reviewer.request.get(f"{house.url}/api/paging/destinations").status == 403
