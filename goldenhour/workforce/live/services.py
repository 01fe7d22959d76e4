"""What can be done with people and their credentials. Each function is one gesture of one person.

Every gesture takes the agencies its actor may act for: None is all. Somebody whom they may not see is not there for
them. A day that is left out is the day it now is where the credential was issued.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from goldenhour.access.rules import not_yours
from goldenhour.errors import NotFound, Refused
from goldenhour.log.event import Event
from goldenhour.log.live.store import Record, writing
from goldenhour.workforce.credentials import (
    Affiliation,
    Credential,
    Person,
    What,
    day_at,
    refusal_of,
)
from goldenhour.workforce.entry import (
    NewCredential,
    Who,
    affiliation_facts,
    bad,
    check_days,
    issue_fact,
    level_key,
    number_of,
    person_id,
    renewal_start,
    who_of,
    words_of,
)
from goldenhour.workforce.events import (
    AffiliationEnded,
    ChangeConfirmed,
    ChangeDropped,
    ChangeProposed,
    CredentialCorrected,
    CredentialLapsed,
    CredentialReinstated,
    CredentialRenewed,
    CredentialRestricted,
    CredentialRevoked,
    CredentialSurrendered,
    CredentialSuspended,
    CredentialVerified,
    PersonAdded,
    PersonEdited,
)
from goldenhour.workforce.history import (
    MOST_DROPPED,
    WHO,
    Drop,
    day_or_none,
    facts_of,
    person_after,
    text_of,
    widens,
    worst_drop,
)
from goldenhour.workforce.live import queries
from goldenhour.workforce.live.models import PendingChange
from goldenhour.workforce.live.models import Person as PersonRow
from goldenhour.workforce.live.queries import Agencies

_AT_ONCE = 900  # Facts of one command.
CORRECTION_DAYS = 14  # How long a supervised correction counts, unless it says otherwise or is verified before ...
LONGEST_CORRECTION = timedelta(days=30)  # ... and never longer.


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does something, when, for which agencies, and with what id. The same id again is harmless."""

    actor: str
    at: datetime
    agencies: Agencies = None
    device: str = ""
    id: str | None = None

    @property
    def agency(self) -> str:
        """The one agency they act for, "" where it is more or all."""
        return next(iter(self.agencies)) if self.agencies is not None and len(self.agencies) == 1 else ""


def writing_as(stream: str, by: By) -> AbstractContextManager[Record]:
    """Hold the log for one command of somebody."""
    return writing(stream, at=by.at, actor=by.actor, agency=by.agency, device=by.device, id=by.id)


def insist_on_agency(agency: str, by: By) -> None:
    """Refuse an agency that somebody does not act for, in the words of one that is not there.

    Raises:
        NotFound: it is not theirs.
    """
    if by.agencies is not None and agency not in by.agencies:
        raise not_yours()


# ---------------------------------------------------------------- people and where they serve


def person_add(*, person: str, who: Who, affiliation: Affiliation | None, by: By) -> str:
    """Put somebody into the books; return their id.

    Raises:
        BadInput: the id could be a name, or something is unreadable.
        Refused: the id is taken, or the actor may not add people to that agency.
    """
    new = person_id(person)
    facts: list[Event] = [PersonAdded(person=new, **who.said())]
    if affiliation is None and by.agencies is not None:
        raise bad(
            where="affiliation",
            what="You add people to an agency.",
            do="Say in which of yours they serve, and from when.",
        )
    if affiliation is not None:
        facts += affiliation_facts(Person(id=new), affiliation, by.agencies)
    with writing_as(f"person/{new}", by) as record:
        if record.earlier:
            return new
        if PersonRow.objects.filter(pk=new).exists():
            raise Refused(code="person_taken", what=f"The id {new} is taken.", do="Give them another one.")
        for fact in facts:
            record(fact)
    return new


def people_enrol(*, people: Sequence[Person], by: By) -> int:
    """Put people into the books as they are, with what they held; return how many were not there yet.

    For a demo, and for a house that moves in: some hundred people at a time, so that nobody waits long.
    """
    known = queries.existing({one.id for one in people})
    fresh = [one for one in people if one.id not in known]
    batch: list[Event] = []
    for one in [*fresh, None]:
        facts = facts_of(one) if one else []
        if batch and (one is None or len(batch) + len(facts) > _AT_ONCE):
            with writing_as("people", replace(by, id=None)) as record:
                for fact in batch:
                    record(fact)
            batch = []
        batch += facts
    return len(fresh)


