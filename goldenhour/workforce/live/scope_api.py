"""The scope of practice over HTTP: one question, a whole place, two places beside each other, and the words for all.

Asking changes nothing, so every question is a GET, and an answer can be handed on by its address. What is sent is the
word that a rule is wrong.
"""

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Any

from ninja import Query, Router, Schema, Status
from pydantic import Field

from goldenhour.access.rules import Asked, approving, inside
from goldenhour.errors import BadInput
from goldenhour.roads.live import region
from goldenhour.workforce.book_lines import NATION, ORDERS, ROUTES, SETTINGS, states
from goldenhour.workforce.books import Books, load_books, place_named
from goldenhour.workforce.credentials import day_at, known_places, state_of
from goldenhour.workforce.levels import level_named, levels
from goldenhour.workforce.live import disputes
from goldenhour.workforce.live.api import Gesture, by
from goldenhour.workforce.live.shapes import DecisionOut, DisputesOut, ScopeDiffOut, ScopeTableOut, VocabularyOut
from goldenhour.workforce.reciprocity import known_facts
from goldenhour.workforce.scope import COMMAND_ROLES, Ask, Decision, Finding, decide
from goldenhour.workforce.skills import skill_named, skills

router = Router(tags=["workforce: scope"])

_FOUR = ("emr", "emt", "aemt", "paramedic")


class AskIn(Schema):
    """One question. `endorsement` holds keys, separated by commas."""

    level: str = Field(max_length=60)
    skill: str = Field(max_length=120)
    place: str = Field(max_length=60)
    on: date
    agency: str = Field(default="", max_length=80)
    licence: str = Field(default="", max_length=20)
    endorsement: str = Field(default="", max_length=300)
    role: str = Field(default="care", max_length=40)
    setting: str = Field(default="ambulance", max_length=40)
    route: str = Field(default="", max_length=40)
    order: str = Field(default="", max_length=20)
    declared: bool = False
    age: float | None = Field(default=None, ge=0, le=150)
    director: bool | None = None
    programme: str = Field(default="", max_length=80)


class DisputeIn(Gesture):
    """What is wrong with a rule, in words, without anybody's name."""

    rule: str = Field(max_length=200)
    words: str = Field(min_length=1, max_length=2000)


class TableIn(Schema):
    """A place on a day."""

    place: str = Field(max_length=60)
    on: date


class DiffIn(Schema):
    """Two places for one level on a day."""

    one: str = Field(max_length=60)
    other: str = Field(max_length=60)
    level: str = Field(max_length=60)
    on: date


@router.get("/workforce/scope/vocabulary", auth=inside, response=VocabularyOut)
def vocabulary(request: Asked) -> dict[str, Any]:
    """Return the words that a question is made of, the place served and the day it is there."""
    books = load_books()
    here = _place_served()
    return {
        "today": day_at(request.auth.at, here if here in known_places() else NATION).isoformat(),
        "place": here,
        "time_zone": region.time_zone().key if region.is_known() else "UTC",
        "levels": [
            {"key": one.key, "name": one.name, "group": one.group, "counts_as": one.counts_as, "care": one.care}
            for one in levels().values()
        ],
        "skills": [{"key": one.key, "name": one.label, "category": one.category} for one in skills().values()],
        "places": _places(books, here),
        "endorsements": _endorsements(books),
        "roles": [{"key": one, "name": _plain(one)} for one in sorted(COMMAND_ROLES)],
        "settings": [{"key": one, "name": _plain(one)} for one in SETTINGS],
        "routes": [{"key": key, "name": name} for key, name in ROUTES.items()],
        "orders": [{"key": one, "name": _plain(one)} for one in ORDERS],
        "facts": [{"key": one, "name": _plain(one)} for one in known_facts()],
    }


@router.get("/workforce/scope/decide", auth=inside, response=DecisionOut)
def ask(request: Asked, said: Query[AskIn]) -> dict[str, Any]:  # noqa: ARG001
    """Return whether somebody may do something there that day, and everything the answer rests on."""
    books = load_books()
    place = place_named(said.place, books)
    question = Ask(
        level=level_named(said.level, on=said.on, place=place).key,
        skill=skill_named(said.skill).key,
        place=place,
        on=said.on,
        agency=said.agency,
        licence=said.licence.strip().upper(),
        endorsements=frozenset(one.strip() for one in said.endorsement.split(",") if one.strip()),
        role=said.role,
        setting=_one_of(said.setting, SETTINGS, "setting"),
        route=_one_of(said.route, ("", *ROUTES), "route"),
        order=_one_of(said.order, ("", *ORDERS), "order"),
        declared=said.declared,
        age=said.age,
        director=said.director,
        programme=said.programme,
    )
    return decision_entry(decide(question, books))


@router.get("/workforce/scope/disputes", auth=approving, response=DisputesOut)
def disputed(request: Asked) -> dict[str, Any]:  # noqa: ARG001
    """Return the rules that somebody says are wrong, the newest word first."""
    return {"disputes": disputes.disputes()}


@router.post("/workforce/scope/disputes", auth=inside, response={201: None})
def dispute(request: Asked, said: DisputeIn) -> Status[None]:
    """Say that a rule is wrong: it is before the medical directors at once."""
    disputes.dispute(rule=said.rule, words=said.words, by=by(request, said.id))
    return Status(201, None)


