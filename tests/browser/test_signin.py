"""Signing in, in a real browser: a link sets a password, a code and a passkey are asked for, the door can be read."""

import os
import re
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser.test_board import AXE
from tests.conftest import HOUSE
from tests.serving import running

pytestmark = pytest.mark.browser

PASSWORD = "seven-quiet-herons"
LOOK = "async () => (await axe.run()).violations.map(one => [one.impact, one.id, one.nodes[0].html])"


@pytest.fixture
def house(tmp_path):
    """A real goldenhour without accounts, by a name that a browser gives keys to, and its command line."""
    env = {**os.environ, "GOLDENHOUR_DATA": str(tmp_path)}
    env.pop("DATABASE_URL", None)

    def accounts(*words):
        command = [sys.executable, "-m", "goldenhour.cli", "accounts", *words]
        done = subprocess.run(command, env=env, cwd=HOUSE, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    with running(data=tmp_path) as there:
        url = f"http://localhost:{there.port}"
        yield SimpleNamespace(url=url, accounts=accounts, add=lambda *words: accounts("add", *words, "--url", url))


def serious(page: Page) -> list:
    page.evaluate(AXE.read_text())
    return [one for one in page.evaluate(LOOK) if one[0] in {"serious", "critical"}]


def sign_in(page: Page, name: str, password: str = PASSWORD, *, at: str = "") -> None:
    """Sign in; `at` is the kind of station, which is asked of whose roles allow several, once on a device."""
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    if at:
        page.get_by_role("button", name=at, exact=True).click()


def set_password(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", name="Set your password")).to_be_visible()
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("status")).to_have_text("The password is set. Sign in with it now.")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_sign_in_page_can_be_read_in_both_themes(page: Page, county, theme):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `npm ci` in web/.")
    page.goto(f"{county.url}/signin")
    expect(page.get_by_label("Name")).to_be_focused()
    if theme == "light":
        page.get_by_role("button", name="Light").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert serious(page) == [], "the door"
    sign_in(page, "nobody", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("The name or the password is wrong.")
    assert serious(page) == [], "with a refusal"


def test_one_of_the_demos_people_is_one_press_away_and_signs_out_again(page: Page, county):
    page.goto(f"{county.url}/signin?next=/")
    page.get_by_role("button", name="dispatcher Dispatcher, every agency").click()
    expect(page.get_by_test_id("link")).to_have_text(re.compile("^Live$"))

    page.goto(f"{county.url}/signin")

    expect(page.get_by_role("heading", name="You are signed in as dispatcher")).to_be_visible()
    assert serious(page) == [], "one's own account"
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_no_other_site_can_be_the_next_page(page: Page, county):
    for bad in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        page.goto(f"{county.url}/signin?next={bad}")
        page.get_by_role("button", name="planner Planner, every agency").click()
        expect(page).to_have_url(re.compile(f"^{re.escape(county.url)}/(workforce|me)?"))
        page.request.delete(f"{county.url}/api/session")


def test_a_link_sets_the_first_password_and_the_desk_opens_and_closes_with_the_account(page: Page, house):
    page.goto(f"{house.url}/signin")
    expect(page.get_by_role("heading", name="There are no accounts yet")).to_be_visible()
    link = house.add("alice", "--role", "dispatcher")
    page.goto(house.url)
    expect(page).to_have_url(f"{house.url}/signin?next=/")

    set_password(page, link)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="A dispatch desk")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("link")).to_have_text(re.compile("^Live$"))

    house.accounts("disable", "alice", "--reason", "left")
    expect(page).to_have_url(f"{house.url}/signin?next=/")
    page.goto(link)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("alert")).to_contain_text("This link was used already")


def test_who_may_sit_at_a_desk_and_in_an_office_says_which_this_device_is_once(page: Page, house, browser):
    def station(of: Page) -> str:
        return of.request.get(f"{house.url}/api/session").json()["lock"]["station"]

    set_password(page, house.add("alice", "--role", "dispatcher"))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Where is this device?")).to_be_visible()
    assert serious(page) == [], "which device this is"
    page.get_by_role("button", name="An office", exact=True).click()
    expect(page.get_by_test_id("link")).to_have_text(re.compile("^Live$"))
    assert station(page) == "office"

    page.goto(f"{house.url}/signin")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "alice")
    expect(page.get_by_test_id("link")).to_have_text(re.compile("^Live$"))  # Not asked again ...
    assert station(page) == "office"  # ... and not taken for a desk, which never locks itself.

    page.goto(f"{house.url}/signin")
    expect(page.get_by_role("button", name="An office", exact=True)).to_have_attribute("aria-pressed", "true")
    assert serious(page) == [], "one's own account"
    page.get_by_role("button", name="A dispatch desk", exact=True).click()
    expect(page.get_by_role("button", name="A dispatch desk", exact=True)).to_have_attribute("aria-pressed", "true")
    assert station(page) == "desk"

    elsewhere = browser.new_context().new_page()  # Another device, and somebody of one kind is asked nothing.
    set_password(elsewhere, house.add("olga", "--role", "credentialing@county-ems"))
    sign_in(elsewhere, "olga")
    expect(elsewhere).to_have_url(re.compile("/workforce"))
    assert station(elsewhere) == "office"
    elsewhere.context.close()


def test_an_app_of_codes_is_set_up_and_asked_for(page: Page, house):
    set_password(page, house.add("olga", "--role", "credentialing@county-ems"))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/workforce"))
    page.goto(f"{house.url}/signin")

    page.get_by_role("button", name="Set up").click()
    page.get_by_label("Your password once more").fill(PASSWORD)
    page.get_by_role("button", name="Go on", exact=True).last.click()
    expect(page.get_by_alt_text("To scan with the app")).to_be_visible()
    secret = page.locator("form code").inner_text()
    wrong = page.get_by_role("alert").filter(has_text="The code is wrong")
    for _ in range(3):  # The app's next code may be due between reading and checking it.
        page.get_by_label("Code").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
        page.get_by_role("button", name="Check the code").click()
        expect(page.locator(".codes").or_(wrong)).to_be_visible()
        if not wrong.is_visible():
            break
    expect(page.locator(".codes li")).to_have_count(10)
    recovery = page.locator(".codes li").first.inner_text()
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, "olga")
    expect(page.get_by_role("status")).to_have_text("The password is right. One more step.")
    page.get_by_label("Code from your app, or a recovery code").fill("000000")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("The code is wrong")
    page.get_by_label("Code from your app, or a recovery code").fill(recovery)
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(re.compile("/workforce"))


def test_a_passkey_signs_in_without_a_password(page: Page, house):
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
           "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    set_password(page, house.add("olga", "--role", "credentialing@county-ems"))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/workforce"))
    page.goto(f"{house.url}/signin")
    page.get_by_role("button", name="Add").click()
    page.get_by_label("Your password once more").fill(PASSWORD)
    page.get_by_role("button", name="Go on", exact=True).last.click()
    expect(page.get_by_text("Passkey: Key 1")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page).to_have_url(re.compile("/workforce"))
    assert page.request.get(f"{house.url}/api/session").json()["account"] == "olga"
