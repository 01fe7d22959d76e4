"""Role x agency x address: every address of the site, asked as everybody, against the table in goldenhour.access.

The world: agency `town` with its unit, its people and its accounts, and the hospital; and somebody of every role in it,
somebody of every role in an agency `elsewhere`, an account without a role, the person themselves, and nobody at all.
"""

import json
import re
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from goldenhour.access.live import services
from goldenhour.access.roles import EVERY, Grant, Role
from goldenhour.access.rules import Rule
from goldenhour.access.table import ROWS, Door
from goldenhour.site.middleware import rules_of
from tests.site.conftest import new_id
from tests.site.test_accounts import PASSWORD

OWN, OTHER = "town", "elsewhere"
PERSON, ACCOUNT = "p-5309", "zz.looked.after"  # What another agency must never read.
COURSE, TEAM = "town/emr-1", "town/hall"
AFFILIATION = {"agency": OWN, "start": "2020-01-01", "practice": ""}
ISSUE = {"kind": "licence", "place": "CA", "level": "emt", "issued": "2024-01-01", "expires": "2027-12-31"}


def addresses(resolver=None, prefix=""):
    """Each method and path of the site, in the table's words, with the view's rule."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, prefix + str(one.pattern))
            continue
        path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", prefix + str(one.pattern))
        for method, rule in rules_of(one.callback).items():
            methods = getattr(one.callback, "methods", ("GET",)) if method == "*" else (method,)
            for each in methods:
                yield f"{each} {path}", rule


def test_every_address_has_a_row_and_every_row_an_address():
    there = [address for address, _ in addresses()]
    rows = [row.address for row in ROWS]

    assert sorted(set(there) - set(rows)) == [], "Give each a row in goldenhour/access/table.py."
    assert sorted(set(rows) - set(there)) == []
    assert len(rows) == len(set(rows))
    assert [address for address, rule in addresses() if not isinstance(rule, Rule)] == []


@dataclass(frozen=True)
class Somebody:
    """Who asks: a role and where it is held; `person` is tied to the person of the records."""

    account: str
    role: Role | None = None
    agency: str = ""
    person: bool = False


EVERYBODY = [
    *(Somebody(f"own.{one.replace('_', '.')}", one, OWN) for one in Role),
    *(Somebody(f"other.{one.replace('_', '.')}", one, OTHER) for one in Role),
    Somebody("no.role"),
    Somebody("the.person", person=True),
    Somebody(""),  # Nobody is signed in.
]


def expected(row, who):
    """What the table says of somebody: open, or the status of the refusal."""
    if row.door is Door.ANYBODY:
        return "open"
    if not who.account:
        return 401
    if row.door is Door.INSIDE or who.role in row.anywhere or (row.person and who.person):
        return "open"
    if who.role in row.own:
        return "open" if row.listing or who.agency == OWN else 404
    return 404 if row.person else 403


class World:
    """The records of agency `town`, and a browser for each who asks."""

    def __init__(self, desk):
        self.desk = desk
        self.facility = desk.get("/api/board")["hospitals"][0]["id"]
        body = {"id": new_id(), "person": PERSON, "affiliation": AFFILIATION}
        status, said = desk.post("/api/workforce/people", **body)
        assert status == 201, said
        self.credential = self.issue()
        self.call = desk.take_call()
        assert desk.post("/api/workforce/crews/town/M11/on", id=new_id(), person=PERSON)[0] == 200
        self.train()
        self.destination = self.page()
        at = desk.clock.at()
        services.account_make(account=ACCOUNT, agency=OWN, at=at, actor="console")
        for who in EVERYBODY[:-1]:
            agency = self.facility if (who.role, who.agency) == (Role.HOSPITAL, OWN) else who.agency
            given = [Grant(who.role, agency)] if who.role else []
            person = PERSON if who.person else ""
            services.account_make(
                account=who.account, grants=given, agency=EVERY, person=person, at=at, actor="console"
            )
            self.set_password(who.account)
        self.clients = {}

    def set_password(self, account):
        at = self.desk.clock.at()
        key = services.link_make(account=account, at=at, actor="console")
        services.password_set(key=key, password=PASSWORD, at=at)

    def issue(self):
        status, said = self.desk.post(f"/api/workforce/people/{PERSON}/credentials", id=new_id(), **ISSUE)
        assert status == 201, said
        return said["credential"]

    def page(self):
        """A destination of the town's pages."""
        body = {"kind": "webhook", "label": "Printer", "gets": ["station_alert"], "agency": OWN}
        status, said = self.desk.post("/api/paging/destinations", **body, address="https://x.org/", id=new_id())
        assert status == 201, said
        return said["destination"]

    def train(self):
        """A course and a workplace team of the town."""
        body = {"course": COURSE, "programme": "town/school", "level": "emr", "state": "CA", "place_kind": "agency"}
        body |= {"hours": {"breathing": 8}, "start": "2026-01-01"}
        assert self.desk.post("/api/workforce/courses", id=new_id(), **body)[0] == 201
        body = {"team": TEAM, "site": "Hall", "state": "CA", "shifts": {"day": "Mon-Fri 06:00-14:00"}}
        assert self.desk.post("/api/workforce/teams", id=new_id(), **body)[0] == 201

    def client(self, who):
        """A browser that is signed in."""
        if who.account in self.clients:
            return self.clients[who.account]
        found = self.clients[who.account] = Client(headers={"Host": "localhost"})
        if who.account:
            body = json.dumps({"username": who.account, "password": PASSWORD})
            answer = found.post("/api/signin", body, content_type="application/json")
            assert answer.status_code == 200, (who, answer.content)
        return found

    def parts(self, elsewhere=False):
        """What stands in the addresses, of agency `town`; with `elsewhere` the names of what does not exist.

        A new address whose records belong to an agency needs one here, and in BODIES what is done to it.
        """
        if elsewhere:
            return {
                "unit": "town/Z99", "hospital": "no-such-hospital", "account": "zz.nobody", "person": "p-nobody",
                "credential": "c-none", "proposal": "none", "agency": OWN, "course": "town/none-1",
                "team": "town/none-1", "destination": "none", "message": "none",
            }  # fmt: skip
        return {
            "unit": "town/M11", "hospital": self.facility, "account": ACCOUNT, "person": PERSON,
            "course": COURSE, "team": TEAM,
            "credential": self.credential, "proposal": "none", "agency": OWN, "call_id": self.call, "name": "roads",
            "_section": "people", "doing": "suspend", "token": "x" * 43,
            "prealert": "none", "destination": self.destination, "message": "none",
        }  # fmt: skip

    def ask(self, who, address, body=None, *, elsewhere=False):
        method, path = address.split(" ", 1)
        given = self.parts() | (self.parts(elsewhere=True) if elsewhere else {})
        path = re.sub(r"\{(\w+)\}", lambda part: given.get(part[1], "nothing"), path)
        if address in QUERIES:
            path += "?" + QUERIES[address]
        sends = method in {"POST", "PUT", "DELETE"}
        data = json.dumps(body if body is not None else {}) if sends else ""
        client = self.client(who)
        if address in ENDS:
            del self.clients[who.account]
        return client.generic(method, path, data, content_type="application/json" if sends else "")


