"""The endpoints of people and their credentials: one gesture each.

Names stand only in answers to those who may see these people. Nobody is searched by name in an address: `search` takes
it in its body.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse, QueryDict
from ninja import Query, Router, Schema, Status
from pydantic import ConfigDict, Field

from goldenhour.access.roles import EVERY
from goldenhour.access.rules import Asked, Caller, officer, own_person
from goldenhour.access.rules import people as people_rule
from goldenhour.access.wire import iso
from goldenhour.errors import BadInput, NotFound
from goldenhour.roads.live import region
from goldenhour.workforce import credentials as pure
from goldenhour.workforce.credentials import Affiliation, Person, SeatNeed, Service
from goldenhour.workforce.credentials import Status as Stands
from goldenhour.workforce.entry import NewCredential, Who, level_key, place_of, slug
from goldenhour.workforce.live import expiry, importing, queries, services
from goldenhour.workforce.live.own_page import own_page, standing_entry
from goldenhour.workforce.live.queries import Agencies
from goldenhour.workforce.live.services import By, Correction
from goldenhour.workforce.live.shapes import (
    BadFileOut,
    CalendarOut,
    CorrectedOut,
    CredentialIdOut,
    ExpiringOut,
    ImportReportOut,
    LackingOut,
    OwnPageOut,
    PeopleOut,
    PersonIdOut,
    PersonOut,
    ProposalsOut,
)

router = Router(tags=["workforce: people"])

MOST_TEXT = 2_000_000  # Signs of a file of people.
_WORDS = Field(default="", max_length=300)


def agencies_of(who: Caller) -> Agencies:
    """Return whose people the rule let somebody see: None is everybody's."""
    return None if EVERY in who.agencies else who.agencies


def by(request: Asked, id: UUID) -> By:  # noqa: A002 -- As on the envelope.
    """Return who does something, for the services."""
    who = request.auth
    return By(actor=who.actor, at=who.at, agencies=agencies_of(who), device=who.device, id=str(id))


def place_served() -> str:
    """Return the state of the region served, "" when none is."""
    return pure.state_of(str(region.get_region().settings.get("jurisdiction", ""))) if region.is_known() else ""


def _insist_on(request: Asked, said: Schema) -> None:
    """Refuse an address that asks for what is not known: a filter with a slip of the pen would hide nobody.

    Raises:
        BadInput: it does.
    """
    known = type(said).model_fields
    asked = QueryDict(request.META.get("QUERY_STRING", ""))
    if unknown := set(asked) - set(known):
        raise BadInput(
            code="unknown_question",
            what=f"{len(unknown)} of the words in this address are not known.",
            do=f"Known are {', '.join(known) or 'none'}.",
        )


# ---------------------------------------------------------------- what is sent


class Gesture(Schema):
    """Every gesture has an id of its own; the same one again is harmless."""

    model_config = ConfigDict(extra="forbid")

    id: UUID


class AffiliationIn(Schema):
    """Where somebody serves, and how."""

    model_config = ConfigDict(extra="forbid")

    agency: str = Field(max_length=80)
    service: Service = Service.EMS
    pay: Literal["paid", "volunteer"] = "paid"
    role: str = Field(default="care", max_length=40)
    practice: str = Field(default="", max_length=60)
    director: str = Field(default="", max_length=60)
    start: date


