"""A call that waits, in a real browser: held and let go on, its alarm taken, a neighbour asked, a unit moved up."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_board import AXE, add_call, board, call_on_board, open_board
from tests.browser.test_board import demo as demo  # noqa: PLC0414 -- A fixture, used by its name.
from tests.browser.test_incident import card, line, said

pytestmark = pytest.mark.browser

LOOK = "async () => (await axe.run()).violations.map(one => [one.impact, one.id, one.nodes[0].html])"
THEME = "theme => { document.documentElement.dataset.theme = theme }"  # A sheet keeps the keys, also that of the theme.
NEIGHBOUR = "Osprey County EMS"


@pytest.fixture
def call(page: Page, county, demo):
    """A cardiac arrest that nobody is on, with its card open, at a desk of its own."""
    demo(paused=True)  # Nobody but the desk does anything.
    open_board(page, county.url)
    number = add_call(page)
    expect(card(page, number).locator(".chosen").first).to_be_visible()
    page.locator("body").press("q")  # Wherever the keys were: now they answer questions, and Escape gives them back.
    page.keyboard.press("Escape")
    return number


def serious(page: Page) -> list:
    """Return what axe finds on the page as it stands, in both themes."""
    page.evaluate(AXE.read_text())
    found = []
    for theme in ("light", "dark"):
        page.evaluate(THEME, theme)
        found += [(theme, *one) for one in page.evaluate(LOOK) if one[0] in {"serious", "critical"}]
    return found


def sheet(page: Page, name: str):
    found = page.get_by_role("dialog", name=name)
    expect(found).to_be_visible()
    return found


def hold(page: Page, county, call: str) -> dict | None:
    return call_on_board(page, county.url, call)["hold"]


def test_a_call_is_held_with_a_reason_goes_on_and_its_alarm_is_taken_by_keys_alone(page: Page, county, demo, call):
    page.keyboard.press("H")
    form = sheet(page, f"Hold {call}")
    expect(form.get_by_label("Why it waits")).to_be_focused()
    assert serious(page) == []
    page.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_have_text("Say why it waits.")
    assert hold(page, county, call) is None
    page.keyboard.type("Kin asks: SAUK Hall, no hurry")  # Letters that are commands elsewhere.
    page.keyboard.press("Enter")
    expect(form).to_have_count(0)
    row = page.get_by_role("button", name=re.compile(f"{call}.*desk: Kin asks: SAUK Hall, no hurry"))
    expect(row).to_be_visible()
    assert call_on_board(page, county.url, call)["units"] == []

    page.keyboard.press("H")
    expect(said(page)).to_have_text(f"{call} goes on.")
    expect(row).to_have_count(0)
    line(page, f"GO {call}")
    expect(said(page)).to_have_text(f"Nobody holds {call}.")
    page.keyboard.press("Control+a")  # What was refused stays, to be corrected.
    page.keyboard.type(f"HOLD {call} police first")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text(f"{call} is held: police first.")
    row = page.get_by_role("button", name=re.compile(f"{call}.*desk: police first"))
    demo(speed=60)
    expect(row).to_contain_text(re.compile(r"! held too long, .* of 1:00"))
    demo(paused=True)

    page.keyboard.press("K")
    expect(said(page)).to_have_text(f"You have it: {call} held too long.")
    expect(row).to_contain_text("desk has it: held too long")
    expect(row).not_to_contain_text("!")
    held = hold(page, county, call)
    assert (held["reason"], held["alarm"]["silenced"]["by"]) == ("police first", "desk")
    line(page, f"go {call}")
    expect(said(page)).to_have_text(f"{call} goes on.")
    assert hold(page, county, call) is None


def test_a_neighbour_lends_a_unit_and_one_of_ours_is_moved_up_by_keys_alone(page: Page, county, demo, call):
    sign = f"N{call.rsplit('-', 1)[-1].lstrip('0')}"
    page.keyboard.press("A")
    aid = sheet(page, "Mutual aid")
    ask = aid.get_by_role("button", name=f"Ask {NEIGHBOUR} for an ambulance, {call}")
    ask.press("Enter")
    asked = aid.get_by_role("article", name=f"{NEIGHBOUR} for {call}")
    expect(asked).to_contain_text(re.compile(r"asked by desk at \d\d:\d\d:\d\d"))
    ask.press("Enter")
    expect(aid.get_by_role("status")).to_contain_text(f"desk asked {NEIGHBOUR} at ")
    expect(asked).to_have_count(1)
    assert serious(page) == []
    assert call_on_board(page, county.url, call)["units"] == []  # Asked is not coming.
    asked.get_by_label("Its unit").focus()
    page.keyboard.type(sign)
    page.keyboard.press("Enter")  # Nobody said when.
    expect(asked.get_by_role("button", name="It comes")).to_have_attribute("aria-disabled", "true")
    asked.get_by_label("Minutes").focus()
    page.keyboard.type("14")
    page.keyboard.press("Enter")
    expect(aid.get_by_role("status")).to_have_text(f"{sign} of {NEIGHBOUR} is on the board, on its way to {call}.")
    expect(asked.get_by_role("button", name=f"Release {sign}")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=re.compile(f"{call}.*{sign}"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(rf"^NT {sign} "))).to_be_visible()
    assert [one["unit"] for one in call_on_board(page, county.url, call)["units"]] == [f"osprey-ems/{sign}"]
    line(page, f"AID {call}")
    expect(sheet(page, "Mutual aid").get_by_role("article").first).to_contain_text(f"accepted, {sign}, due ")
    page.keyboard.press("Escape")
    expect(aid).to_have_count(0)

    page.keyboard.press("U")
    moves = sheet(page, "Move-up")
    expect(moves.get_by_text(re.compile(r"free ambulances? covers? \d+ % of the expected calls"))).to_be_visible()
    expect(moves.get_by_text(re.compile(r"wins \d+ %, costs \d+ %; \d+ % covered then"))).not_to_have_count(0)
    assert serious(page) == []
    order = moves.get_by_role("button", name=re.compile("^Order ")).first
    unit, station = re.fullmatch(r"Order (\S+) to (.+)", order.inner_text()).groups()
    order.press("Enter")
    expect(moves.get_by_role("status")).to_have_text(f"{unit} drives to {station}, available.")
    expect(moves.get_by_role("button", name=f"Order {unit} to {station}")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(moves).to_have_count(0)
    line(page, f"MOVEUP {unit} {station}")
    expect(said(page)).to_contain_text(f"{unit} was sent to {station} already.")
    moved = next(one for one in board(page, county.url)["units"] if one["call_sign"] == unit)
    assert (moved["status"], moved["call_id"]) == ("available", None)
