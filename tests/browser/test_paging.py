"""Somebody on call with a phone, and the desk: the page comes by itself, a tap answers it, the desk sees who comes."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_signin import PASSWORD, serious, set_password, sign_in
from tests.conftest import HOUSE
from tests.roads.places import corner
from tests.serving import running
from tests.site.conftest import new_id, town  # noqa: F401 -- The region of the tests' town.

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


class House(SimpleNamespace):
    """A real goldenhour; until it has accounts, whoever sits at its machine may do everything."""

    def post(self, path, **body):
        status, _, said = self.there.ask("POST", path, {"id": new_id(), **body})
        assert status < 300, said

    def account(self, *words):
        command = [sys.executable, "-m", "goldenhour.cli", "accounts", "add", *words, "--url", self.url]
        done = subprocess.run(command, env=self.env, cwd=HOUSE, capture_output=True, text=True, check=True)
        return done.stdout.strip()


@pytest.fixture
def house(town, tmp_path, monkeypatch):  # noqa: F811
    """Two EMTs on call for M12, one of them with an account."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("GOLDENHOUR_DATA", str(tmp_path))
    with running("--region", town, data=tmp_path) as there:
        one = House(there=there, url=f"http://localhost:{there.port}", env=dict(os.environ))
        now = datetime.now(UTC)
        hours = {"start": (now - timedelta(hours=1)).isoformat(), "end": (now + timedelta(hours=8)).isoformat()}
        for person in ("p-1", "p-2"):
            one.post("/api/workforce/people", person=person, affiliation={"agency": "town", "start": "2020-01-01"})
            licence = {"place": "CA", "level": "emt", "issued": "2024-01-01", "expires": "2030-12-31"}
            one.post(f"/api/workforce/people/{person}/credentials", kind="licence", **licence)
            one.post("/api/workforce/crews/town/M12/on-call", person=person, **hours)
        yield one


def test_a_page_comes_to_a_phone_by_itself_and_its_answer_to_the_desk(house, browser, page: Page):
    boss = house.account("boss", "--role", "supervisor@*")
    volunteer = house.account("ada.v", "--role", "crew@town", "--person", "p-1")
    set_password(page, boss)
    sign_in(page, "boss", at="A dispatch desk")
    expect(page.get_by_role("button", name="Take a call")).to_be_visible()
    phone = browser.new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce").new_page()
    set_password(phone, volunteer)
    sign_in(phone, "ada.v", at="A crew's phone")
    phone.wait_for_url(lambda url: "/signin" not in url)
    phone.goto(f"{house.url}/me")
    pages = phone.get_by_label("Pages to me")
    expect(pages.get_by_text("You are on call for M12.")).to_be_visible()
    assert serious(phone) == []

    lon, lat = corner(2, 2)
    said = page.request.post(
        f"{house.url}/api/calls",
        data={"id": new_id(), "lon": lon, "lat": lat, "nature": "chest_pain", "address": "12 Main St"},
    )
    call = said.json()["call_id"]
    page.request.post(
        f"{house.url}/api/calls/{call}/assignments", data={"id": new_id(), "unit": "town/M12", "slot": "ambulance"}
    )

    card = phone.get_by_role("article", name="M12: Chest pain")  # Nobody loaded the page anew.
    expect(card).to_contain_text("Nobody of 2 coming yet.")
    assert card.get_by_role("button", name="I come").bounding_box()["height"] >= 44
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(phone) == []
    card.get_by_role("button", name="5 min", exact=True).click()
    card.get_by_role("button", name="I come").dblclick()  # A hurried thumb.
    expect(card).to_contain_text("You come, in about 5 min")
    expect(card).to_contain_text("1 of 2 coming")

    page.get_by_role("button", name="Chest pain").first.click()
    desk = page.get_by_label("On call and stations")
    expect(desk).to_contain_text("On call for M12: 1 of 2 coming")
    expect(desk).to_contain_text("p-1 comes, said 5 min")
    expect(desk).to_contain_text("M12: Chest pain")
    desk.get_by_role("button", name="Comes", exact=True).click()  # The other one rang up.
    expect(desk).to_contain_text("On call for M12: 2 of 2 coming")
    expect(card).to_contain_text("2 of 2 coming")
    assert serious(page) == []

    card.get_by_role("button", name="I cannot come after all").click()
    card.get_by_role("button", name="I do not come").click()
    expect(card).to_contain_text("You do not come.")
    expect(desk).to_contain_text("p-1 does not come")
    assert PASSWORD not in phone.content()