ENDS = {"DELETE /api/session", "POST /api/account/password"}  # Whoever did this signs in again.
QUERIES = {
    "GET /api/workforce/scope/decide": "level=emt&skill=cpr&place=KS&on=2026-01-01",
    "GET /api/workforce/path": "level=emt&to=KS&on=2026-01-01",
    "GET /api/workforce/people/{person}/path": "to=KS&on=2026-01-01",
    "GET /api/workforce/training/hours": "level=emr&on=2026-01-01",
    "GET /api/workforce/teams/{team}/worth": (
        "emergencies_per_year=5&ambulance_min=15&team_min=3&training_h_per_member=24&away_min_per_call=30"
    ),
}

# Bodies with which somebody allowed gets something done, for the addresses that name a record of an agency: what is
# refused is then refused for whose it is, and for nothing else. An id makes each a gesture of its own.
BODIES = {
    "POST /api/accounts/{account}/grants": {"role": "crew", "agency": OWN},
    "POST /api/accounts/{account}/grants/revoke": {"role": "crew", "agency": OWN},
    "POST /api/accounts/{account}/person": {"person": ""},
    "POST /api/accounts/{account}/disable": {"reason": "left"},
    "POST /api/accounts/{account}/sessions/end": {"reason": "a stolen phone"},
    "POST /api/accounts/{account}/enable": {"reason": "back"},
    "POST /api/session/station": {"station": "office"},
    "POST /api/tokens/{token}/revoke": {"reason": "left"},
    "POST /api/glass": {"call_id": "26-0001", "why": "care", "reason": "She is in front of me."},
    "POST /api/glass/{glass}/review": {"right": True, "words": "The crew was on that call."},
    "POST /api/units/{unit}/stamps": {"stamp": "en_route"},
    "POST /api/units/{unit}/duty": {"on": True},
    "POST /api/units/{unit}/strike": {"struck_id": "00000000-0000-7000-8000-000000000000", "reason": "x"},
    "POST /api/units/{unit}/position-tokens": {"label": "phone"},
    "POST /api/units/{unit}/position-tokens/revoke": {"token": "none"},
    "POST /api/units/{unit}/arrival/confirm": {"stamp": "on_scene", "since": "2026-03-01T22:00:00Z"},
    "POST /api/units/{unit}/arrival/dismiss": {"stamp": "on_scene", "since": "2026-03-01T22:00:00Z"},
    "POST /api/hospitals/{hospital}/diversion": {"reason": "full"},
    "POST /api/hospitals/{hospital}/status": {"level": "advisory"},
    "POST /api/hospitals/{hospital}/beds": {"beds": {"ed": 3}},
    "POST /api/hospitals/{hospital}/prealerts/{prealert}/acknowledge": {},
    "POST /api/hospitals/{hospital}/accept": {"call_id": "26-0001", "unit": "town/M11"},
    "POST /api/hospitals/{hospital}/accept/strike": {"call_id": "26-0001", "unit": "town/M11", "reason": "x"},
    "POST /api/hospitals/{hospital}/signatures": {"call_id": "26-0001", "unit": "town/M11", "name": "x"},
    "POST /api/paging/destinations": {
        "kind": "webhook", "label": "x", "gets": ["station_alert"], "agency": OWN, "address": "https://x.org/",
    },
    "POST /api/paging/destinations/{destination}/secret": {},
    "POST /api/paging/destinations/{destination}/try": {},
    "POST /api/paging/destinations/{destination}/change": {
        "label": "x", "gets": ["station_alert"], "detail": "none",
    },
    "POST /api/paging/destinations/{destination}/pause": {},
    "POST /api/paging/destinations/{destination}/resume": {},
    "POST /api/paging/destinations/{destination}/end": {},
    "POST /api/paging/messages/{message}/again": {},
    "POST /api/units/{unit}/phone": {"device": "phone-1", "offset_ms": 5},
    "POST /api/units/{unit}/phone/off": {"device": "phone-1"},
    "POST /api/units/{unit}/par": {"call_id": "26-0001"},
    "POST /api/units/{unit}/par/answer": {},
    "POST /api/units/{unit}/par/end": {"reason": "x"},
    "POST /api/units/{unit}/mayday": {},
    "POST /api/units/{unit}/mayday/end": {"reason": "x"},
    "POST /api/units/{unit}/mayday/acknowledge": {"called_at": "2026-03-01T22:02:31Z"},
    "POST /api/units/{unit}/asks": {"call_id": "26-0001", "kind": "ambulance"},
    "POST /api/units/{unit}/asks/{ask}/withdraw": {},
    "POST /api/units/{unit}/asks/{ask}/answer": {"answer": "coming"},
    "POST /api/units/{unit}/reassessed": {"call_id": "26-0001"},
    "POST /api/units/{unit}/checklists": {"call_id": "26-0001", "checklist": "arrest", "item": "pads"},
    "POST /api/calls/{call_id}/prealerts": {"unit": "town/M11", "kind": "stroke"},
    "POST /api/calls/{call_id}/prealerts/{prealert}/withdraw": {"unit": "town/M11", "reason": "x"},
    "POST /api/workforce/people/{person}/edit": {"who": {"languages": ["es"]}},
    "POST /api/workforce/people/{person}/affiliations": {"affiliation": {"agency": OWN, "start": "2030-01-01"}},
    "POST /api/workforce/people/{person}/affiliations/end": {"agency": OWN, "end": "2031-01-01"},
    "POST /api/workforce/people/{person}/credentials": ISSUE,
    "POST /api/workforce/people/{person}/credentials/{credential}/renew": {"expires": "2029-12-31"},
    "POST /api/workforce/people/{person}/credentials/{credential}/verify": {"how": "the state's register"},
    "POST /api/workforce/people/{person}/credentials/{credential}/correct": {"number": "7", "reason": "a slip"},
    "POST /api/workforce/people/{person}/credentials/{credential}/{doing}": {"reason": "x", "until": "2026-05-01"},
    "POST /api/workforce/people/search": {"text": "p-5309"},
    "POST /api/workforce/proposals/{proposal}/confirm": {},
    "POST /api/workforce/proposals/{proposal}/drop": {"reason": "no"},
    "POST /api/workforce/scope/disputes": {"rule": "ks-emr-naloxone", "words": "It names another section."},
    "POST /api/workforce/calendars/{agency}": {},
    "POST /api/workforce/calendars/{agency}/close": {},
    "POST /api/workforce/courses/{course}/enrol": {"person": PERSON},
    "POST /api/workforce/courses/{course}/sessions": {
        "session": "s1", "day": "2026-01-10", "topic": "breathing", "hours": 4, "instructor": PERSON,
    },
    "POST /api/workforce/courses/{course}/sessions/strike": {"session": "s1", "reason": "x"},
    "POST /api/workforce/courses/{course}/attendance": {"session": "s1", "person": PERSON, "hours": 1},
    "POST /api/workforce/courses/{course}/sheets": {"person": PERSON, "sheet": "tourniquet", "examiner": PERSON},
    "POST /api/workforce/courses/{course}/sheets/strike": {"attempt": "none", "reason": "x"},
    "POST /api/workforce/courses/{course}/credits": {"person": PERSON, "level": "emr", "hours": 4},
    "POST /api/workforce/courses/{course}/complete": {"person": PERSON, "day": "2026-02-01"},
    "POST /api/workforce/courses/{course}/leave": {"person": PERSON},
    "POST /api/workforce/courses/{course}/cancel": {"reason": "x"},
    "POST /api/workforce/people/{person}/education": {"day": "2026-01-10", "hours": 2},
    "POST /api/workforce/people/{person}/education/strike": {"entry": "none", "reason": "x"},
    "POST /api/workforce/teams/{team}/members": {
        "person": PERSON, "hours": "Mon-Fri 06:00-14:00", "start": "2026-01-01",
    },
    "POST /api/workforce/teams/{team}/absences": {
        "person": PERSON, "start": "2026-03-03T06:00:00-06:00", "end": "2026-03-03T07:00:00-06:00",
    },
    "POST /api/workforce/teams/{team}/leave": {"person": PERSON, "end": "2026-03-05"},
}  # fmt: skip
_WITHOUT_ID = ("/api/tokens", "/api/accounts", "/api/session", "/api/workforce/people/search")


