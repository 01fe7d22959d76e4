"""Who may ask for what: one row for every address of the site. This table is the specification.

`tests/site/test_matrix.py` asks for every address as every role, in its own agency and in another one, as somebody
without a role and as nobody, and holds what comes back against this table; an address without a row fails it. The table
decides nothing itself: the rules of `rules.py` do, and have to agree with it. `goldenhour accounts table` prints it.
"""

from dataclasses import dataclass
from enum import Enum

from goldenhour.access.glass import MAY_BREAK
from goldenhour.access.roles import Role


class Shows(Enum):
    """What a reading address shows of patients. Whoever was shown any is in the record of reads (see live/reads.py)."""

    NOTHING = "nothing of a patient"
    CALL = "the call in the address"
    CALLS = "the calls that the answer names"
    BOARD = "every call on the board"


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
    glass: bool = False  # Also whoever broke the glass of the call in the address.
    shows: Shows | None = None  # Of every GET; None of what only changes something, which is an event of its own.

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
        anywhere = _names(self.anywhere) + (", others after breaking the glass" if self.glass else "")
        return anywhere, own.removeprefix(", ")


def _names(roles: frozenset[Role]) -> str:
    return ", ".join(role.words.lower() for role in Role if role in roles)


def _reads(address: str, shows: Shows | None) -> Shows | None:
    return shows if address.startswith("GET ") else None


def _rows(door: Door, *addresses: str, shows: Shows | None = None) -> tuple[Row, ...]:
    return tuple(Row(address=one, door=door, shows=_reads(one, shows)) for one in addresses)


