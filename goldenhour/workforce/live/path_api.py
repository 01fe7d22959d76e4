"""Moving between states over HTTP: what it takes somewhere else, for anybody and for somebody of ours."""

from datetime import date
from typing import Any

from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from goldenhour.access.roles import EVERY
from goldenhour.access.rules import Asked, inside, own_person
from goldenhour.workforce import reciprocity
from goldenhour.workforce.live import queries
from goldenhour.workforce.live.queries import Agencies
from goldenhour.workforce.live.shapes import PathOut

router = Router(tags=["workforce: moving"])


class PathIn(Schema):
    """What somebody holds and where they go. `has` and `lacks` hold facts, separated by commas."""

    model_config = ConfigDict(extra="forbid")

    level: str = Field(max_length=60)
    to: str = Field(max_length=60)
    on: date
    licence: str = Field(default="", max_length=60)
    nremt: str = Field(default="", max_length=60)
    restricted: bool = False
    age: float | None = Field(default=None, ge=0, le=150)
    has: str = Field(default="", max_length=400)
    lacks: str = Field(default="", max_length=400)


class GoingIn(Schema):
    """Where one of ours goes, and when."""

    model_config = ConfigDict(extra="forbid")

    to: str = Field(max_length=60)
    on: date
    has: str = Field(default="", max_length=400)
    lacks: str = Field(default="", max_length=400)


@router.get("/workforce/path", auth=inside, response=PathOut)
def path(request: Asked, said: Query[PathIn]) -> dict[str, Any]:  # noqa: ARG001
    """Return what it takes to practise in another state, step by step."""
    held = reciprocity.Holding(
        level=said.level,
        licence=said.licence,
        restricted=said.restricted,
        nremt=said.nremt,
        age=said.age,
        facts=_facts(said.has, said.lacks),
    )
    return reciprocity.path(held, said.to, said.on).as_json()


@router.get("/workforce/people/{person}/path", auth=own_person, response=PathOut)
def path_of_person(request: Asked, person: str, said: Query[GoingIn]) -> dict[str, Any]:
    """Return what it takes for one of ours to practise in another state, by what is on record of them."""
    who = request.auth
    agencies: Agencies = None if EVERY in who.agencies or who.person == person else who.agencies
    known = queries.get_person(person, agencies=agencies, at=who.at)
    held = reciprocity.holdings_of(known, said.on, facts=_facts(said.has, said.lacks))
    return reciprocity.path(held, said.to, said.on).as_json()


def _facts(has: str, lacks: str) -> dict[str, bool]:
    """Return the facts of two lists."""
    return dict.fromkeys(_names(lacks), False) | dict.fromkeys(_names(has), True)


def _names(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]
