"""Notes on a call: who may read them. Pure."""

from enum import StrEnum


class ShownTo(StrEnum):
    """Who reads a note, each with those before."""

    DESK = "desk"
    CREWS = "crews"  # Of the units on the call.
    HOSPITAL = "hospital"  # That a unit of the call goes to.


def readers(who: ShownTo) -> frozenset[ShownTo]:
    """Return the marks of the notes that somebody may read.

    >>> sorted(readers(ShownTo.CREWS))
    [<ShownTo.CREWS: 'crews'>, <ShownTo.HOSPITAL: 'hospital'>]
    """
    order = list(ShownTo)
    return frozenset(order[order.index(who) :])