def person_edit(*, person: str, who: dict[str, Any], by: By) -> None:
    """Change what is known of somebody; what is left out stays.

    Args:
        person: their id.
        who: fields of `Who`.
        by: who does it.

    Raises:
        NotFound: there is nobody of that id.
        BadInput: something is unreadable.
    """
    if unknown := set(who) - set(WHO):
        raise bad(where="field", what=f"{', '.join(sorted(unknown))} is not known.", do=f"Known are {', '.join(WHO)}.")
    new = Who(**who).said()
    with writing_as(f"person/{person}", by) as record:
        if record.earlier:
            return
        before = who_of(_get(person, by))
        after = before | {name: new[name] for name in who}
        if after != before:
            record(PersonEdited(person=person, **after))


def affiliation_begin(*, person: str, affiliation: Affiliation, by: By) -> None:
    """Let somebody serve in an agency from a day on; serving there already, they do it in this way from then on.

    Raises:
        NotFound: there is nobody of that id.
        Refused: the practice level lies above every licence, or the actor does not act for that agency.
    """
    with writing_as(f"person/{person}", by) as record:
        if record.earlier:
            return
        for fact in affiliation_facts(_get(person, by), affiliation, by.agencies):
            record(fact)


def affiliation_end(*, person: str, agency: str, end: date, reason: str, by: By) -> None:
    """Let somebody serve in an agency no longer, `end` being the first day of it.

    Raises:
        NotFound: there is nobody of that id, or they do not serve there.
    """
    with writing_as(f"person/{person}", by) as record:
        if record.earlier:
            return
        own = [one for one in _get(person, by).affiliations if one.agency == agency and one.end is None]
        if not own:
            raise NotFound(
                code="no_affiliation", what=f"{person} does not serve in {agency}.", do="Pick one of theirs."
            )
        record(AffiliationEnded(person=person, agency=agency, end=text_of(end), reason=words_of(reason, "reason")))


def _get(person: str, by: By) -> Person:
    return queries.get_person(person, agencies=by.agencies, at=by.at)


# ---------------------------------------------------------------- credentials


def credential_issue(*, person: str, new: NewCredential, by: By) -> str:
    """Record that somebody got a credential; return its id.

    Raises:
        NotFound: there is nobody of that id.
        BadInput: something about it is wrong.
        Refused: they hold it already.
    """
    with writing_as(f"person/{person}", by) as record:
        if record.earlier:
            return queries.credential_of_event(record.earlier[0].position)
        fact = issue_fact(_get(person, by), new)
        record(fact)
        return fact.credential


def credential_renew(
    *, person: str, credential: str, until: date | None, by: By, start: date | None = None, number: str = ""
) -> None:
    """Record another term; by default from the end of the one before, or from today where that is over."""
    with writing_as(f"person/{person}", by) as record:
        if record.earlier:
            return
        own = queries.find_credential(_get(person, by), credential)
        begin = start or renewal_start(own, day_at(by.at, own.place))
        check_days(begin, until)
        _insist(own, What.RENEWED, begin)
        record(
            CredentialRenewed(
                person=person, credential=own.id, start=text_of(begin), until=text_of(until), number=number_of(number)
            )
        )


def _insist(credential: Credential, what: What, day: date) -> None:
    said = refusal_of(credential.history, what, day)
    if said:
        raise Refused(
            code=f"cannot_be_{what.value}",
            what=f"The {credential.kind.words} {credential.id} cannot be {what.value}: {said}",
            do="Look at its history; a wrong entry is corrected.",
        )


def credential_lapse(*, person: str, credential: str, by: By, day: date | None = None, reason: str = "") -> None:
    """Record that it ended before its term did. The end of a term needs no gesture."""
    _change(CredentialLapsed, What.LAPSED, person, credential, by, day=day, reason=reason)


def credential_suspend(
    *, person: str, credential: str, by: By, day: date | None = None, until: date | None = None, reason: str = ""
) -> None:
    """Record that who issued it took it away for a time; without `until`, until it is reinstated."""
    _change(CredentialSuspended, What.SUSPENDED, person, credential, by, day=day, reason=reason, until=text_of(until))


def credential_restrict(
    *, person: str, credential: str, by: By, reason: str, day: date | None = None, until: date | None = None
) -> None:
    """Record a limit on it, in words."""
    if not reason.strip():
        raise bad(where="reason", what="A limit without words limits nothing.", do="Say what it is.")
    _change(CredentialRestricted, What.RESTRICTED, person, credential, by, day=day, reason=reason, until=text_of(until))


def credential_reinstate(*, person: str, credential: str, by: By, day: date | None = None, reason: str = "") -> None:
    """Record that what lay on it was lifted."""
    _change(CredentialReinstated, What.REINSTATED, person, credential, by, day=day, reason=reason)