class WhoIn(Schema):
    """Who somebody is; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    given_name: str | None = Field(default=None, max_length=200)
    family_name: str | None = Field(default=None, max_length=200)
    born: date | None = None
    email: str | None = Field(default=None, max_length=200)
    phone: str | None = Field(default=None, max_length=200)
    languages: tuple[str, ...] | None = None
    immunisations: tuple[str, ...] | None = None


class PersonIn(Gesture):
    """Somebody new."""

    person: str = Field(max_length=60)
    who: WhoIn = WhoIn()
    affiliation: AffiliationIn | None = None


class EditIn(Gesture):
    """What is known of somebody now."""

    who: WhoIn


class ServesIn(Gesture):
    """Somebody serves somewhere."""

    affiliation: AffiliationIn


class LeavesIn(Gesture):
    """Somebody serves somewhere no longer; `end` is the first day of it."""

    agency: str = Field(max_length=80)
    end: date
    reason: str = _WORDS


class IssueIn(Gesture):
    """A credential that somebody got; `expires` is the last day it holds."""

    kind: str = Field(max_length=40)
    place: str = Field(max_length=10)
    level: str = Field(default="", max_length=60)
    name: str = Field(default="", max_length=80)
    issuer: str = Field(default="", max_length=40)
    number: str = Field(default="", max_length=80)
    issued: date
    expires: date | None = None


class Doing(StrEnum):
    """What can be done to a credential by one gesture."""

    LAPSE = "lapse"
    SUSPEND = "suspend"
    RESTRICT = "restrict"
    REINSTATE = "reinstate"
    REVOKE = "revoke"
    SURRENDER = "surrender"


class ChangeIn(Gesture):
    """What was done to a credential, from a day on; `until`, the first day it is over, for suspend and restrict."""

    day: date | None = None
    until: date | None = None
    reason: str = _WORDS


class RenewIn(Gesture):
    """Another term; `expires` is the last day it holds."""

    expires: date | None
    start: date | None = None
    number: str = Field(default="", max_length=80)


class VerifyIn(Gesture):
    """Where a credential was looked up."""

    how: str = Field(min_length=1, max_length=300)


class CorrectIn(Gesture):
    """What is right about a credential; `strikes` is the position of an entry that should not be there."""

    start: date | None = None
    expires: date | None = None
    level: str = Field(default="", max_length=60)
    number: str = Field(default="", max_length=80)
    strikes: int = 0
    holds_until: date | None = None
    reason: str = Field(min_length=1, max_length=300)


class ImportIn(Gesture):
    """A file of people; `check` only says what it would do."""

    text: str = Field(max_length=MOST_TEXT)
    check: bool = False


class ReasonIn(Gesture):
    """Why something is dropped."""

    reason: str = _WORDS


class SearchIn(Schema):
    """Part of a name or an id."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=100)


class ListIn(Schema):
    """Which people, in which order. `on` is a day, by default today; `expiring` days from then."""

    model_config = ConfigDict(extra="forbid")

    agency: str = Field(default="", max_length=80)
    service: Service | None = None
    pay: Literal["paid", "volunteer"] | None = None
    role: str = Field(default="", max_length=40)
    level: str = Field(default="", max_length=60)
    place: str = Field(default="", max_length=10)
    standing: Literal["live", "not_live"] | None = None
    verified: bool | None = None
    expiring: int | None = Field(default=None, ge=0, le=400)
    on: date | None = None
    sort: Literal["id", "name", "level", "until"] = "name"
    descending: bool = False
    offset: int = Field(default=0, ge=0)
    limit: int = Field(default=100, ge=1, le=1000)


class DayIn(Schema):
    """A day to look at, by default today."""

    model_config = ConfigDict(extra="forbid")

    on: date | None = None
    place: str = Field(default="", max_length=10)


class PageIn(Schema):
    """Where, and as what, somebody would do something."""

    model_config = ConfigDict(extra="forbid")

    place: str = Field(default="", max_length=10)
    agency: str = Field(default="", max_length=80)
    role: str = Field(default="care", max_length=40)
    setting: str = Field(default="ambulance", max_length=40)


class ExpiringIn(Schema):
    """How many days ahead, and whose."""

    model_config = ConfigDict(extra="forbid")

    within: int = Field(default=pure.NOTICE_DAYS[0], ge=0, le=400)
    agency: str = Field(default="", max_length=80)


class LackingIn(Schema):
    """A seat: at least a level, and endorsements separated by commas."""

    model_config = ConfigDict(extra="forbid")

    level: str = Field(default="", max_length=60)
    endorsement: str = Field(default="", max_length=300)
    place: str = Field(default="", max_length=10)
    agency: str = Field(default="", max_length=80)
    on: date | None = None


# ---------------------------------------------------------------- what is answered


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _place(asked: str, person: Person | None = None) -> str:
    """Return the state a standing is asked for: the one named, the one served, or where somebody is licensed."""
    if asked:
        return place_of(asked)
    held = [one.place for one in person.credentials if one.kind is pure.Kind.LICENCE] if person else []
    return place_served() or next(iter(held), "US")