def body_of(address):
    said = BODIES.get(address)
    if said is None:
        return None
    return said if any(one in address for one in _WITHOUT_ID) else {"id": new_id(), **said}


@pytest.fixture
def world(desk):
    return World(desk)


# Where the world holds no such record of the own agency, "open" is a 404 in the endpoint's own words.
_NOTHING_THERE = {
    "POST /api/paging/messages/{message}/again",  # There is no dead letter.
    "GET /api/workforce/me",  # The account belongs to nobody.
    "POST /api/hospitals/{hospital}/diversion", "DELETE /api/hospitals/{hospital}/diversion",
    "POST /api/hospitals/{hospital}/prealerts/{prealert}/acknowledge",  # There is no such pre-alert or patient.
    "POST /api/hospitals/{hospital}/accept", "POST /api/hospitals/{hospital}/accept/strike",
    "POST /api/hospitals/{hospital}/signatures", "POST /api/calls/{call_id}/prealerts/{prealert}/withdraw",
    "POST /api/accounts/{account}/grants/revoke",  # It has no such role.
    "POST /api/workforce/proposals/{proposal}/confirm", "POST /api/workforce/proposals/{proposal}/drop",
    "POST /api/workforce/calendars/{agency}/close", "POST /api/units/{unit}/strike",
    "GET /api/units/{unit}/times", "POST /api/units/{unit}/position-tokens/revoke",  # There are none.
    "POST /api/workforce/courses/{course}/attendance",  # The session was struck, or there is no such try or entry.
    "POST /api/workforce/courses/{course}/sheets/strike", "POST /api/workforce/people/{person}/education/strike",
}  # fmt: skip


