"""What can happen among the people: credentials, training, who is aboard, and roles taken and given back.

Days are ISO dates on the licensing place's calendar; "" is no day. Who somebody is stands in personal fields, sealed
under a key of that person's own.
"""

from dataclasses import dataclass

from goldenhour.log.event import Event, event, personal

# ---------------------------------------------------------------- people and credentials


@event("workforce.person_added", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Event):
    """Somebody came into the books."""

    person: str  # Their id, such as ke-0042: a number, never a name.
    given_name: str = personal()
    family_name: str = personal()
    born: str = personal()  # An ISO date.
    email: str = personal()
    phone: str = personal()
    languages: str = personal()  # Joined by ";".
    immunisations: str = personal()  # "hepatitis_b 2021", joined by ";".


@event("workforce.person_edited", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEdited(Event):
    """What is known of somebody is this from now on, all of it."""

    person: str
    given_name: str = personal()
    family_name: str = personal()
    born: str = personal()
    email: str = personal()
    phone: str = personal()
    languages: str = personal()
    immunisations: str = personal()


@event("workforce.affiliation_begun")
@dataclass(frozen=True, slots=True, kw_only=True)
class AffiliationBegun(Event):
    """Somebody serves in an agency from a day on, in this way; another way is a new one."""

    person: str
    agency: str
    service: str  # A value of credentials.Service.
    pay: str  # paid, volunteer.
    role: str
    practice: str  # The level the agency lets them practise at; "" for the licence's own.
    director: str  # The person id of their medical director; "" for none.
    start: str


@event("workforce.affiliation_ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class AffiliationEnded(Event):
    """Somebody serves there no longer, in that way."""

    person: str
    agency: str
    end: str  # The first day of it.
    reason: str


@event("workforce.credential_issued", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialIssued(Event):
    """A state or a body gave somebody a credential."""

    person: str
    credential: str  # Its id, such as ke-0042:licence:EX:paramedic.
    kind: str  # A value of credentials.Kind.
    place: str  # The state; US for a body of the country.
    issuer: str
    level: str
    name: str
    start: str
    until: str  # The first day it no longer holds; "" where no end is stated.
    number: str = personal()


@event("workforce.credential_renewed", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialRenewed(Event):
    """It holds for another term."""

    person: str
    credential: str
    start: str
    until: str
    number: str = personal()  # "" when it kept its number.


@event("workforce.credential_lapsed", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialLapsed(Event):
    """It ended before its term did. The end of a term is no event: it follows from its dates."""

    person: str
    credential: str
    day: str
    reason: str = personal()


@event("workforce.credential_suspended", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialSuspended(Event):
    """Who issued it took it away for a time."""

    person: str
    credential: str
    day: str
    until: str  # "" until it is reinstated.
    reason: str = personal()


@event("workforce.credential_restricted", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialRestricted(Event):
    """Who issued it set a limit to it."""

    person: str
    credential: str
    day: str
    until: str
    reason: str = personal()  # The limit, in words.


@event("workforce.credential_reinstated", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialReinstated(Event):
    """What lay on it was lifted: a suspension, a limit, a revocation."""

    person: str
    credential: str
    day: str
    reason: str = personal()


@event("workforce.credential_revoked", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialRevoked(Event):
    """Who issued it took it away for good."""

    person: str
    credential: str
    day: str
    reason: str = personal()


@event("workforce.credential_surrendered", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialSurrendered(Event):
    """Its holder gave it back."""

    person: str
    credential: str
    day: str
    reason: str = personal()


@event("workforce.credential_corrected", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialCorrected(Event):
    """It was entered wrongly. What is "" stays as it was."""

    person: str
    credential: str
    day: str  # From when on a correction that itself ends counts.
    start: str  # The right first day of the term.
    until: str  # The right first day after the term.
    level: str
    strikes: int  # The position of the event that should not have been entered; 0 for none.
    holds_until: str  # The first day the correction counts no longer, unless it is verified before; "" for ever.
    proposal: str  # Under which a second person confirmed it; "" where none was needed.
    number: str = personal()
    reason: str = personal()


@event("workforce.credential_verified")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialVerified(Event):
    """Somebody looked it up where it was issued and found it as it stands here. Whatever is done to it clears this."""

    person: str
    credential: str
    day: str
    how: str  # Where it was looked up, such as the state's register.


@event("workforce.people_imported")
@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleImported(Event):
    """A file of people was taken in; what it said is in the facts beside this one."""

    digest: str  # SHA-256 of the file.
    lines: int
    facts: int
    proposal: str


@event("workforce.change_proposed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProposed(Event):
    """A change waits for a second person. What it would do is kept aside, not in the log, until it is decided."""

    proposal: str
    kind: str  # import, correction.
    agencies: tuple[str, ...]  # Of the people it concerns.
    digest: str  # SHA-256 of what is kept aside.
    dropped: int  # How many would stand without a live licence on the worst day ...
    of: int  # ... out of how many who have one ...
    where: str  # ... in this agency or state ...
    day: str  # ... on this day. All nothing where the change waits for another reason.
    person: str  # Whom a correction concerns; "" for an import.
    credential: str


@event("workforce.change_confirmed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeConfirmed(Event):
    """A second person let a waiting change through."""

    proposal: str


@event("workforce.change_dropped")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDropped(Event):
    """A waiting change was turned down or withdrawn."""

    proposal: str
    reason: str


@event("workforce.calendar_opened")
@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarOpened(Event):
    """An agency's expiries got a secret address; one it had before is void."""

    agency: str
    token_hash: str  # SHA-256 of the secret part: the log does not open it.


@event("workforce.calendar_closed")
@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarClosed(Event):
    """The address answers no longer."""

    agency: str


# ---------------------------------------------------------------- rosters, who is aboard, roles


@event("workforce.seats_set")
@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsSet(Event):
    """An agency said which seats a unit has; what it said before holds no longer."""

    unit: str
    seats: tuple[dict[str, object], ...]  # {name, level, endorsements, required}


@event("workforce.duty_rostered")
@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRostered(Event):
    """Somebody is planned for a seat of a unit. A plan: who is aboard is a fact of its own."""

    duty: str
    person: str
    unit: str
    seat: str
    start: str  # ISO times with offset; until just before `end`.
    end: str
    hours: str  # Hours of the week within that time, such as "Mon-Fri 07:00-19:00"; "" is all of it.
    warnings: tuple[str, ...]  # What spoke against it, and was accepted.


@event("workforce.duty_struck")
@dataclass(frozen=True, slots=True, kw_only=True)
class DutyStruck(Event):
    """A planned duty holds no longer."""

    duty: str
    person: str
    unit: str
    reason: str


@event("workforce.crew_on")
@dataclass(frozen=True, slots=True, kw_only=True)
class CrewOn(Event):
    """Somebody is aboard a unit."""

    person: str
    unit: str
    seat: str
    station: str
    page: str  # The call whose page a volunteer on call accepted; "" otherwise.
    warnings: tuple[str, ...]  # What they were told at sign-on.
    supervisor: str  # Who let them aboard although the seat asks for more; "" where nothing stood against it.
    reason: str  # Why, in the supervisor's words.


@event("workforce.crew_off")
@dataclass(frozen=True, slots=True, kw_only=True)
class CrewOff(Event):
    """Somebody is no longer aboard."""

    person: str
    unit: str
    seat: str
    reason: str


@event("workforce.crew_unnamed")
@dataclass(frozen=True, slots=True, kw_only=True)
class CrewUnnamed(Event):
    """A unit whose crew was known by name is staffed by people nobody has named: its agency's word counts again."""

    unit: str


@event("workforce.role_taken")
@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTaken(Event):
    """Somebody took a command or management role: their care is out of the counted capacity until it is given back."""

    person: str
    unit: str  # Whose crew they are of; "" for nobody's.
    role: str  # Such as command, safety, staging.
    scope: str  # incident, shift.
    call_id: str  # Of the incident; "" for the shift.
    warnings: tuple[str, ...]  # What the unit can no longer do without them.


@event("workforce.role_given_back")
@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGivenBack(Event):
    """A role ended, and its holder's care counts again."""

    person: str
    unit: str
    role: str
    reason: str


@event("workforce.volunteer_on_call")
@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerOnCall(Event):
    """A volunteer offered to come when paged. Nobody is counted before they have accepted a page."""

    person: str
    unit: str
    start: str
    end: str


@event("workforce.volunteer_off_call")
@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerOffCall(Event):
    """A volunteer took the offer back."""

    person: str
    unit: str