def person_entry(person: Person, request: Asked, *, place: str, on: date | None) -> dict[str, Any]:
    """Return somebody as a list shows them."""
    at = request.auth.at
    where = _place(place, person)
    day = on or pure.day_at(at, where)
    agency = _agency_on(person, day)
    here = (
        pure.standing(person, where, day, agency=agency) if on else pure.standing_at(person, where, at, agency=agency)
    )
    nearest = next(iter(pure.expiring(person, at)), None)
    return {
        "id": person.id,
        "name": person.name,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "affiliations": [affiliation_entry(one) for one in person.affiliations if one.end is None or one.end > day],
        "standing": standing_entry(here),
        "credentials": len(person.credentials),
        "unverified": sum(one.verified is None and one.on(day).status.holds for one in person.credentials),
        "next_end": expiry_entry(nearest) if nearest else None,
    }


def _agency_on(person: Person, day: date) -> str:
    return next((one.agency for one in person.affiliations if one.on(day)), "")


def affiliation_entry(one: Affiliation) -> dict[str, Any]:
    """Return a place in an agency as the API says it."""
    return {
        "agency": one.agency,
        "service": one.service.value,
        "pay": one.pay,
        "role": one.role,
        "practice": one.practice,
        "director": one.director,
        "start": one.start.isoformat(),
        "end": _iso(one.end),
    }


def credential_entry(one: pure.Credential, day: date) -> dict[str, Any]:
    """Return a credential as the API says it, as it stands on a day, with its history."""
    here, looked_up = one.on(day), one.verified
    ends = next((each.start for each in one.spans if each.start > day and not each.status.holds), None)
    return {
        "id": one.id,
        "kind": one.kind.value,
        "place": one.place,
        "issuer": one.issuer,
        "level": here.level,
        "level_words": pure.level_words(here.level),
        "name": one.name,
        "number": one.number,
        "status": here.status.value,
        "words": list(here.words),
        "since": _iso(here.start) if here.status is not Stands.NOT_YET else None,
        "until": _iso(ends) if here.status.holds else None,
        "expires": _iso(pure.expires_of(ends)) if here.status.holds else None,
        "verified": {"by": looked_up.actor, "at": iso(looked_up.at), "how": looked_up.words} if looked_up else None,
        "spans": [
            {"start": each.start.isoformat(), "end": _iso(each.end), "status": each.status.value,
             "level": each.level, "words": list(each.words)}
            for each in one.spans
        ],
        "history": [
            {"position": each.position, "what": each.what.value, "day": each.day.isoformat(),
             "start": _iso(each.start), "until": _iso(each.until), "level": each.level, "strikes": each.strikes,
             "holds_until": _iso(each.holds_until), "words": each.words, "actor": each.actor, "at": iso(each.at)}
            for each in one.history
        ],
    }  # fmt: skip


def expiry_entry(due: pure.Expiry) -> dict[str, Any]:
    """Return a credential that ends as the API says it."""
    one = due.credential
    return {
        "person": due.person,
        "credential": one.id,
        "kind": one.kind.value,
        "place": one.place,
        "level": one.level,
        "name": one.name,
        "expires": due.expires.isoformat(),
        "ends_at": iso(due.ends_at),
        "days_left": due.days_left,
        "notice": due.notice,
    }


# ---------------------------------------------------------------- people


@router.get("/workforce/people", auth=people_rule, response=PeopleOut)
def list_people(request: Asked, said: Query[ListIn]) -> dict[str, Any]:
    """Return people of the caller's agencies."""
    _insist_on(request, said)
    at, scope = request.auth.at, agencies_of(request.auth)
    level = level_key(said.level)
    found = queries.list_people(agencies=scope, at=at, agency=said.agency)
    entries = [
        (person, person_entry(person, request, place=said.place, on=said.on))
        for person in found
        if _fits(person, said, said.on or at.date(), request)
    ]
    entries = [
        (person, one)
        for person, one in entries
        if (not level or one["standing"]["level"] == level)
        and (said.standing is None or one["standing"]["live"] == (said.standing == "live"))
        and (said.verified is None or (one["unverified"] == 0) == said.verified)
    ]
    entries.sort(key=_order(said.sort), reverse=said.descending)
    shown = [one for _, one in entries[said.offset : said.offset + said.limit]]
    return {"total": len(entries), "people": shown}


def _fits(person: Person, said: ListIn, day: date, request: Asked) -> bool:
    own = [one for one in person.affiliations if one.on(day) and (not said.agency or one.agency == said.agency)]
    if said.service and not any(one.service is said.service for one in own):
        return False
    if said.pay and not any(one.pay == said.pay for one in own):
        return False
    if said.role and not any(one.role == said.role for one in own):
        return False
    return said.expiring is None or bool(pure.expiring(person, request.auth.at, within_days=said.expiring))