def credential_revoke(*, person: str, credential: str, by: By, day: date | None = None, reason: str = "") -> None:
    """Record that who issued it took it away for good."""
    _change(CredentialRevoked, What.REVOKED, person, credential, by, day=day, reason=reason)


def credential_surrender(*, person: str, credential: str, by: By, day: date | None = None, reason: str = "") -> None:
    """Record that its holder gave it back."""
    _change(CredentialSurrendered, What.SURRENDERED, person, credential, by, day=day, reason=reason)


def credential_verify(*, person: str, credential: str, by: By, how: str) -> None:
    """Record that somebody looked it up where it was issued. Anything done to it afterwards clears that."""
    if not how.strip():
        raise bad(where="how", what="Where it was looked up is left out.", do="Say it, such as: the state's register.")
    with writing_as(f"person/{person}", by) as record:
        if record.earlier:
            return
        own = queries.find_credential(_get(person, by), credential)
        today = day_at(by.at, own.place)
        record(CredentialVerified(person=person, credential=own.id, day=text_of(today), how=words_of(how, "how")))


def _change(
    kind: Any, what: What, person: str, credential: str, by: By, *, day: date | None, reason: str, **more: str
) -> None:
    with writing_as(f"person/{person}", by) as record:
        if record.earlier:
            return
        own = queries.find_credential(_get(person, by), credential)
        first = day or day_at(by.at, own.place)
        if (until := more.get("until")) and until <= text_of(first):
            raise bad(where="until", what="It is over before it begins.", do="`until` is the first day it is over.")
        _insist(own, what, first)
        record(kind(person=person, credential=own.id, day=text_of(first), reason=words_of(reason, "reason"), **more))


