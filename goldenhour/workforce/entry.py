"""What people enter about people: read, checked, and said as facts. Nothing that may be a name is ever said again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldenhour.errors import BadInput, NotAllowed, Refused
from goldenhour.log.event import Event
from goldenhour.workforce.credentials import (
    PAY,
    ROLES,
    Affiliation,
    Credential,
    Kind,
    Person,
    Service,
    Status,
    is_within,
    known_places,
    level_words,
    state_of,
)
from goldenhour.workforce.events import AffiliationBegun, AffiliationEnded, CredentialIssued
from goldenhour.workforce.history import immunisations_text, text_of
from goldenhour.workforce.levels import level_named

PERSON_ID = re.compile(r"(?=[a-z._-]*[0-9])[a-z0-9][a-z0-9._-]{1,39}")
_AGENCY = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_+/-]{0,59}")
_IMMUNE = re.compile(r"[a-z0-9][a-z0-9_-]* (19|20)[0-9]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?")
_LONGEST = 200  # Signs of a name, an address, a number.
_YEARS = range(1950, 2151)  # Beyond lie slips of the pen.


def bad(*, where: str, what: str, do: str) -> BadInput:
    """Return the refusal of a field."""
    return BadInput(code=f"bad_{where}", what=what, do=do, where=where)


# ---------------------------------------------------------------- reading what was entered


def person_id(text: str) -> str:
    """Return a person's id as it is kept.

    Raises:
        BadInput: it could be a name. What was entered is not said again: it may be one.
    """
    found = text.strip().lower()
    if not PERSON_ID.fullmatch(found):
        raise bad(
            where="person",
            what="The id of a person is no id.",
            do="Write 2 to 40 letters, digits, dots and dashes with at least one digit, such as ke-0042; never a name.",
        )
    return found


def agency_id(text: str) -> str:
    """Return an agency's id as it is kept.

    Raises:
        BadInput: it is none.
    """
    if not _AGENCY.fullmatch(text.strip().lower()):
        raise bad(
            where="agency",
            what="The id of an agency is no id.",
            do="Write letters, digits and dashes, such as county-ems.",
        )
    return text.strip().lower()


def level_key(text: str, *, place: str = "", on: date | None = None) -> str:
    """Return a level's key from its key, name or title; "" stays.

    Raises:
        BadInput: no level is called that.
    """
    if not text.strip():
        return ""
    try:
        return level_named(text, on=on, place=state_of(place) if place else "").key
    except BadInput as unknown:  # What was entered may be anything, so only what to do is said on.
        raise bad(where="level", what="There is no such level.", do=unknown.do) from None


def place_of(text: str) -> str:
    """Return a licensing place as it is kept: a state whose clock is known, or US.

    Raises:
        BadInput: it is none.
    """
    found = state_of(text.strip())
    if found not in known_places():
        raise bad(
            where="place", what="That is no state.", do="Write its two letters, such as KS; US for NREMT and others."
        )
    return found


def slug(text: str, where: str) -> str:
    """Return the name of an endorsement, an issuer or a certificate as it is kept.

    Raises:
        BadInput: it is none.
    """
    found = "_".join(text.strip().lower().split())
    if found and not _SLUG.fullmatch(found):
        raise bad(
            where=where,
            what="It cannot be read.",
            do="Write letters, digits and underscores, such as iv_access.",
        )
    return found


def one_of(text: str, known: Sequence[str], where: str) -> str:
    """Return a word that is one of those known.

    Raises:
        BadInput: it is not.
    """
    found = "_".join(text.strip().lower().split())
    if found not in known:
        raise bad(where=where, what="The word is not known.", do=f"Known are {', '.join(known)}.")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who somebody is, as it was entered. Personal throughout."""

    given_name: str = ""
    family_name: str = ""
    born: date | None = None
    email: str = ""
    phone: str = ""
    languages: tuple[str, ...] = ()
    immunisations: tuple[str, ...] = ()  # "hepatitis_b 2021"

    def said(self) -> dict[str, str]:
        """Return it as an event says it.

        Raises:
            BadInput: something is unreadable. What was entered is not said again.
        """
        immune = ["_".join(one.lower().rsplit(" ", 1)[0].split()) + one[-5:] for one in self.immunisations]
        wrong = [where for where in ("given_name", "family_name", "email", "phone") if unreadable(getattr(self, where))]
        if wrong:
            raise bad(
                where=wrong[0], what="It holds unreadable signs, or is too long.", do="Use plain text on one line."
            )
        if any(not _IMMUNE.fullmatch(one) for one in immune):
            raise bad(
                where="immunisations",
                what="One cannot be read.",
                do="Write what and the year, such as hepatitis_b 2021.",
            )
        if any(not _LANGUAGE.fullmatch(one.strip().lower()) for one in self.languages):
            raise bad(
                where="languages",
                what="One is no language code.",
                do="Write codes such as en, es, ase (sign language).",
            )
        return {
            "given_name": self.given_name.strip(),
            "family_name": self.family_name.strip(),
            "born": text_of(self.born),
            "email": self.email.strip(),
            "phone": self.phone.strip(),
            "languages": ";".join(one.strip().lower() for one in self.languages),
            "immunisations": ";".join(immune),
        }


