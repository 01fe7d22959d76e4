"""The house's own pages in a real browser: its accounts and programs, broken glass, and a station that locks itself."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_aid import serious, sheet
from tests.browser.test_board import LIVE, board
from tests.browser.test_board import demo as demo  # noqa: PLC0414 -- A fixture, used by its name.
from tests.browser.test_board import link as live
from tests.browser.test_signin import PASSWORD, set_password, sign_in
from tests.browser.test_signin import house as house  # noqa: PLC0414 -- A fixture, used by its name.

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
IDLE_S = 30  # The server counts by the minute: so a minute.
UNTOUCHED_MS = 180_000
LIMITS = """limits:
  - {id: desk, tier: agency, from: 2026-01-01, source: "Our rule 3", quantity: idle_desk, seconds: %d}
  - {id: office, tier: agency, from: 2026-01-01, source: "Our rule 3", quantity: idle_office, seconds: %d}
"""
WRONG = "four-loud-geese"
REASON = "Her daughter is in my ambulance and tells another story."


@pytest.fixture
def seat(browser: Browser):
    """Seat somebody at a browser of their own; all are closed in the end."""
    contexts = []

    def at(size: dict) -> Page:
        contexts.append(browser.new_context(viewport=size))
        return contexts[-1].new_page()

    yield at
    for one in contexts:
        one.close()


def one_press(page: Page, county, who: str, to: str) -> None:
    """Sign one of the demo's people in, on the way to a page."""
    page.goto(f"{county.url}/signin?next={to}")
    page.get_by_role("button", name=re.compile(rf"^{re.escape(who)} ")).click()
    expect(page).to_have_url(f"{county.url}{to}")


def row(page: Page, name: str):
    return page.get_by_role("row", name=re.compile(rf"^{re.escape(name)}\b"))


def why(page: Page, form: str, reason: str, action: str) -> None:
    """Say why in a form that asks for it."""
    asked = sheet(page, form)
    asked.get_by_label(re.compile("^Why")).fill(reason)
    asked.get_by_role("button", name=action).click()
    expect(asked).to_have_count(0)


def test_an_administrator_invites_helps_and_disables_somebody_and_gives_a_program_a_token(page: Page, county, seat):
    one_press(page, county, "administrator", "/admin/accounts")
    expect(row(page, "dispatcher")).to_be_visible()
    assert serious(page) == [], "accounts"
    page.get_by_role("button", name="Invite somebody").click()
    form = sheet(page, "Invite somebody")
    expect(form.get_by_label("Account")).to_be_focused()
    assert serious(page) == [], "the invitation"
    form.get_by_label("Account").fill("j.smith")
    form.get_by_role("button", name="Make the account").click()
    link = sheet(page, "A link for j.smith").locator("code").inner_text()
    page.keyboard.press("Escape")
    expect(row(page, "j.smith")).to_contain_text("Has never signed in")
    expect(page.get_by_text(link)).to_have_count(0)  # Shown once.

    smith = seat(DESK)
    set_password(smith, link)
    for _ in range(5):
        sign_in(smith, "j.smith", WRONG)
        expect(smith.get_by_role("alert")).to_be_visible()
        expect(smith.get_by_role("button", name="Sign in", exact=True)).to_have_attribute("aria-disabled", "false")
    page.reload()
    expect(row(page, "j.smith")).to_contain_text("Locked out until")
    row(page, "j.smith").get_by_role("button", name="Lift the lockout").click()
    expect(row(page, "j.smith")).not_to_contain_text("Locked out")
    sign_in(smith, "j.smith")
    expect(live(smith)).to_have_text(LIVE)
    refused = smith.request.get(f"{county.url}/api/accounts")
    assert (refused.status, refused.json()["code"]) == (403, "no_role")

    row(page, "j.smith").get_by_role("button", name="Disable").click()
    why(page, "Disable j.smith", "left the service", "Disable the account")
    expect(row(page, "j.smith")).to_contain_text("Disabled since")
    assert smith.request.get(f"{county.url}/api/session").json()["signed_in"] is False  # Out at once.

    page.get_by_role("link", name="Programs").click()
    expect(page.get_by_text("No program has a token.")).to_be_visible()
    page.get_by_role("button", name="Make a token").click()
    form = sheet(page, "Make a token")
    form.get_by_label("Name").fill("county.warehouse")
    form.get_by_label("Until").fill("2026-12-31")
    form.get_by_label(re.compile("^measures")).check()
    assert serious(page) == [], "a token is made"
    form.get_by_role("button", name="Make the token").click()
    expect(sheet(page, "The token").locator("code")).not_to_be_empty()
    page.keyboard.press("Escape")
    row(page, "token:county.warehouse").get_by_role("button", name="Revoke").click()
    why(page, "Revoke county.warehouse", "the program is gone", "Revoke the token")
    expect(row(page, "token:county.warehouse")).to_contain_text("Revoked")
    assert serious(page) == [], "programs"