# ---------------------------------------------------------------- corrections, and what waits for a second person


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is right about a credential that was entered wrongly; what is None or "" stays."""

    start: date | None = None
    until: date | None = None
    level: str = ""
    number: str = ""
    strikes: int = 0  # The position of a change that should not have been entered.
    holds_until: date | None = None  # Of one that gives more than there was: when it ends of itself.
    reason: str = ""


def credential_correct(*, person: str, credential: str, right: Correction, by: By) -> str:
    """Correct a credential; return "" when it is done, or the id of the proposal that waits for a second person.

    One that gives somebody more than they had is supervised: it waits for a second person, and it ends by itself
    unless the credential is verified before. One that would cost a place more than 5 % of its live-licensed people
    waits as well.

    Raises:
        NotFound: there is no such person or credential.
        BadInput: nothing, or something unreadable, is to be corrected.
    """
    with writing_as(f"person/{person}", by) as record:
        if record.earlier:
            return proposal_of(record)
        who = _get(person, by)
        fact, widening = _correction(who, queries.find_credential(who, credential), right, by)
        drop = drop_of({person: [fact]}, by)
        if widening or drop:
            body = json.dumps({"person": person, "credential": credential, **_plain(right)}, sort_keys=True)
            return propose(
                record, by, kind="correction", body=body, people={person}, drop=drop, credential=fact.credential
            )
        record(fact)
        return ""


def _plain(right: Correction) -> dict[str, Any]:
    days = {name: text_of(getattr(right, name)) for name in ("start", "until", "holds_until")}
    return days | {"level": right.level, "number": right.number, "strikes": right.strikes, "reason": right.reason}


def _correction_of(body: dict[str, Any]) -> Correction:
    return Correction(
        start=day_or_none(body["start"]),
        until=day_or_none(body["until"]),
        holds_until=day_or_none(body["holds_until"]),
        level=body["level"],
        number=body["number"],
        strikes=body["strikes"],
        reason=body["reason"],
    )


def _correction(person: Person, own: Credential, right: Correction, by: By) -> tuple[CredentialCorrected, bool]:
    """Return the fact of a correction, and whether it gives more than there was."""
    today = day_at(by.at, own.place)
    if not (right.start or right.until or right.level or right.number or right.strikes):
        raise bad(
            where="correction", what="Nothing is corrected.", do="Say what is right: a day, the level, the number."
        )
    if not right.reason.strip():
        raise bad(where="reason", what="Why it is corrected is left out.", do="Say it; it stays with the credential.")
    if right.strikes and right.strikes not in {one.position for one in own.history[1:]}:
        raise bad(
            where="strikes", what="There is no such entry on this credential.", do="Take its position from the history."
        )
    fact = CredentialCorrected(
        person=person.id,
        credential=own.id,
        day=text_of(today),
        start=text_of(right.start),
        until=text_of(right.until),
        level=level_key(right.level, place=own.place),
        strikes=right.strikes,
        holds_until="",
        proposal="",
        number=number_of(right.number),
        reason=words_of(right.reason, "reason"),
    )
    after = next(one for one in person_after(person, [fact]).credentials if one.id == own.id)
    if right.start and right.until:
        check_days(right.start, right.until)
    widening = widens(own, after, today)
    if widening:
        end = right.holds_until or today + timedelta(days=CORRECTION_DAYS)
        if not today < end <= today + LONGEST_CORRECTION:
            raise bad(
                where="holds_until",
                what="A correction that gives more ends within 30 days.",
                do="Name a day in that time; look the credential up at its issuer and verify it to make it last.",
            )
        fact = replace(fact, holds_until=text_of(end))
    return fact, widening


def drop_of(facts: Mapping[str, Sequence[Event]], by: By) -> Drop | None:
    """Return what facts about people would cost a place, where it is more than 5 % of its live-licensed people."""
    before = queries.list_people(agencies=None, at=by.at)  # Also of agencies that the actor does not see.
    known = {one.id: one for one in before}
    after = [person_after(known[person], said) for person, said in facts.items() if person in known]
    found = worst_drop(before, after, by.at.date())
    return found if found is not None and found.share > MOST_DROPPED else None


def propose(
    record: Record, by: By, *, kind: str, body: str, people: Collection[str], drop: Drop | None, credential: str = ""
) -> str:
    """Let a change wait for a second person; return the proposal's id.

    It may be confirmed by who acts for all agencies it concerns: of those of an officer, only the officer's own.
    """
    proposal = str(UUID(by.id)) if by.id else str(uuid4())
    known = queries.list_people(agencies=by.agencies, at=by.at, ids=people)
    agencies = {own.agency for one in known for own in one.affiliations if own.end is None}
    record(
        ChangeProposed(
            proposal=proposal,
            kind=kind,
            agencies=tuple(sorted(agencies)),
            digest=_digest(body),
            dropped=drop.dropped if drop else 0,
            of=drop.of if drop else 0,
            where=drop.where if drop else "",
            day=text_of(drop.day) if drop else "",
            person=next(iter(people)) if credential else "",
            credential=credential,
        )
    )
    PendingChange.objects.create(proposal=proposal, body=body)
    return proposal


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def proposal_of(record: Record) -> str:
    """Return the proposal that the same gesture made when it was first sent, if it did."""
    return record.earlier[0].id if record.earlier[0].name == ChangeProposed.NAME else ""


def take_pending(proposal: queries.ProposalRow, by: By) -> str:
    """Return what a waiting proposal would do and keep it no longer; refuse who proposed it. Called in a command.

    Raises:
        Refused: it is decided, the same person would confirm it, or it is not kept any more.
    """
    _still_waiting(proposal)
    if proposal.proposed_by == by.actor:
        raise Refused(
            code="same_person",
            what="You proposed this change yourself.",
            do="Ask somebody else to look at it and confirm it: that is what it waits for.",
        )
    kept = PendingChange.objects.filter(pk=proposal.id).first()
    if kept is None or _digest(kept.body) != proposal.digest:
        raise Refused(
            code="not_kept", what="What this change would do is not kept any more.", do="Drop it and propose it anew."
        )
    kept.delete()
    return kept.body


def _still_waiting(proposal: queries.ProposalRow) -> None:
    if proposal.state != "waiting":
        raise Refused(
            code="decided",
            what=f"This change was {proposal.state} by {proposal.decided_by}.",
            do="Propose it anew if it is still wanted.",
        )


def proposal_confirm(*, proposal: str, by: By) -> None:
    """Let a waiting correction through, as a second person.

    Raises:
        NotFound: there is none of that id.
        Refused: the same person proposed it, or it is decided.
    """
    with writing_as(f"proposal/{proposal}", by) as record:
        if record.earlier:
            return
        waiting = queries.get_proposal(proposal, agencies=by.agencies)
        body = json.loads(take_pending(waiting, by))
        who = queries.get_person(body["person"], agencies=None, at=by.at)
        own = queries.find_credential(who, body["credential"])
        fact, _ = _correction(who, own, _correction_of(body), by)
        record(ChangeConfirmed(proposal=proposal))
        record(replace(fact, proposal=proposal))


def proposal_drop(*, proposal: str, reason: str, by: By) -> None:
    """Turn a waiting change down, or withdraw it.

    Raises:
        NotFound: there is none of that id.
        Refused: it is decided.
    """
    with writing_as(f"proposal/{proposal}", by) as record:
        if record.earlier:
            return
        _still_waiting(queries.get_proposal(proposal, agencies=by.agencies))
        record(ChangeDropped(proposal=proposal, reason=words_of(reason, "reason")))
        PendingChange.objects.filter(pk=proposal).delete()
