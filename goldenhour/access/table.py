"""Who may ask for what: one row for every address of the site. This table is the specification.

`tests/site/test_matrix.py` asks for every address as every role, in its own agency and in another one, as somebody
without a role and as nobody, and holds what comes back against this table; an address without a row fails it. The table
decides nothing itself: the rules of `rules.py` do, and have to agree with it. `goldenhour accounts table` prints it.
"""

from dataclasses import dataclass
from enum import Enum

from goldenhour.access.roles import Role


class Door(Enum):
    """Who gets in at all."""

    ANYBODY = "anybody"  # Also before signing in.
    INSIDE = "everybody signed in"
    ROLES = "roles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Who may ask for one address, in a house that has accounts."""

    address: str  # Method and path, such as GET /api/calls/{call_id}/recommendation.
    door: Door = Door.ROLES
    anywhere: frozenset[Role] = frozenset()  # Held in any agency, it opens the address for everybody's.
    own: frozenset[Role] = frozenset()  # It opens the address for what belongs to the agency where it is held.
    listing: bool = False  # The address names no record: others' are left out of the answer, nothing is refused.
    person: bool = False  # Also the person whom it is about; to everybody else who may not, it is not there.
    key: bool = False  # What is in the address is a secret, and its only lock.
    token: bool = False  # The request carries a device's token, and that is its only lock.

    @property
    def words(self) -> tuple[str, str]:
        """Return who may ask for all agencies' records, and who for those of their own, for people."""
        if self.key:
            return "whoever knows the secret in the address", ""
        if self.token:
            return "a device with the token of a unit", ""
        if self.door is not Door.ROLES:
            return self.door.value, ""
        own = _names(self.own) + (", the person themselves" if self.person else "")
        return _names(self.anywhere), own.removeprefix(", ")


def _names(roles: frozenset[Role]) -> str:
    return ", ".join(role.words.lower() for role in Role if role in roles)


def _rows(door: Door, *addresses: str) -> tuple[Row, ...]:
    return tuple(Row(address=one, door=door) for one in addresses)


def _roles(
    anywhere: set[Role], *addresses: str, own: set[Role] | None = None, listing: bool = False, person: bool = False
) -> tuple[Row, ...]:
    return tuple(
        Row(address=one, anywhere=frozenset(anywhere), own=frozenset(own or ()), listing=listing, person=person)
        for one in addresses
    )


_CALLS = {Role.CALL_TAKER, Role.DISPATCHER, Role.SUPERVISOR}
_SENDS = {Role.DISPATCHER, Role.SUPERVISOR}
_BOARD = _CALLS | {Role.MEDICAL_DIRECTOR, Role.QUALITY}
_PEOPLE = {Role.CREDENTIALING, Role.MEDICAL_DIRECTOR, Role.STATE_OFFICE}
_NOBODY: set[Role] = set()