def _roles(
    anywhere: set[Role],
    *addresses: str,
    own: set[Role] | None = None,
    listing: bool = False,
    person: bool = False,
    glass: bool = False,
    shows: Shows | None = None,
) -> tuple[Row, ...]:
    return tuple(
        Row(
            address=one,
            anywhere=frozenset(anywhere),
            own=frozenset(own or ()),
            listing=listing,
            person=person,
            glass=glass,
            shows=_reads(one, shows),
        )
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
        "GET /signin/sign-on",
        "POST /api/signin/sign-on",
        "POST /api/signin/sign-on/finish",
        "GET /trust",
        "GET /trust/authority.crt",
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
        shows=Shows.NOTHING,
    ),
    # One's own account.
    *_rows(
        Door.INSIDE,
        "POST /api/account/again",
        "POST /api/account/again/code",
        "GET /api/account/again/key",
        "POST /api/account/again/key",
        "POST /api/session/here",
        "POST /api/session/station",
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
        shows=Shows.NOTHING,
    ),
    # Pages; what they show comes from the addresses below. The base map is public knowledge.
    *_rows(
        Door.INSIDE,
        "GET /",
        "GET /me",
        "GET /hospital",
        "GET /admin",
        "GET /admin/{_section}",
        "GET /glass",
        "GET /crew",
        "GET /api/clock",
        "GET /workforce",
        "GET /workforce/",
        "GET /workforce/{_section}",
        "GET /map/{name}.geojson",
        "GET /api/openapi.json",
        shows=Shows.NOTHING,
    ),
    # The board.
    *_roles(_BOARD, "GET /api/board", "GET /api/feed", "GET /print/board", shows=Shows.BOARD),
    *_roles(_BOARD, "GET /api/log", shows=Shows.CALLS),
    *_roles(_BOARD, "GET /api/demo", "GET /api/cards", shows=Shows.NOTHING),
    *_roles(_BOARD, "GET /api/calls/{call_id}", "GET /api/calls/{call_id}/triage", glass=True, shows=Shows.CALL),
    *_roles(
        {Role.MEDICAL_DIRECTOR, Role.QUALITY}, "GET /api/reviews", "POST /api/reviews/{call_id}", shows=Shows.CALLS
    ),
    *_roles({Role.MEDICAL_DIRECTOR}, "POST /api/cards/approvals", "POST /api/cards/approvals/withdraw"),
    *_roles(_BOARD | {Role.PLANNER}, "GET /api/measures/day", shows=Shows.NOTHING),
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
        "POST /api/premises/notes",
        "POST /api/premises/notes/{note}/end",
        "POST /api/calls/{call_id}/duplicate",
        "POST /api/calls/{call_id}/duplicate/undo",
        "POST /api/calls/{call_id}/disposition",
        "POST /api/calls/{call_id}/follow-ups",
        "POST /api/follow-ups/{one}/move",
        "POST /api/follow-ups/{one}/done",
        "POST /api/calls/{call_id}/callbacks",
        "POST /api/calls/{call_id}/notes",
        "POST /api/calls/{call_id}/notes/{note}/strike",
        "POST /api/calls/{call_id}/claim",
        "POST /api/calls/{call_id}/claim/release",
        "POST /api/calls/{call_id}/links",
        "POST /api/calls/{call_id}/links/undo",
        "POST /api/calls/{call_id}/co-responders",
        "POST /api/co-responders/{one}/said",
        "POST /api/co-responders/{one}/cancel",
        "POST /api/drafts",
        "POST /api/drafts/{call_id}/changes",
        "POST /api/drafts/{call_id}/take-over",
        "POST /api/drafts/{call_id}/discard",
        "POST /api/demo",
    ),
    *_roles(
        _BOARD, "GET /api/calls/{call_id}/notes", "GET /api/calls/{call_id}/timeline", glass=True, shows=Shows.CALL
    ),
    *_roles(_BOARD, "GET /api/staging-reasons", "GET /api/co-responders", shows=Shows.NOTHING),
    *_roles(_CALLS, "GET /api/places", "GET /api/mutual-aid", "GET /api/move-up", shows=Shows.NOTHING),
    *_roles(_CALLS, "GET /api/drafts/{call_id}", "GET /api/calls/{call_id}/recommendation", shows=Shows.CALL),
    *_roles(
        _CALLS,
        "GET /api/premises",
        "GET /api/dispositions",
        "GET /api/follow-ups",
        "GET /api/callbacks",
        "GET /api/drafts",
        shows=Shows.CALLS,
    ),
    *_roles(
        _SENDS,
        "POST /api/calls/{call_id}/assignments",
        "POST /api/calls/{call_id}/close",
        "POST /api/calls/{call_id}/reopen",
        "POST /api/calls/{call_id}/swap",
        "POST /api/calls/{call_id}/cancel-units",
        "POST /api/calls/{call_id}/stage",
        "POST /api/calls/{call_id}/enter",
        "POST /api/calls/{call_id}/split",
        "POST /api/calls/{call_id}/split/undo",
        "POST /api/units/{unit}/clear",
        "POST /api/calls/{call_id}/hold",
        "POST /api/calls/{call_id}/hold/end",
        "POST /api/alarms/acknowledge",
        "POST /api/calls/{call_id}/mutual-aid",
        "POST /api/mutual-aid/{one}/accept",
        "POST /api/mutual-aid/{one}/decline",
        "POST /api/mutual-aid/{one}/withdraw",
        "POST /api/mutual-aid/{one}/release",
        "POST /api/move-up",
        "POST /api/move-up/decline",
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
        shows=Shows.CALLS,
    ),
    *_roles(_SENDS, "GET /api/hospitals/{hospital}/wall", own={Role.HOSPITAL}, shows=Shows.NOTHING),
    *_roles(_SENDS, "GET /api/hospitals", own={Role.HOSPITAL}, listing=True, shows=Shows.NOTHING),
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
        shows=Shows.CALLS,
    ),
    # A crew's own page: the call its unit is on, its safety, what it asks for.
    *_roles(_SENDS, "GET /api/crew/units", own={Role.CREW}, listing=True, shows=Shows.NOTHING),
    *_roles(
        _SENDS,
        "GET /api/units/{unit}/crew/check",
        "GET /api/units/{unit}/crew/checklists",
        own={Role.CREW},
        shows=Shows.NOTHING,
    ),
    *_roles(
        _SENDS,
        "GET /api/units/{unit}/crew",
        "GET /api/units/{unit}/crew/feed",
        "GET /api/units/{unit}/crew/destinations",
        "POST /api/units/{unit}/phone",
        "POST /api/units/{unit}/phone/off",
        "POST /api/units/{unit}/par",
        "POST /api/units/{unit}/par/answer",
        "POST /api/units/{unit}/par/end",
        "POST /api/units/{unit}/mayday",
        "POST /api/units/{unit}/mayday/end",
        "POST /api/units/{unit}/asks",
        "POST /api/units/{unit}/asks/{ask}/withdraw",
        "POST /api/units/{unit}/reassessed",
        "POST /api/units/{unit}/checklists",
        own={Role.CREW},
        shows=Shows.CALLS,
    ),
    *_roles(_SENDS, "POST /api/units/{unit}/asks/{ask}/answer", "POST /api/units/{unit}/mayday/acknowledge"),
    # Who is aboard, and who is planned to be.
    *_rows(Door.INSIDE, "GET /api/workforce/crews", shows=Shows.NOTHING),
    *_roles(
        _SENDS,
        "GET /api/workforce/crews/{unit}/aboard",
        "GET /api/workforce/crews/{unit}/roster",
        own={Role.CREW, Role.CREDENTIALING},
        shows=Shows.NOTHING,
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
        shows=Shows.NOTHING,
    ),
    *_roles({Role.MEDICAL_DIRECTOR}, "GET /api/workforce/scope/disputes", shows=Shows.NOTHING),
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
        shows=Shows.NOTHING,
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
        shows=Shows.NOTHING,
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
        shows=Shows.NOTHING,
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
        shows=Shows.NOTHING,
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
    Row(address="GET /api/workforce/calendar/{token}.ics", door=Door.ANYBODY, key=True, shows=Shows.NOTHING),
    # Where vehicles are. What a device reports comes with the token of its unit.
    Row(address="POST /api/positions/owntracks", door=Door.ANYBODY, token=True),
    Row(address="GET /api/positions/osmand", door=Door.ANYBODY, token=True, shows=Shows.NOTHING),
    Row(address="POST /api/positions/osmand", door=Door.ANYBODY, token=True),
    *_roles(
        _SENDS,
        "GET /api/units/{unit}/position-tokens",
        "POST /api/units/{unit}/position-tokens",
        "POST /api/units/{unit}/position-tokens/revoke",
        own={Role.ADMINISTRATOR},
        shows=Shows.NOTHING,
    ),
    *_roles(_BOARD, "GET /api/units/{unit}/times", own={Role.CREW}, shows=Shows.CALLS),
    *_roles(_BOARD, "GET /api/units/{unit}/track", own={Role.CREW}, shows=Shows.NOTHING),
    *_roles(
        _SENDS, "POST /api/units/{unit}/arrival/confirm", "POST /api/units/{unit}/arrival/dismiss", own={Role.CREW}
    ),
    # Paging: an agency's destinations, the desk's pages to people on call, and one's own.
    *_roles(_NOBODY, "GET /api/paging/destinations", own={Role.ADMINISTRATOR}, listing=True, shows=Shows.NOTHING),
    *_roles(
        _NOBODY,
        "POST /api/paging/destinations",
        "POST /api/paging/destinations/{destination}/secret",
        "POST /api/paging/destinations/{destination}/try",
        "POST /api/paging/destinations/{destination}/change",
        "POST /api/paging/destinations/{destination}/pause",
        "POST /api/paging/destinations/{destination}/resume",
        "POST /api/paging/destinations/{destination}/end",
        "POST /api/paging/messages/{message}/again",
        own={Role.ADMINISTRATOR},
    ),
    *_roles(_CALLS, "GET /api/calls/{call_id}/pages", shows=Shows.CALL),
    *_roles(
        _SENDS,
        "POST /api/calls/{call_id}/pages",
        "POST /api/paging/alerts/{alert}/answers",
        "POST /api/paging/alerts/{alert}/close",
    ),
    *_rows(
        Door.INSIDE,
        "GET /api/paging/mine",
        "GET /api/paging/mine/feed",
        "POST /api/paging/mine/{alert}/accept",
        "POST /api/paging/mine/{alert}/decline",
        "POST /api/paging/channels/email",
        "POST /api/paging/channels/push",
        "POST /api/paging/channels/{channel}/end",
        shows=Shows.CALLS,
    ),
    # Accounts.
    *_roles(
        _NOBODY,
        "GET /api/accounts",
        "POST /api/accounts",
        own={Role.ADMINISTRATOR},
        listing=True,
        shows=Shows.NOTHING,
    ),
    *_roles(set(MAY_BREAK), "POST /api/glass"),
    *_roles(
        {Role.MEDICAL_DIRECTOR, Role.QUALITY},
        "GET /api/glass",
        "POST /api/glass/{glass}/review",
        own={Role.ADMINISTRATOR},
        listing=True,
        shows=Shows.CALLS,
    ),
    *_roles(
        _NOBODY,
        "GET /api/tokens",
        "POST /api/tokens",
        "POST /api/tokens/{token}/revoke",
        own={Role.ADMINISTRATOR},
        listing=True,
        shows=Shows.NOTHING,
    ),
    *_roles({Role.QUALITY}, "GET /api/reads", own={Role.ADMINISTRATOR}, listing=True, shows=Shows.NOTHING),
    *_roles(
        _NOBODY,
        "GET /api/accounts/{account}/sessions",
        "POST /api/accounts/{account}/sessions/end",
        "POST /api/accounts/{account}/password-link",
        "POST /api/accounts/{account}/grants",
        "POST /api/accounts/{account}/grants/revoke",
        "POST /api/accounts/{account}/person",
        "POST /api/accounts/{account}/sign-on",
        "POST /api/accounts/{account}/disable",
        "POST /api/accounts/{account}/enable",
        "POST /api/accounts/{account}/unlock",
        own={Role.ADMINISTRATOR},
        shows=Shows.NOTHING,
    ),
)


def as_markdown() -> str:
    """Return the table for people."""
    lines = ["| address | everywhere | in their own agency | shows |", "| --- | --- | --- | --- |"]
    for row in ROWS:
        anywhere, own = row.words
        lines.append(f"| `{row.address}` | {anywhere} | {own} | {row.shows.value if row.shows else ''} |")
    return "\n".join(lines)