def code_of(answer):
    """The code of a refusal; that of a page which sends somebody to the door."""
    if answer.status_code == 302 and answer.headers["Location"].startswith("/signin?next="):
        return "not_signed_in"
    is_json = answer.headers.get("Content-Type") == "application/json" and not answer.streaming
    said = answer.json() if is_json else {}
    return said.get("code", "") if isinstance(said, dict) else ""


def agrees(row, who, answer):
    want, code = expected(row, who), code_of(answer)
    if want == 401:
        return answer.status_code in {401, 302} and code == "not_signed_in"
    if want == 403:
        return (answer.status_code, code) == (403, "no_role")
    if want == 404:
        return answer.status_code == 404
    if row.door is Door.ANYBODY:  # Signing in says no for reasons of its own.
        return code not in {"no_role", "not_found"}
    if code in {"no_role", "not_found", "not_signed_in"}:
        return False
    scoped = who.role in row.own and who.role not in row.anywhere and not row.listing
    return not (scoped and answer.status_code == 404) or row.address in _NOTHING_THERE


@pytest.mark.slow
def test_everybody_gets_at_every_address_what_the_table_says_and_sees_nothing_of_other_agencies(world):
    wrong, asked = [], 0
    for row in ROWS:
        for who in EVERYBODY:
            answer = world.ask(who, row.address, body_of(row.address))
            asked += 1
            wrong += [f"{row.address} as {who.account or 'nobody'}: {why}" for why in faults(world, row, who, answer)]
            answer.close()
    assert wrong == [], "\n" + "\n".join(wrong)
    assert asked == len(ROWS) * len(EVERYBODY)
    own = next(one for one in EVERYBODY if (one.role, one.agency) == (Role.CREDENTIALING, OWN))
    assert PERSON in world.ask(own, "GET /api/workforce/people").content.decode()


def faults(world, row, who, answer):
    """What is wrong with an answer, in words."""
    want = expected(row, who)
    failed = answer.status_code >= 500 and answer.status_code != 503  # 503: the page is not built here.
    if failed or not agrees(row, who, answer):
        said = "a stream" if answer.streaming else answer.content[:160]
        yield f"{want} was due, and {answer.status_code} came: {said}"
    if want == 404 and who.account:
        nothing = world.ask(who, row.address, body_of(row.address), elsewhere=True)
        if (answer.status_code, answer.content) != (nothing.status_code, nothing.content):
            yield f"tells that it exists: {answer.content!r}, and of what does not: {nothing.content!r}"
    if row.listing and who.agency == OTHER and who.role in row.own:
        yield from (f"lists {one}" for one in (PERSON, ACCOUNT) if one in answer.content.decode())