Entry = tuple[Person, dict[str, Any]]


def _order(sort: str) -> Callable[[Entry], Any]:
    orders: dict[str, Callable[[Entry], Any]] = {
        "id": lambda pair: pair[0].id,
        "name": lambda pair: (pair[0].family_name.casefold(), pair[0].given_name.casefold(), pair[0].id),
        "level": lambda pair: (pure.rank(pair[1]["standing"]["level"]), pair[0].id),
        "until": lambda pair: (pair[1]["standing"]["until"] or "9999", pair[0].id),
    }
    return orders[sort]


@router.post("/workforce/people/search", auth=people_rule, response=PeopleOut)
def search_people(request: Asked, body: SearchIn) -> dict[str, Any]:
    """Return the caller's people whose name or id holds a text. It stands in the body, so that no address names one."""
    sought = body.text.casefold()
    found = [
        one
        for one in queries.list_people(agencies=agencies_of(request.auth), at=request.auth.at)
        if sought in one.name.casefold() or sought in one.id
    ]
    return {"total": len(found), "people": [person_entry(one, request, place="", on=None) for one in found[:100]]}


@router.post("/workforce/people", auth=officer, response={201: PersonIdOut})
def add_person(request: Asked, body: PersonIn) -> Status[dict[str, str]]:
    """Put somebody into the books."""
    person = services.person_add(
        person=body.person,
        who=Who(**_given(body.who)),
        affiliation=_affiliation(body.affiliation) if body.affiliation else None,
        by=by(request, body.id),
    )
    return Status(201, {"person": person})


def _given(who: WhoIn) -> dict[str, Any]:
    return {name: value for name, value in who.dict().items() if value is not None}


def _affiliation(said: AffiliationIn) -> Affiliation:
    return Affiliation(**said.dict())


@router.get("/workforce/me", auth=own_person, response=OwnPageOut)
def get_own_page(request: Asked, said: Query[PageIn]) -> dict[str, Any]:
    """Return the caller's own page."""
    _insist_on(request, said)
    if not request.auth.person:
        raise NotFound(
            code="no_person",
            what="This account belongs to nobody in the books.",
            do="Ask your agency's administrator to say whose account it is.",
        )
    return _page(request, request.auth.person, said)


@router.get("/workforce/people/{person}", auth=own_person, response=PersonOut)
def get_person(request: Asked, person: str, said: Query[DayIn]) -> dict[str, Any]:
    """Return somebody with all they hold, as of a day."""
    _insist_on(request, said)
    found = _seen(request, person)
    place = _place(said.place, found)
    day = said.on or pure.day_at(request.auth.at, place)
    return {
        **person_entry(found, request, place=said.place, on=said.on),
        "on": day.isoformat(),
        "born": _iso(found.born),
        "email": found.email,
        "phone": found.phone,
        "languages": list(found.languages),
        "immunisations": [{"name": one.name, "year": one.year} for one in found.immunisations],
        "affiliations": [affiliation_entry(one) for one in found.affiliations],
        "credentials": [credential_entry(one, day) for one in found.credentials],
        "next_change": _iso(pure.next_change(found, day)),
    }


def _seen(request: Asked, person: str) -> Person:
    """Return somebody as the caller may see them: themselves whole."""
    who = request.auth
    scope = None if who.person and who.person == person else agencies_of(who)
    return queries.get_person(person, agencies=scope, at=who.at)


@router.get("/workforce/people/{person}/page", auth=own_person, response=OwnPageOut)
def get_page(request: Asked, person: str, said: Query[PageIn]) -> dict[str, Any]:
    """Return what somebody may do here today and why, what of theirs ends, what they owe."""
    _insist_on(request, said)
    return _page(request, person, said)


def _page(request: Asked, person: str, said: PageIn) -> dict[str, Any]:
    found = _seen(request, person)
    return own_page(
        found,
        place=_place(said.place, found),
        at=request.auth.at,
        agency=said.agency,
        role=said.role,
        setting=said.setting,
    )


@router.post("/workforce/people/{person}/edit", auth=officer, response={204: None})
def edit_person(request: Asked, person: str, body: EditIn) -> Status[None]:
    """Change what is known of somebody."""
    services.person_edit(person=person, who=_given(body.who), by=by(request, body.id))
    return Status(204, None)