def unreadable(text: str) -> bool:
    """Return whether a text is none that could stand on a line."""
    return not text.isprintable() or len(text) > _LONGEST


def who_of(person: Person) -> dict[str, str]:
    """Return who somebody is, as an event says it."""
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "born": text_of(person.born),
        "email": person.email,
        "phone": person.phone,
        "languages": ";".join(person.languages),
        "immunisations": immunisations_text(person.immunisations),
    }


# ---------------------------------------------------------------- where they serve


def affiliation_facts(person: Person, affiliation: Affiliation, agencies: frozenset[str] | None) -> list[Event]:
    """Return the facts that let somebody serve somewhere from a day on; none where they do so already.

    Args:
        person: who, as they are.
        affiliation: where and how.
        agencies: for which the actor may act; None for all.

    Raises:
        NotAllowed: the actor does not act for that agency.
        BadInput: something cannot be read.
        Refused: the practice level lies above every licence of theirs.
    """
    agency, practice = agency_id(affiliation.agency), level_key(affiliation.practice)
    if agencies is not None and agency not in agencies:
        raise NotAllowed(
            code="not_your_agency",
            what="You do not act for that agency.",
            do="Choose one of yours, or ask its officer.",
        )
    held = [one.on(affiliation.start) for one in person.credentials if one.kind is Kind.LICENCE]
    if practice and not any(is_within(practice, one.level) for one in held):
        raise Refused(
            code="practice_above_licence",
            what=f"{person.id} holds no licence as {level_words(practice)} or above.",
            do="Record the licence first: an agency may let somebody practise below their licence, never above it.",
        )
    fact = AffiliationBegun(
        person=person.id,
        agency=agency,
        service=one_of(affiliation.service, [one.value for one in Service], "service"),
        pay=one_of(affiliation.pay, PAY, "pay"),
        role=one_of(affiliation.role, ROLES, "role"),
        practice=practice,
        director=person_id(affiliation.director) if affiliation.director else "",
        start=text_of(affiliation.start),
    )
    own = [one for one in person.affiliations if one.agency == agency and one.end is None]
    if any(_same(one, fact) and one.start <= affiliation.start for one in own):
        return []
    ended = AffiliationEnded(person=person.id, agency=agency, end=fact.start, reason="serves there in another way")
    return [ended, fact] if own else [fact]


def _same(one: Affiliation, fact: AffiliationBegun) -> bool:
    said = (fact.service, fact.pay, fact.role, fact.practice, fact.director)
    return (one.service.value, one.pay, one.role, one.practice, one.director) == said


# ---------------------------------------------------------------- what they hold


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCredential:
    """A credential as it was entered."""

    kind: str
    place: str
    level: str = ""
    name: str = ""
    issuer: str = ""
    number: str = ""
    start: date
    until: date | None = None


