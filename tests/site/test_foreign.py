"""Ten thousand ids, guessed and true ones among them, asked for by accounts of another agency: nothing comes back."""

import logging
import random
import re
from dataclasses import dataclass

import pytest

from goldenhour.access.live.models import Read
from goldenhour.access.roles import Role
from goldenhour.access.table import ROWS, Door
from tests.roads.places import corner
from tests.site.conftest import new_id
from tests.site.test_accounts import Somebody, make
from tests.site.test_matrix import OTHER, QUERIES, World

TRIES = 10_000
ONE_IN_TRUE = 4  # So often the id is one that exists.
NO_CHOICE = {"doing", "_section", "name", "token"}  # No ids of records.


@dataclass
class Guesser:
    """Draws ids: true ones, true ones with a slip, and made-up ones of the same looks."""

    true: dict[str, list[str]]
    dice: random.Random

    def draw(self, part):
        true = self.dice.choice(self.true.get(part) or ["26-0001"])
        kind = self.dice.randrange(ONE_IN_TRUE)
        if kind == 0:
            return true, True
        if kind == 1:
            return self.slip(true), False
        return "".join(self.dice.choice("0123456789") if sign.isdigit() else sign for sign in true), False

    def slip(self, text):
        at = self.dice.randrange(len(text))
        return text[:at] + self.dice.choice("0123456789abcdefghijkmnpqrstuvwxyz") + text[at + 1 :]


@pytest.fixture
def world(desk):
    """A town with calls, patients on the way, people, a course and a team, and a draft."""
    world = World(desk)
    make(desk, "town.desk", "supervisor")
    alice = Somebody(desk)
    alice.sign_in("town.desk")
    for unit in ("M11", "M12"):
        call = world.call if unit == "M11" else take(alice)
        go = {"id": new_id(), "unit": f"town/{unit}", "slot": "ambulance"}
        assert alice.ask("POST", f"/api/calls/{call}/assignments", go)[0] == 204
        goes = {"id": new_id(), "call_id": call, "facility": world.facility}
        assert alice.ask("POST", f"/api/units/town/{unit}/destination", goes)[0] == 200
    assert alice.ask("POST", "/api/drafts", {"id": new_id()})[1]["call_id"] == "26-0003"
    return world


def take(alice):
    lon, lat = corner(1, 1)
    return alice.ask("POST", "/api/calls", {"id": new_id(), "lon": lon, "lat": lat})[1]["call_id"]


def foreign(row, role):
    """Whether this role, held in another agency, may see none of the town's records at this address."""
    return row.door is Door.ROLES and row.address.startswith("GET ") and "{" in row.address and role not in row.anywhere


@pytest.mark.slow
def test_ten_thousand_ids_read_no_foreign_record(world, caplog):
    caplog.set_level(logging.ERROR, logger="django.request")
    dice = random.Random(20260301)
    parts = world.parts()
    true = {name: [value] for name, value in parts.items()}
    true["call_id"] = ["26-0001", "26-0002", "26-0003"]
    true["unit"] = ["town/M11", "town/M12", "town/E1"]
    guess = Guesser(true, dice)
    roles = {role: Somebody(world.desk) for role in Role}
    for role, one in roles.items():
        make(world.desk, f"far.{role.replace('_', '.')}", f"{role}@{OTHER}")
        assert one.sign_in(f"far.{role.replace('_', '.')}")[0] == 200
    pairs = [(row, role) for row in ROWS for role in Role if foreign(row, role)]
    said, shown, trues = {}, [], 0
    before = Read.objects.count()

    for _ in range(TRIES):
        row, role = dice.choice(pairs)
        names = re.findall(r"\{(\w+)\}", row.address)
        drawn = {name: (parts.get(name, "x"), False) if name in NO_CHOICE else guess.draw(name) for name in names}
        path = re.sub(r"\{(\w+)\}", lambda part, drawn=drawn: drawn[part[1]][0], row.address.removeprefix("GET "))
        answer = roles[role].client.get(f"{path}?{QUERIES.get(row.address, '')}")
        trues += all(real for _, real in drawn.values())
        if answer.status_code not in {403, 404}:
            shown.append(f"{row.address} as {role}: {path} {answer.status_code}")
        else:  # What exists is refused in the same words as what does not.
            said.setdefault((row.address, role), set()).add((answer.status_code, answer.content))

    assert shown == []
    assert Read.objects.count() == before
    assert [key for key, answers in said.items() if len(answers) > 1] == []
    assert trues > TRIES / 20
    assert len(said) == len(pairs)
