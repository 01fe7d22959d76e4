"""Projections: what the rooms show, made from events in the transaction that records them, and again in a rebuild."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models

from goldenhour.log.event import Event, Recorded

E = TypeVar("E", bound=Event)
M = TypeVar("M", bound=type[models.Model])
Show = Callable[[E, Recorded], None]

_shows: defaultdict[type[Event], list[Callable[[Any, Recorded], None]]] = defaultdict(list)
_unlogged: set[type[models.Model]] = set()


def projects(kind: type[E]) -> Callable[[Show[E]], Show[E]]:
    """Register a function that shows events of a type in the room's tables.

    It runs inside the command's transaction, and again in every rebuild: so it reads no clock, draws nothing at random,
    reads only projected tables, and sends nothing. Lower rooms run first.
    """

    def register(show: Show[E]) -> Show[E]:
        _shows[kind].append(show)
        return show

    return register


def unlogged(model: M) -> M:
    """Mark a room's table that is not made from the log, such as units' latest positions: no rebuild touches it."""
    _unlogged.add(model)
    return model


def is_unlogged(model: type[models.Model]) -> bool:
    """Return whether a model was marked as not made from the log."""
    return model in _unlogged


def project(fact: Event, where: Recorded) -> None:
    """Show one event in every room that listens to it."""
    for show in _shows.get(type(fact), ()):
        show(fact, where)