def test_a_crew_breaks_the_glass_of_one_call_and_somebody_else_looks_at_why(page: Page, county, demo, seat):
    demo(paused=True)
    one, other = [call["id"] for call in board(page, county.url)["calls"]][:2]
    crew, reviewer = seat(PHONE), seat(DESK)
    one_press(crew, county, "crew", "/glass")
    assert crew.request.get(f"{county.url}/api/calls/{one}").status == 403
    expect(crew.get_by_role("heading", name="Another call's record")).to_be_visible()
    opens = crew.get_by_role("button", name="Open the record")
    crew.get_by_role("textbox", name="Call").fill(one)
    opens.press("Enter")
    expect(opens).to_have_attribute("title", "Say in a few words why.")  # And nothing was opened.
    assert crew.request.get(f"{county.url}/api/calls/{one}").status == 403
    assert serious(crew) == [], "before the glass is broken"
    crew.get_by_label("In words").fill(REASON)
    opens.click()
    expect(crew.get_by_role("heading", name=f"Call {one}")).to_be_visible()
    expect(crew.get_by_text(re.compile("^Open to you until "))).to_be_visible()
    expect(crew.get_by_role("definition").nth(1)).not_to_be_empty()
    assert serious(crew) == [], "the record"
    assert crew.request.get(f"{county.url}/api/calls/{other}").status == 403  # One call alone.
    crew.goto(f"{county.url}/admin/glass")
    expect(crew.get_by_role("heading", name="This is not for your account")).to_be_visible()

    one_press(reviewer, county, "quality", "/admin/glass")
    opened = reviewer.get_by_role("listitem").filter(has_text=f"crew opened call {one}")
    expect(opened).to_contain_text(REASON)
    expect(opened).to_contain_text("Read under it: /api/calls/{call_id}")
    assert serious(reviewer) == [], "what waits for a review"
    opened.get_by_role("button", name="Review").click()
    form = sheet(reviewer, f"crew opened call {one}")
    form.get_by_label("Was it right to open it?").select_option("no")
    form.get_by_label("What you found").fill("Nobody of that household was aboard.")
    assert serious(reviewer) == [], "the review"
    form.get_by_role("button", name="Write down the review").click()
    expect(opened).to_have_count(0)
    reviewer.get_by_role("link", name="Reviewed").click()
    expect(opened).to_contain_text("Not right, says quality")
    reviewer.get_by_role("link", name="Who read what").click()
    reviewer.get_by_role("textbox", name="Call").fill(one)
    reviewer.get_by_label("Account").fill("crew")
    reviewer.get_by_role("button", name="Look").click()
    expect(reviewer.get_by_role("table", name="Reads")).to_contain_text("/api/calls/{call_id}")
    assert serious(reviewer) == [], "who read what"


@pytest.fixture
def locking(tmp_path, request):
    """A house of test_signin whose desks and offices lock themselves soon."""
    (tmp_path / "access_limits.yaml").write_text(LIMITS % (IDLE_S, IDLE_S))
    return request.getfixturevalue("house")


def unlock(page: Page, password: str) -> None:
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Unlock", exact=True).click()


def locked(page: Page):
    return page.get_by_role("heading", name="Locked")


def test_a_station_that_nobody_touches_locks_itself_never_in_the_middle_of_a_call(locking, seat):
    roles = {"alice": "dispatcher", "amy": "dispatcher", "olga": "credentialing@county-ems"}
    links = {name: locking.add(name, "--role", role) for name, role in roles.items()}
    alice, amy, olga = seat(DESK), seat(DESK), seat(DESK)
    for name, page in {"alice": alice, "amy": amy, "olga": olga}.items():
        set_password(page, links[name])
        sign_in(page, name, at="" if name == "olga" else "A dispatch desk")
        expect(page).not_to_have_url(re.compile("/signin"))
    expect(live(amy)).to_have_text(LIVE)
    expect(live(alice)).to_have_text(LIVE)
    alice.keyboard.press("a")
    alice.get_by_label("What the caller says").fill("he fell off the roof")
    expect(alice.locator(".saved")).to_have_text(re.compile("^saved "))
    olga.goto(f"{locking.url}/workforce/people")
    typed = olga.get_by_label("Search name or id")
    typed.fill("half a na")

    for page in (amy, olga):  # A desk and an office, as this house says.
        expect(locked(page)).to_be_visible(timeout=UNTOUCHED_MS)
    expect(typed).to_be_hidden()
    expect(live(amy)).to_be_hidden()
    for page, path in ((olga, "/api/workforce/people"), (amy, "/api/board")):
        assert page.request.get(f"{locking.url}{path}").json()["code"] == "locked"
    assert serious(olga) == []
    # Alice has not moved a hand for longer, and has a call.
    assert alice.request.get(f"{locking.url}/api/session").json()["lock"]["locked"] is False
    expect(locked(alice)).to_have_count(0)
    expect(live(alice)).to_have_text(LIVE)

    unlock(olga, WRONG)
    expect(olga.get_by_role("alert")).to_be_visible()
    expect(typed).to_be_hidden()
    unlock(olga, PASSWORD)
    expect(typed).to_be_visible()
    expect(typed).to_have_value("half a na")
    unlock(amy, PASSWORD)
    expect(live(amy)).to_have_text(LIVE)
    alice.get_by_label("What the caller says").fill("he fell off the roof, two of them")
    expect(alice.locator(".saved")).to_have_text(re.compile("^saved "))
