"""Roles, and what a grant is: one role in one agency."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from goldenhour.errors import BadInput

EVERY = "*"  # In the place of an agency: all of them, also those that come later.

_AGENCY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_ACCOUNT = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")
_LONGEST = 40


class Role(StrEnum):
    """What somebody does here. What each may open stands in `table.py`."""

    CALL_TAKER = "call_taker"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    CREW = "crew"
    HOSPITAL = "hospital"
    CREDENTIALING = "credentialing"
    MEDICAL_DIRECTOR = "medical_director"
    QUALITY = "quality"
    PLANNER = "planner"
    ADMINISTRATOR = "administrator"
    STATE_OFFICE = "state_office"

    @property
    def words(self) -> str:
        """Return the role as people say it."""
        return _WORDS[self]


_WORDS = {
    Role.CALL_TAKER: "Call taker",
    Role.DISPATCHER: "Dispatcher",
    Role.SUPERVISOR: "Supervisor",
    Role.CREW: "Crew",
    Role.HOSPITAL: "Hospital",
    Role.CREDENTIALING: "Credentialing officer",
    Role.MEDICAL_DIRECTOR: "Medical director",
    Role.QUALITY: "Quality reviewer",
    Role.PLANNER: "Planner",
    Role.ADMINISTRATOR: "Administrator",
    Role.STATE_OFFICE: "State office",
}

DESK = frozenset({Role.CALL_TAKER, Role.DISPATCHER, Role.SUPERVISOR})  # Never signed out by the clock.


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """One role in one agency. For a hospital's people the agency is the hospital."""

    role: Role
    agency: str  # EVERY is all of them.

    @property
    def words(self) -> str:
        """Return the grant as people say it."""
        return f"{self.role.words}, {'every agency' if self.agency == EVERY else self.agency}"


def role_named(text: str) -> Role:
    """Return a role by its key.

    Raises:
        BadInput: there is none of that name.
    """
    try:
        return Role(text.strip().lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise BadInput(
            code="no_such_role", what=f"There is no role {text!r}.", do=f"Use one of: {', '.join(Role)}.", where="role"
        ) from None


def agency_named(text: str) -> str:
    """Return the key of an agency, as units carry it, or EVERY.

    Raises:
        BadInput: no agency can be called that.
    """
    if text != EVERY and not _AGENCY.fullmatch(text):
        raise BadInput(
            code="bad_agency",
            what=f"No agency can be called {text!r}.",
            do=f"Use its key, such as county-ems, or {EVERY} for every agency.",
            where="agency",
        )
    return text


def account_named(text: str) -> str:
    """Return the name of an account, as people type it to sign in and as the log names them.

    Raises:
        BadInput: it is no such name. An e-mail address is none: the name stands in the log for ever.
    """
    if not _ACCOUNT.fullmatch(text) or len(text) > _LONGEST:
        raise BadInput(
            code="bad_account",
            what="That cannot be the name of an account.",
            do=f"Use at most {_LONGEST} small letters and digits, such as j.smith. An e-mail address is no name.",
            where="account",
        )
    return text


def agencies_of(grants: Iterable[Grant], roles: Iterable[Role]) -> frozenset[str]:
    """Return the agencies in which any of these roles is held; EVERY alone when one of them is."""
    wanted = frozenset(roles)
    found = frozenset(one.agency for one in grants if one.role in wanted)
    return frozenset({EVERY}) if EVERY in found else found