@router.post("/workforce/people/{person}/affiliations", auth=officer, response={204: None})
def begin_affiliation(request: Asked, person: str, body: ServesIn) -> Status[None]:
    """Let somebody serve in an agency."""
    services.affiliation_begin(person=person, affiliation=_affiliation(body.affiliation), by=by(request, body.id))
    return Status(204, None)


@router.post("/workforce/people/{person}/affiliations/end", auth=officer, response={204: None})
def end_affiliation(request: Asked, person: str, body: LeavesIn) -> Status[None]:
    """Let somebody leave an agency."""
    services.affiliation_end(
        person=person, agency=body.agency, end=body.end, reason=body.reason, by=by(request, body.id)
    )
    return Status(204, None)


# ---------------------------------------------------------------- credentials


@router.post("/workforce/people/{person}/credentials", auth=officer, response={201: CredentialIdOut})
def issue_credential(request: Asked, person: str, body: IssueIn) -> Status[dict[str, str]]:
    """Record a credential."""
    new = NewCredential(
        kind=body.kind,
        place=body.place,
        level=body.level,
        name=body.name,
        issuer=body.issuer,
        number=body.number,
        start=body.issued,
        until=pure.until_of(body.expires) if body.expires else None,
    )
    credential = services.credential_issue(person=person, new=new, by=by(request, body.id))
    return Status(201, {"credential": credential})


@router.post("/workforce/people/{person}/credentials/{credential}/renew", auth=officer, response={204: None})
def renew_credential(request: Asked, person: str, credential: str, body: RenewIn) -> Status[None]:
    """Record another term."""
    services.credential_renew(
        person=person,
        credential=credential,
        until=pure.until_of(body.expires) if body.expires else None,
        start=body.start,
        number=body.number,
        by=by(request, body.id),
    )
    return Status(204, None)


@router.post("/workforce/people/{person}/credentials/{credential}/verify", auth=officer, response={204: None})
def verify_credential(request: Asked, person: str, credential: str, body: VerifyIn) -> Status[None]:
    """Record that it was looked up where it was issued."""
    services.credential_verify(person=person, credential=credential, how=body.how, by=by(request, body.id))
    return Status(204, None)


@router.post("/workforce/people/{person}/credentials/{credential}/correct", auth=officer, response=CorrectedOut)
def correct_credential(request: Asked, person: str, credential: str, body: CorrectIn) -> dict[str, Any]:
    """Correct a wrong entry; the answer names the proposal where a second person has to confirm it."""
    right = Correction(
        start=body.start,
        until=pure.until_of(body.expires) if body.expires else None,
        level=body.level,
        number=body.number,
        strikes=body.strikes,
        holds_until=body.holds_until,
        reason=body.reason,
    )
    proposal = services.credential_correct(person=person, credential=credential, right=right, by=by(request, body.id))
    return {"done": not proposal, "proposal": proposal or None}


@router.post("/workforce/people/{person}/credentials/{credential}/{doing}", auth=officer, response={204: None})
def change_credential(request: Asked, person: str, credential: str, doing: Doing, body: ChangeIn) -> Status[None]:
    """Record what was done to a credential: lapse, suspend, restrict, reinstate, revoke, surrender."""
    said: dict[str, Any] = {"person": person, "credential": credential, "day": body.day, "reason": body.reason}
    who = by(request, body.id)
    if doing is Doing.SUSPEND:
        services.credential_suspend(**said, until=body.until, by=who)
    elif doing is Doing.RESTRICT:
        services.credential_restrict(**said, until=body.until, by=who)
    else:
        _ENDS[doing](**said, by=who)
    return Status(204, None)


_ENDS: dict[Doing, Callable[..., None]] = {
    Doing.LAPSE: services.credential_lapse,
    Doing.REINSTATE: services.credential_reinstate,
    Doing.REVOKE: services.credential_revoke,
    Doing.SURRENDER: services.credential_surrender,
}


# ---------------------------------------------------------------- files, waiting changes