@router.get("/workforce/scope/table", auth=inside, response=ScopeTableOut)
def table(request: Asked, said: Query[TableIn]) -> dict[str, Any]:  # noqa: ARG001
    """Return every skill of a place by level: verdict and the finding that decides it."""
    books = load_books()
    place = place_named(said.place, books)
    book = books.find(place)
    columns = _levels_of(books, place, said.on)
    return {
        "place": place,
        "name": book.name if book else states().get(place, place),
        "note": book.note if book else f"There is no rule book for {place}: nothing here is known.",
        "on": said.on.isoformat(),
        "levels": [{"key": key, "name": levels()[key].name} for key in columns],
        "rows": [
            {
                "skill": skill.key,
                "name": skill.label,
                "category": skill.category,
                "cells": {level: _cell(books, level, skill.key, place, said.on) for level in columns},
            }
            for skill in skills().values()
        ],
        "rules_hash": books.hash,
    }


@router.get("/workforce/scope/diff", auth=inside, response=ScopeDiffOut)
def diff(request: Asked, said: Query[DiffIn]) -> dict[str, Any]:  # noqa: ARG001
    """Return the skills that two places answer differently for a level."""
    books = load_books()
    one, other = place_named(said.one, books), place_named(said.other, books)
    level = level_named(said.level, on=said.on).key
    rows = []
    for skill in skills().values():
        here, there = (_cell(books, level, skill.key, place, said.on) for place in (one, other))
        if here["verdict"] != there["verdict"]:
            words = {"skill": skill.key, "name": skill.label, "category": skill.category}
            rows.append({**words, "one": here, "other": there})
    return {
        "one": one,
        "other": other,
        "level": level,
        "on": said.on.isoformat(),
        "rows": rows,
        "same": len(skills()) - len(rows),
        "rules_hash": books.hash,
    }


def decision_entry(decision: Decision) -> dict[str, Any]:
    """Return a decision as the API writes it."""
    return {
        "verdict": decision.verdict,
        "findings": [finding_entry(one) for one in decision.findings],
        "rules_hash": decision.rules_hash,
    }


def finding_entry(finding: Finding) -> dict[str, Any]:
    """Return a finding as the API writes it."""
    return {
        "layer": finding.layer,
        "verdict": finding.verdict,
        "what": finding.what,
        "rule": finding.rule,
        "source": finding.source,
        "start": finding.start.isoformat() if finding.start else None,
        "end": finding.end.isoformat() if finding.end else None,
        "confidence": finding.confidence,
        "unconfirmed": finding.unconfirmed,
        "note": finding.note,
    }


def deciding(decision: Decision) -> Finding | None:
    """Return the finding that a decision turns on: the first of its own verdict, from the nearest layer back."""
    mine = [one for one in decision.findings if one.verdict == decision.verdict]
    return (mine[-1] if decision.verdict == "allow" else mine[0]) if mine else None


def _cell(books: Books, level: str, skill: str, place: str, on: date) -> dict[str, Any]:
    """Return one answer in short, for somebody with a live licence of the place and nothing more said."""
    decision = decide(Ask(level=level, skill=skill, place=place, on=on), books)
    turn = deciding(decision)
    return {
        "verdict": decision.verdict,
        "why": turn.what if turn else "",
        "unconfirmed": any(one.unconfirmed for one in decision.findings),
    }


def _levels_of(books: Books, place: str, on: date) -> list[str]:
    """Return the levels that a place knows that day, in the order of the registry; the four where it names none."""
    book = books.find(place)
    known: set[str] = set()
    if book:
        known = {key for key, lines in book.levels.items() if any(one.recognised and one.in_force(on) for one in lines)}
        known |= {key for key, lines in book.naming.items() if any(one.in_force(on) for one in lines)}
    return [key for key in levels() if key in known] or list(_FOUR)


def _places(books: Books, here: str) -> list[dict[str, Any]]:
    """Return every place that can be asked about: the one served, the nation, then by name."""
    known = {**states(), **{place: book.name for place, book in books.places.items()}}
    names = {place: name.removeprefix("the ") for place, name in known.items()}

    def entry(place: str) -> dict[str, Any]:
        book = books.find(place)
        return {
            "place": place,
            "name": names[place],
            "book": book is not None,
            "note": book.note if book else "",
            "synthetic": bool(book and book.synthetic),
        }

    order = sorted(names, key=lambda place: (place != here, place != NATION, names[place].casefold()))
    return [entry(place) for place in order]


@cache
def _endorsements(books: Books) -> list[str]:
    """Return every endorsement that some rule asks for."""
    lines = (line for book in books.places.values() for found in book.about.values() for line in found)
    return sorted({one for line in lines for one in line.when.endorsement})


def _place_served() -> str:
    """Return the jurisdiction of the region served, as rule books call it; "" when none is served."""
    return state_of(region.jurisdiction()) if region.is_known() else ""


def _one_of(value: str, known: Collection[str], field: str) -> str:
    """Return a value that must be a known one."""
    if value not in known:
        said = ", ".join(one for one in known if one)
        raise BadInput(code="unknown_word", what=f"{value!r} is not known.", do=f"Use one of: {said}.", where=field)
    return value


def _plain(key: str) -> str:
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]
