"""One incident from two desks in a real browser: each sees what the other does, and everything is done by keys."""

import re

import pytest
from playwright.sync_api import Page, expect
from uuid_utils import uuid7

from tests.browser.test_board import AXE, add_call, board, call_on_board, open_board
from tests.browser.test_board import demo as demo  # noqa: PLC0414 -- A fixture, used by its name.

pytestmark = pytest.mark.browser

OTHER = "second-desk"  # Nobody is signed in at a demo's machine: a desk says itself what the log calls it.
CLOCK = re.compile(r"\d\d:\d\d:\d\d")


@pytest.fixture
def second(page: Page, county, demo):
    """Another desk with the same board."""
    demo(paused=True)  # Nobody but the two desks does anything.
    context = page.context.browser.new_context(
        viewport={"width": 1280, "height": 800},
        reduced_motion="reduce",
        extra_http_headers={"Goldenhour-Actor": OTHER},
    )
    other = context.new_page()
    open_board(other, county.url)
    yield other
    context.close()


def line(page: Page, typed: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")


def card(page: Page, call: str):
    return page.get_by_role("complementary", name=f"Call {call}")


def said(page: Page):
    return page.locator("output.message")


@pytest.fixture
def call(page: Page, second: Page, county):
    """A call that both desks look at."""
    open_board(page, county.url)
    number = add_call(page)
    page.keyboard.press("Escape")  # The questions are left; the keys are the desk's.
    # A call that is still typed has its number, and is not on the board yet.
    expect(second.get_by_role("button", name=re.compile(rf"{number}.*No unit yet"))).to_be_visible()
    line(second, number)
    expect(card(second, number)).to_be_visible()
    return number


def test_what_one_desk_types_the_other_sees_on_the_card_in_the_list_and_in_the_timeline(page, second, call):
    second.keyboard.press("e")
    second.keyboard.type("Dog in the yard")

    expect(card(page, call).get_by_text(f"{OTHER} is typing here, since")).to_be_visible()
    expect(page.get_by_text(f"Being typed by {OTHER}")).to_be_visible()
    second.keyboard.press("Enter")
    events = card(page, call).get_by_label("Everything that happened")
    expect(events.get_by_text("Note: Dog in the yard")).to_be_visible()
    line(page, "PRI 2 awake again")  # A claim holds nothing up.
    expect(said(page)).to_have_text(f"{call} is priority 2.")
    expect(card(second, call).get_by_text("Awake again", exact=True)).to_have_count(0)
    expect(card(second, call).get_by_text(re.compile("Is now priority 2. awake again"))).to_be_visible()


def test_of_two_desks_that_swap_one_unit_the_second_reads_who_was_faster_and_when(page, second, call, county):
    free = [one["call_sign"] for one in board(page, county.url)["units"] if one["status"] == "available"]
    first, then, late = [one for one in free if free.count(one) == 1][:3]
    line(page, f"SEND {first} {call}")
    expect(said(page)).to_have_text(f"{first} sent to {call}.")
    expect(card(second, call).get_by_text(first, exact=True).first).to_be_visible()

    line(page, f"SWAP {first} {then}")
    expect(said(page)).to_have_text(f"{then} goes to {call} in place of {first}.")
    expect(second.get_by_role("button", name=re.compile(f"{call}.*{then}"))).to_be_visible()
    line(second, f"SWAP {then} {late}")
    expect(said(second)).to_have_text(f"{late} goes to {call} in place of {then}.")
    line(page, f"SEND {late} {call}")

    expect(said(page)).to_contain_text(
        re.compile(rf"{late} has been on call {call} since {CLOCK.pattern}, sent by {OTHER}\.")
    )
    shown = call_on_board(page, county.url, call)["units"]
    assert len([one for one in shown if "cancelled" not in one["stamps"]]) == 1


def test_units_are_held_away_from_the_scene_and_cleared_to_enter_by_keys_alone(page, second, call, county):
    page.keyboard.press("h")
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Danger")).to_be_visible()
    form.get_by_label("What is known").focus()
    page.keyboard.type("shots heard")
    page.keyboard.press("Enter")

    expect(card(second, call).get_by_text("Units wait.")).to_be_visible()
    expect(second.get_by_text("Staged", exact=True)).to_be_visible()
    assert call_on_board(page, county.url, call)["staging"]["note"] == "shots heard"
    line(second, f"ENTER {call} police: secured")
    expect(card(page, call).get_by_text("Units wait.")).to_have_count(0)


def test_police_are_proposed_asked_by_one_key_and_their_word_that_it_is_safe_is_confirmed_by_a_person(
    page, second, call, county
):
    changed = {"id": str(uuid7()), "nature": "assault"}
    assert page.request.post(f"{county.url}/api/calls/{call}/nature", data=changed).ok
    expect(card(page, call).get_by_text("not asked yet")).to_be_visible()
    page.keyboard.press("R")
    expect(said(page)).to_have_text(f"Law enforcement asked for {call}: make the scene safe.")
    expect(card(second, call).get_by_text(re.compile("^no answer"))).to_be_visible()
    line(second, f"CO POLICE {call} scene not safe")
    expect(said(second)).to_contain_text(
        re.compile(rf"asked Law enforcement at {CLOCK.pattern}: make the scene safe\.")
    )
    page.keyboard.press("h")
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Danger")).to_be_focused()  # The keys are the form's from here on.
    form.get_by_label("What is known").press("Enter")
    expect(card(second, call).get_by_text("Units wait.")).to_be_visible()

    line(second, "SAID POLICE COMING 8 two cars")
    expect(card(page, call).get_by_label("Co-responders").get_by_text(re.compile("^due "))).to_be_visible()
    page.keyboard.press("W")
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Law enforcement says")).to_have_value("there")
    form.get_by_label("Law enforcement says").select_option("safe")
    form.get_by_label("Who says so").fill("Sgt Lee")
    page.keyboard.press("Enter")

    offered = card(second, call).get_by_text(
        re.compile(rf"Law enforcement said at {CLOCK.pattern} that it is safe \(Sgt Lee\)")
    )
    expect(offered).to_be_visible()
    shown = call_on_board(page, county.url, call)
    assert (shown["units"], shown["staging"] is None) == ([], False)  # No unit came of it, and nobody enters by itself.
    second.keyboard.press("y")
    expect(second.get_by_label("Who says that it is safe")).to_have_value("Law enforcement, Sgt Lee")
    second.keyboard.press("Enter")
    expect(card(page, call).get_by_text("Units wait.")).to_have_count(0)
    events = card(page, call).get_by_label("Everything that happened")
    expect(events.get_by_text("Law enforcement asked, scene safety")).to_be_visible()
    expect(events.get_by_text("Clear to enter. Law enforcement, Sgt Lee")).to_be_visible()


def test_a_call_is_closed_and_opened_again_and_a_question_mark_explains(page, second, call):
    page.keyboard.press("z")
    form = page.get_by_role("dialog")
    form.get_by_label("How it ended").select_option("no_patient")
    form.get_by_role("button", name="Close the call").press("Enter")
    expect(card(second, call).get_by_text(re.compile("closed: no patient found"))).to_be_visible()
    line(second, f"REOPEN {call} rang again")
    expect(said(second)).to_have_text(f"{call} is open again.")
    expect(card(page, call).get_by_text(f"by {OTHER}: rang again")).to_be_visible()
    line(page, "? SWAP")
    expect(said(page)).to_have_text("SWAP unit for-unit [reason]: swap a unit for another.")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_card_and_its_forms_hide_nothing_from_whoever_cannot_see_them(page, call, theme):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `npm ci` in web/.")
    if theme == "light":
        page.keyboard.press("t")
    page.evaluate(AXE.read_text())
    look = "async () => (await axe.run()).violations.map(one => [one.impact, one.id, one.nodes[0].html])"
    for key, form in ((None, "the card"), ("h", "staging"), ("u", "the priority"), ("O", "another service")):
        if key:
            page.keyboard.press(key)
            expect(page.get_by_role("dialog")).to_be_visible()
        assert [one for one in page.evaluate(look) if one[0] in {"serious", "critical"}] == [], form
        if key:
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)