ROWS: tuple[Row, ...] = (
    # Signing in and out.
    *_rows(
        Door.ANYBODY,
        "GET /signin",
        "GET /static/web/{name}",
        "GET /api/session",
        "DELETE /api/session",
        "POST /api/password",
        "POST /api/signin",
        "POST /api/signin/code",
        "GET /api/signin/key",
        "POST /api/signin/key",
        "GET /api/signin/passkey",
        "POST /api/signin/passkey",
    ),
    # One's own account.
    *_rows(
        Door.INSIDE,
        "POST /api/account/again",
        "POST /api/account/again/code",
        "POST /api/account/password",
        "GET /api/account/second-step",
        "POST /api/account/second-step/totp",
        "DELETE /api/account/second-step/totp",
        "POST /api/account/second-step/totp/new",
        "GET /api/account/second-step/recovery-codes",
        "POST /api/account/second-step/recovery-codes",
        "GET /api/account/second-step/keys",
        "POST /api/account/second-step/keys",
        "PUT /api/account/second-step/keys",
        "DELETE /api/account/second-step/keys",
    ),
    # Pages; what they show comes from the addresses below. The base map is public knowledge.
    *_rows(
        Door.INSIDE,
        "GET /",
        "GET /me",
        "GET /hospital",
        "GET /workforce",
        "GET /workforce/",
        "GET /workforce/{_section}",
        "GET /map/{name}.geojson",
        "GET /api/openapi.json",
    ),
    # The board.
    *_roles(_BOARD, "GET /api/board", "GET /api/feed", "GET /api/log", "GET /api/demo", "GET /print/board"),
    *_roles(_BOARD, "GET /api/calls/{call_id}", "GET /api/calls/{call_id}/triage", "GET /api/cards"),
    *_roles({Role.MEDICAL_DIRECTOR, Role.QUALITY}, "GET /api/reviews", "POST /api/reviews/{call_id}"),
    *_roles({Role.MEDICAL_DIRECTOR}, "POST /api/cards/approvals", "POST /api/cards/approvals/withdraw"),
    *_roles(_BOARD | {Role.PLANNER}, "GET /api/measures/day"),
    *_roles(
        _CALLS,
        "POST /api/calls",
        "POST /api/calls/{call_id}/priority",
        "POST /api/calls/{call_id}/nature",
        "POST /api/calls/{call_id}/place",
        "POST /api/calls/{call_id}/details",
        "POST /api/calls/{call_id}/locations",
        "POST /api/calls/{call_id}/texts",
        "POST /api/calls/{call_id}/interpreter",
        "POST /api/calls/{call_id}/triage/answers",
        "POST /api/calls/{call_id}/triage/card",
        "POST /api/calls/{call_id}/triage/steps",
        "POST /api/calls/{call_id}/triage/stop",
        "POST /api/calls/{call_id}/triage/first-compression",
        "POST /api/calls/{call_id}/triage/strike",
        "GET /api/places",
        "GET /api/premises",
        "POST /api/premises/notes",
        "POST /api/premises/notes/{note}/end",
        "POST /api/calls/{call_id}/duplicate",
        "POST /api/calls/{call_id}/duplicate/undo",
        "GET /api/dispositions",
        "POST /api/calls/{call_id}/disposition",
        "GET /api/follow-ups",
        "POST /api/calls/{call_id}/follow-ups",
        "POST /api/follow-ups/{one}/move",
        "POST /api/follow-ups/{one}/done",
        "GET /api/callbacks",
        "POST /api/calls/{call_id}/callbacks",
        "GET /api/drafts",
        "POST /api/drafts",
        "GET /api/drafts/{call_id}",
        "POST /api/drafts/{call_id}/changes",
        "POST /api/drafts/{call_id}/take-over",
        "POST /api/drafts/{call_id}/discard",
        "GET /api/calls/{call_id}/recommendation",
        "POST /api/demo",
    ),
    *_roles(
        _SENDS,
        "POST /api/calls/{call_id}/assignments",
        "POST /api/calls/{call_id}/close",
        "POST /api/units/{unit}/clear",
    ),
    *_roles(
        _SENDS,
        "POST /api/units/{unit}/stamps",
        "POST /api/units/{unit}/strike",
        "POST /api/units/{unit}/duty",
        "POST /api/units/{unit}/destination",
        own={Role.CREW},
    ),
    *_roles(
        _SENDS,
        "POST /api/hospitals/{hospital}/diversion",
        "DELETE /api/hospitals/{hospital}/diversion",
        own={Role.HOSPITAL},
    ),
    # What comes to a hospital, and the hospital's own page. A pre-alert belongs to the agency of the unit in its body.
    *_roles(
        _SENDS,
        "POST /api/calls/{call_id}/prealerts",
        "POST /api/calls/{call_id}/prealerts/{prealert}/withdraw",
        "GET /api/units/{unit}/prealerts",
        own={Role.CREW},
    ),
    *_roles(_SENDS, "GET /api/hospitals", own={Role.HOSPITAL}, listing=True),
    *_roles(
        _SENDS,
        "GET /api/hospitals/{hospital}/inbound",
        "GET /api/hospitals/{hospital}/feed",
        "POST /api/hospitals/{hospital}/prealerts/{prealert}/acknowledge",
        "POST /api/hospitals/{hospital}/accept",
        "POST /api/hospitals/{hospital}/accept/strike",
        "POST /api/hospitals/{hospital}/signatures",
        "POST /api/hospitals/{hospital}/status",
        "POST /api/hospitals/{hospital}/beds",
        own={Role.HOSPITAL},
    ),
    # Who is aboard, and who is planned to be.
    *_rows(Door.INSIDE, "GET /api/workforce/crews"),
    *_roles(
        _SENDS,
        "GET /api/workforce/crews/{unit}/aboard",
        "GET /api/workforce/crews/{unit}/roster",
        own={Role.CREW, Role.CREDENTIALING},
    ),
    *_roles(
        _SENDS,
        "POST /api/workforce/crews/{unit}/on",
        "POST /api/workforce/crews/{unit}/off",
        "POST /api/workforce/crews/{unit}/relieve",
        "POST /api/workforce/crews/{unit}/roles",
        "POST /api/workforce/crews/{unit}/roles/end",
        "POST /api/workforce/crews/{unit}/on-call",
        "POST /api/workforce/crews/{unit}/off-call",
        own={Role.CREW},
    ),
    *_roles(
        {Role.SUPERVISOR},
        "POST /api/workforce/crews/{unit}/seats",
        "POST /api/workforce/crews/{unit}/roster",
        "POST /api/workforce/crews/{unit}/roster/strike",
        own={Role.CREDENTIALING},
    ),
    # Scope of practice and moving between states: rules are for everybody.
    *_rows(
        Door.INSIDE,
        "GET /api/workforce/scope/vocabulary",
        "GET /api/workforce/scope/decide",
        "GET /api/workforce/scope/table",
        "GET /api/workforce/scope/diff",
        "POST /api/workforce/scope/disputes",
        "GET /api/workforce/path",
        "GET /api/workforce/training/hours",
        "GET /api/workforce/training/sheets",
    ),
    *_roles({Role.MEDICAL_DIRECTOR}, "GET /api/workforce/scope/disputes"),
    # People and their credentials.
    *_roles(
        _NOBODY,
        "GET /api/workforce/people",
        "POST /api/workforce/people/search",
        "GET /api/workforce/proposals",
        "GET /api/workforce/expiring",
        "GET /api/workforce/lacking",
        own=_PEOPLE,
        listing=True,
    ),
    *_roles(
        _NOBODY,
        "GET /api/workforce/me",
        "GET /api/workforce/people/{person}",
        "GET /api/workforce/people/{person}/page",
        "GET /api/workforce/people/{person}/path",
        "GET /api/workforce/people/{person}/training",
        own=_PEOPLE,
        person=True,
    ),
    *_roles(
        _NOBODY, "POST /api/workforce/people", "POST /api/workforce/import", own={Role.CREDENTIALING}, listing=True
    ),
    *_roles(
        _NOBODY,
        "POST /api/workforce/people/{person}/edit",
        "POST /api/workforce/people/{person}/affiliations",
        "POST /api/workforce/people/{person}/affiliations/end",
        "POST /api/workforce/people/{person}/credentials",
        "POST /api/workforce/people/{person}/credentials/{credential}/renew",
        "POST /api/workforce/people/{person}/credentials/{credential}/verify",
        "POST /api/workforce/people/{person}/credentials/{credential}/correct",
        "POST /api/workforce/people/{person}/credentials/{credential}/{doing}",
        "POST /api/workforce/proposals/{proposal}/confirm",
        "POST /api/workforce/proposals/{proposal}/drop",
        "POST /api/workforce/calendars/{agency}",
        "POST /api/workforce/calendars/{agency}/close",
        own={Role.CREDENTIALING},
    ),
    # Training and workplace teams. A course, programme or team belongs to the agency in its id.
    *_roles(
        _NOBODY,
        "GET /api/workforce/training/approvals",
        "GET /api/workforce/courses",
        "GET /api/workforce/teams",
        own=_PEOPLE,
        listing=True,
    ),
    *_roles(
        _NOBODY,
        "POST /api/workforce/training/approvals",
        "POST /api/workforce/training/approvals/end",
        "POST /api/workforce/courses",
        "POST /api/workforce/teams",
        own={Role.CREDENTIALING},
        listing=True,
    ),
    *_roles(
        _NOBODY,
        "GET /api/workforce/courses/{course}",
        "GET /api/workforce/teams/{team}/coverage",
        "GET /api/workforce/teams/{team}/worth",
        own=_PEOPLE,
    ),
    *_roles(
        _NOBODY,
        "POST /api/workforce/courses/{course}/enrol",
        "POST /api/workforce/courses/{course}/sessions",
        "POST /api/workforce/courses/{course}/sessions/strike",
        "POST /api/workforce/courses/{course}/attendance",
        "POST /api/workforce/courses/{course}/sheets",
        "POST /api/workforce/courses/{course}/sheets/strike",
        "POST /api/workforce/courses/{course}/credits",
        "POST /api/workforce/courses/{course}/complete",
        "POST /api/workforce/courses/{course}/leave",
        "POST /api/workforce/courses/{course}/cancel",
        "POST /api/workforce/people/{person}/education",
        "POST /api/workforce/people/{person}/education/strike",
        "POST /api/workforce/teams/{team}/members",
        "POST /api/workforce/teams/{team}/absences",
        "POST /api/workforce/teams/{team}/leave",
        own={Role.CREDENTIALING},
    ),
    Row(address="GET /api/workforce/calendar/{token}.ics", door=Door.ANYBODY, key=True),
    # Where vehicles are. What a device reports comes with the token of its unit.
    Row(address="POST /api/positions/owntracks", door=Door.ANYBODY, token=True),
    Row(address="GET /api/positions/osmand", door=Door.ANYBODY, token=True),
    Row(address="POST /api/positions/osmand", door=Door.ANYBODY, token=True),
    *_roles(
        _SENDS,
        "GET /api/units/{unit}/position-tokens",
        "POST /api/units/{unit}/position-tokens",
        "POST /api/units/{unit}/position-tokens/revoke",
        own={Role.ADMINISTRATOR},
    ),
    *_roles(_BOARD, "GET /api/units/{unit}/times", "GET /api/units/{unit}/track", own={Role.CREW}),
    *_roles(
        _SENDS, "POST /api/units/{unit}/arrival/confirm", "POST /api/units/{unit}/arrival/dismiss", own={Role.CREW}
    ),
    # Accounts.
    *_roles(_NOBODY, "GET /api/accounts", "POST /api/accounts", own={Role.ADMINISTRATOR}, listing=True),
    *_roles(
        _NOBODY,
        "POST /api/accounts/{account}/password-link",
        "POST /api/accounts/{account}/grants",
        "POST /api/accounts/{account}/grants/revoke",
        "POST /api/accounts/{account}/person",
        "POST /api/accounts/{account}/disable",
        "POST /api/accounts/{account}/enable",
        "POST /api/accounts/{account}/unlock",
        own={Role.ADMINISTRATOR},
    ),
)


def as_markdown() -> str:
    """Return the table for people."""
    lines = ["| address | everywhere | in their own agency |", "| --- | --- | --- |"]
    for row in ROWS:
        anywhere, own = row.words
        lines.append(f"| `{row.address}` | {anywhere} | {own} |")
    return "\n".join(lines)