def issue_fact(person: Person, new: NewCredential) -> CredentialIssued:
    """Return the fact that somebody got a credential, or refuse it.

    Raises:
        BadInput: something about it is wrong.
        Refused: they hold it already.
    """
    kind = Kind(one_of(new.kind, [one.value for one in Kind], "kind"))
    place = place_of(new.place)
    level, name = level_key(new.level, place=place, on=new.start), slug(new.name, "name")
    check_days(new.start, new.until)
    if kind is Kind.LICENCE and (not level or place == "US"):
        raise bad(where="level", what="A licence is of a state, at a level.", do="Give both, such as KS and paramedic.")
    if kind is Kind.LICENCE and new.until is None:
        raise bad(where="expires", what="A licence has a last day.", do="Say until when it holds.")
    if kind in {Kind.ENDORSEMENT, Kind.OTHER} and not name:
        raise bad(where="name", what=f"An {kind.words} credential has a name.", do="Say what it is, such as iv_access.")
    credential = credential_id(person, kind, place, name or level or slug(new.issuer, "issuer"))
    if any(one.id == credential for one in person.credentials):
        raise Refused(
            code="credential_held",
            what=f"{person.id} has this {kind.words} of {place} on record.",
            do="Renew it, or correct what is wrong about it.",
        )
    return CredentialIssued(
        person=person.id,
        credential=credential,
        kind=kind.value,
        place=place,
        issuer=slug(new.issuer, "issuer"),
        level=level,
        name=name,
        start=text_of(new.start),
        until=text_of(new.until),
        number=number_of(new.number),
    )


def credential_id(person: Person, kind: Kind, place: str, what: str) -> str:
    """Return the id of a credential: what is given out again after it was revoked or surrendered gets a number."""
    last = latest(person, kind, place, what)
    base = _base(person, kind, place, what)
    if last is None:
        return base
    count = int(last.id.removeprefix(base).removeprefix(":") or 1)
    return f"{base}:{count + 1}" if is_gone(last) else last.id


def latest(person: Person, kind: Kind, place: str, what: str) -> Credential | None:
    """Return what somebody holds, or last held, of a kind; None when it was never given to them."""
    base = _base(person, kind, place, what)
    own = [one for one in person.credentials if one.id == base or one.id.removeprefix(f"{base}:").isdigit()]
    return max(own, key=lambda one: (len(one.id), one.id), default=None)


def is_gone(credential: Credential) -> bool:
    """Return whether a credential was revoked or given back for good."""
    return bool(credential.spans) and credential.spans[-1].status in {Status.REVOKED, Status.SURRENDERED}


def _base(person: Person, kind: Kind, place: str, what: str) -> str:
    return ":".join(one for one in (person.id, kind.value, place, what.replace("/", "-")) if one)


def words_of(text: str, where: str) -> str:
    """Return a reason as it is kept.

    Raises:
        BadInput: it is unreadable.
    """
    found = text.strip()
    if not found.isprintable():
        raise bad(where=where, what="It holds unreadable signs.", do="Use plain text on one line.")
    return found


def number_of(text: str) -> str:
    """Return a credential's number as it is kept.

    Raises:
        BadInput: it is unreadable.
    """
    if unreadable(text):
        raise bad(where="number", what="It holds unreadable signs, or is too long.", do="Use plain text on one line.")
    return text.strip()


def check_days(start: date, until: date | None) -> None:
    """Refuse a term that ends before it begins, or lies in a year that cannot be meant.

    Raises:
        BadInput: it does.
    """
    if until is not None and until <= start:
        raise bad(where="expires", what="It ends before it begins.", do="Check both days.")
    if start.year not in _YEARS or (until is not None and until.year not in _YEARS):
        raise bad(where="issued", what="The year cannot be right.", do="Check both days.")


def renewal_start(credential: Credential, today: date) -> date:
    """Return the first day of a renewal that does not say: where the term before ends, unless that is past."""
    ends = next((one.start for one in credential.spans if one.start > today and not one.status.holds), None)
    return ends if ends is not None and credential.on(today).status.holds else today