@router.post("/workforce/import", auth=officer, response={200: ImportReportOut, 422: BadFileOut})
def import_people(request: Asked, body: ImportIn) -> Status[dict[str, Any]]:
    """Take a file of people in, or say line by line why not: all of it or nothing."""
    found = importing.people_import(text=body.text, check=body.check, by=by(request, body.id))
    report = {
        "done": found.done,
        "checked": body.check,
        "facts": found.facts,
        "proposal": found.proposal or None,
        "why": found.why or None,
        "lines": [{"line": one.line, "means": one.means, "what": one.what, "do": one.do} for one in found.lines],
    }
    if found.faults and not body.check:
        what = f"{len(found.faults)} lines are wrong; nothing was taken in."
        return Status(422, {"code": "bad_file", "what": what, "do": "Correct them and send it again.", **report})
    return Status(200, report)


@router.get("/workforce/proposals", auth=people_rule, response=ProposalsOut)
def list_proposals(request: Asked, *, waiting: bool = True) -> dict[str, Any]:
    """Return the changes that wait for a second person."""
    rows = queries.list_proposals(agencies=agencies_of(request.auth), waiting=waiting)
    return {
        "proposals": [
            {
                "id": row.id,
                "kind": row.kind,
                "state": row.state,
                "proposed_by": row.proposed_by,
                "proposed_at": iso(row.proposed_at),
                "decided_by": row.decided_by,
                "decided_at": iso(row.decided_at),
                "dropped": row.dropped,
                "of": row.of,
                "where": row.where,
                "day": row.day,
                "person": row.person,
                "credential": row.credential,
                "yours": row.proposed_by == request.auth.actor,
            }
            for row in rows
        ]
    }


@router.post("/workforce/proposals/{proposal}/confirm", auth=officer, response={204: None})
def confirm_proposal(request: Asked, proposal: str, body: Gesture) -> Status[None]:
    """Let a waiting change through, as a second person."""
    importing.proposal_confirm(proposal=proposal, by=by(request, body.id))
    return Status(204, None)


@router.post("/workforce/proposals/{proposal}/drop", auth=officer, response={204: None})
def drop_proposal(request: Asked, proposal: str, body: ReasonIn) -> Status[None]:
    """Turn a waiting change down, or withdraw it."""
    services.proposal_drop(proposal=proposal, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


# ---------------------------------------------------------------- what ends, who lacks what


@router.get("/workforce/expiring", auth=people_rule, response=ExpiringOut)
def list_expiring(request: Asked, said: Query[ExpiringIn]) -> dict[str, Any]:
    """Return what ends within so many days, the next to end first."""
    _insist_on(request, said)
    found = queries.list_expiring(
        agencies=agencies_of(request.auth), at=request.auth.at, within_days=said.within, agency=said.agency
    )
    return {"expiring": [{**expiry_entry(due), "name_of_person": person.name} for person, due in found]}


@router.get("/workforce/lacking", auth=people_rule, response=LackingOut)
def list_lacking(request: Asked, said: Query[LackingIn]) -> dict[str, Any]:
    """Return who may sit in a seat, and what the others lack."""
    _insist_on(request, said)
    place = _place(said.place)
    need = SeatNeed(
        level=level_key(said.level, place=place),
        endorsements=frozenset(slug(one, "endorsement") for one in said.endorsement.split(",") if one.strip()),
    )
    found = queries.list_lacking(
        need=need,
        place=place,
        on=said.on or pure.day_at(request.auth.at, place),
        agencies=agencies_of(request.auth),
        at=request.auth.at,
        agency=said.agency,
    )
    return {
        "place": place,
        "people": [{"id": one.id, "name": one.name, "fits": not lack, "lacks": list(lack)} for one, lack in found],
    }


@router.post("/workforce/calendars/{agency}", auth=officer, response=CalendarOut)
def open_calendar(request: Asked, agency: str, body: Gesture) -> dict[str, str]:
    """Give an agency's calendar of expiries a new secret address. It is said this once."""
    token = expiry.calendar_open(agency=agency, by=by(request, body.id))
    return {"address": f"/api/workforce/calendar/{token}.ics"}


@router.post("/workforce/calendars/{agency}/close", auth=officer, response={204: None})
def close_calendar(request: Asked, agency: str, body: Gesture) -> Status[None]:
    """Let an agency's calendar answer no longer."""
    expiry.calendar_close(agency=agency, by=by(request, body.id))
    return Status(204, None)


@router.get("/workforce/calendar/{token}.ics", auth=expiry.calendar_token)
def get_calendar(request: Asked, token: str) -> HttpResponse:
    """Return the calendar of a secret address."""
    text = expiry.calendar_of(token, request.auth.at)
    return HttpResponse(
        text, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-store"}
    )
