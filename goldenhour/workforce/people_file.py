"""A file of people (CSV): read strictly, compared with what is known, and turned into facts. A report says each line.

One line is one person, and one credential of theirs or none; further lines of the same person add more credentials.
What a line leaves blank stays as it is. What was entered is never said again in the report: a column may have slipped,
and a name may stand anywhere.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from goldenhour.errors import Refused
from goldenhour.log.event import Event
from goldenhour.workforce.credentials import (
    Affiliation,
    Credential,
    Kind,
    Person,
    Service,
    What,
    day_words,
    expires_of,
    level_words,
    term_on,
    until_of,
)
from goldenhour.workforce.entry import (
    NewCredential,
    Who,
    affiliation_facts,
    agency_id,
    bad,
    check_days,
    is_gone,
    issue_fact,
    latest,
    level_key,
    number_of,
    one_of,
    person_id,
    place_of,
    renewal_start,
    slug,
    who_of,
)
from goldenhour.workforce.events import (
    AffiliationEnded,
    CredentialCorrected,
    CredentialIssued,
    CredentialRenewed,
    PersonAdded,
    PersonEdited,
)
from goldenhour.workforce.history import person_after, text_of

MOST_LINES = 20_000
WHO = ("given_name", "family_name", "born", "email", "phone", "languages", "immunisations")
SERVES = ("agency", "service", "pay", "role", "practice_level", "medical_director", "since", "left")
HOLDS = ("kind", "place", "issuer", "level", "name", "number", "issued", "expires")
COLUMNS = ("person", *WHO, *SERVES, *HOLDS)
_US_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """What the report says of a line: `means` is fault, change, same or note."""

    line: int
    means: str
    what: str
    do: str = ""


@dataclass(slots=True)
class Plan:
    """What a file would do: the report, and the facts of each person in the order of the file."""

    lines: list[Line] = field(default_factory=list)
    facts: dict[str, list[Event]] = field(default_factory=dict)

    @property
    def faults(self) -> list[Line]:
        """Return the lines that are wrong."""
        return [one for one in self.lines if one.means == "fault"]

    @property
    def count(self) -> int:
        """Return how many facts it would record."""
        return sum(map(len, self.facts.values()))


def read(text: str) -> tuple[list[tuple[int, Row]], list[Line]]:
    """Return the rows of a file with their line numbers, and what is wrong with its shape."""
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    lines = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=";" if "," not in first else ",")
    rows: list[tuple[int, Row]] = []
    try:
        header = [re.sub(r"[\s-]+", "_", one.strip().lower()) for one in next(lines, [])]
        if faults := _header_faults(header):
            return [], faults
        before = lines.line_num
        for cells in lines:
            line, before = before + 1, lines.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(header):
                faults.append(
                    Line(line, "fault", "There are more values than columns.", "Put a value with a comma in quotes.")
                )
            if len(rows) >= MOST_LINES:
                return [], [Line(line, "fault", f"There are more than {MOST_LINES} lines.", "Split the file.")]
            rows.append((line, {name: cell.strip() for name, cell in zip(header, cells, strict=False)}))
    except csv.Error:
        return [], [Line(lines.line_num, "fault", "This is not CSV.", "Save the sheet as CSV (UTF-8) and try again.")]
    return rows, faults


def _header_faults(header: Sequence[str]) -> list[Line]:
    unknown = sum(name not in COLUMNS for name in header)
    if "person" not in header:
        what, do = "There is no column `person`.", f"Begin with a line of column names; known are {', '.join(COLUMNS)}."
    elif unknown:
        at = ", ".join(str(k + 1) for k, name in enumerate(header) if name not in COLUMNS)
        what, do = f"Column {at} has a name that is not known.", f"Known are {', '.join(COLUMNS)}."
    elif len(set(header)) < len(header):
        what, do = "A column is there twice.", "Keep one."
    else:
        return []
    return [Line(1, "fault", what, do)]


def ids_of(rows: Collection[tuple[int, Row]]) -> set[str]:
    """Return the ids of the people in a file, as far as they are readable."""
    return {row.get("person", "").strip().lower() for _, row in rows}


@dataclass(slots=True)
class _Desk:
    """What the file is held against, and what was said so far."""

    known: dict[str, Person]
    taken: Collection[str]
    today: date
    agencies: frozenset[str] | None
    said_who: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    said_credential: dict[tuple[str, ...], tuple[int, Row]] = field(default_factory=dict)


def plan(
    rows: Sequence[tuple[int, Row]],
    known: Mapping[str, Person],
    *,
    taken: Collection[str],
    today: date,
    agencies: frozenset[str] | None,
) -> Plan:
    """Return what a file would do.

    Args:
        rows: as `read` gives them.
        known: the people of the file who are there already and may be seen.
        taken: ids of others who are there and may not be seen.
        today: the day of the import: what a line does not date begins on it.
        agencies: for which the actor may act; None for all.
    """
    desk = _Desk(known=dict(known), taken=taken, today=today, agencies=agencies)
    found = Plan()
    for line, row in rows:
        try:
            person, facts, words = _line(row, line, desk)
        except Refused as wrong:
            found.lines.append(Line(line, "fault", wrong.what, wrong.do))
            continue
        if facts:
            desk.known[person] = person_after(desk.known.get(person), facts)
            found.facts.setdefault(person, []).extend(facts)
        notes = [one for one in words if one.means == "note"]
        changes = [one.what for one in words if one.means == "change"]
        found.lines += notes
        if changes:
            found.lines.append(Line(line, "change", f"{person}: {'; '.join(changes)}."))
        elif not notes:
            found.lines.append(Line(line, "same", f"{person}: nothing changes."))
    return found


def _line(row: Row, line: int, desk: _Desk) -> tuple[str, list[Event], list[Line]]:
    """Return the person of a line, its facts and its words."""
    person = person_id(row.get("person", ""))
    if person in desk.taken:
        raise Refused(
            code="person_taken",
            what=f"The id {person} belongs to somebody else.",
            do="Give another id, or let them be added to your agency by who sees all.",
        )
    facts: list[Event] = []
    words: list[Line] = []
    now = desk.known.get(person)
    for part in (_who, _credential, _serving):
        for said in part(row, line, desk, now or Person(id=person), new=now is None):
            if isinstance(said, Line):
                words.append(said)
            else:
                facts.append(said)
        if facts:
            now = person_after(desk.known.get(person), facts)
    return person, facts, words


Said = Iterator[Event | Line]


def _who(row: Row, line: int, desk: _Desk, person: Person, *, new: bool) -> Said:
    given = {name: row.get(name, "") for name in WHO if row.get(name)}
    for name, value in given.items():
        before, other = desk.said_who.setdefault((person.id, name), (line, value))
        if other != value:
            raise bad(where=name, what=f"Line {before} says otherwise of the same person.", do="Keep one of the two.")
    entered = Who(
        given_name=given.get("given_name", ""),
        family_name=given.get("family_name", ""),
        born=_day(given.get("born", ""), "born"),
        email=given.get("email", ""),
        phone=given.get("phone", ""),
        languages=_items(given.get("languages", "")),
        immunisations=_items(given.get("immunisations", "")),
    ).said()
    if new:
        if desk.agencies is not None and not _agency(row, desk):
            raise bad(where="agency", what="You add people to an agency.", do="Name one of yours.")
        yield PersonAdded(person=person.id, **entered)
        yield Line(line, "change", "is added")
        return
    before_all = who_of(person)
    after = before_all | {name: entered[name] for name in given}
    if after != before_all:
        yield PersonEdited(person=person.id, **after)
        changed = [name for name in WHO if after[name] != before_all[name]]
        yield Line(line, "change", f"changed {', '.join(changed)}")


def _agency(row: Row, desk: _Desk) -> str:
    """Return the agency of a line; who acts for one only need not name it."""
    if row.get("agency"):
        return agency_id(row["agency"])
    own = desk.agencies or frozenset()
    return next(iter(own)) if len(own) == 1 else ""


def _serving(row: Row, line: int, desk: _Desk, person: Person, *, new: bool) -> Said:  # noqa: ARG001
    agency = _agency(row, desk)
    given = {name: row.get(name, "") for name in SERVES[1:] if row.get(name)}
    if not agency:
        if given:
            raise bad(where="agency", what="Which agency is left out.", do="Name it, or leave its columns blank.")
        return
    own = next((one for one in person.affiliations if one.agency == agency and one.end is None), None)
    since, left = _day(given.get("since", ""), "since"), _day(given.get("left", ""), "left")
    if left is not None:
        if own is not None:
            yield AffiliationEnded(person=person.id, agency=agency, end=text_of(left), reason="file of people")
            yield Line(line, "change", f"leaves {agency} on {day_words(left)}")
        return
    if own is not None and since is not None and since != own.start:
        yield Line(
            line, "note", f"{person.id}: `since` differs from what is known and is not changed.", "End and begin anew."
        )
    if (
        own is None
        and since is not None
        and any(one.agency == agency and one.start == since for one in person.affiliations)
    ):
        return  # They served there since then and have left: an old file does not bring them back.
    affiliation = Affiliation(
        agency=agency,
        service=Service(
            one_of(given.get("service", own.service if own else "ems"), [one.value for one in Service], "service")
        ),
        start=desk.today if own else since or desk.today,
        pay=given.get("pay", own.pay if own else "paid").lower(),
        role=given.get("role", own.role if own else "care"),
        practice=given.get("practice_level", own.practice if own else ""),
        director=given.get("medical_director", own.director if own else ""),
    )
    facts = affiliation_facts(person, affiliation, desk.agencies)
    yield from facts
    if facts:
        yield Line(line, "change", f"serves in {agency}" if own is None else f"serves in {agency} in another way")


def _credential(row: Row, line: int, desk: _Desk, person: Person, *, new: bool) -> Said:  # noqa: ARG001
    given = {name: row[name] for name in HOLDS if row.get(name)}
    if not given:
        return
    if "kind" not in given:
        raise bad(where="kind", what="What kind of credential it is is left out.", do="Write licence, certificate, ...")
    kind = Kind(one_of(given["kind"], [one.value for one in Kind], "kind"))
    place = place_of(given.get("place", ""))
    issued, expires = _day(given.get("issued", ""), "issued"), _day(given.get("expires", ""), "expires")
    until = until_of(expires) if expires else None
    level, name = level_key(given.get("level", ""), place=place, on=issued), slug(given.get("name", ""), "name")
    what = name or level or slug(given.get("issuer", ""), "issuer")
    own = latest(person, kind, place, what)
    before, other = desk.said_credential.setdefault((person.id, kind.value, place, what), (line, given))
    if before != line:
        if other != given:
            raise bad(where="kind", what=f"Line {before} says otherwise of the same credential.", do="Keep one.")
        return
    if own is not None and not _is_given_anew(own, issued):
        yield from _known_credential(
            line, desk, person, own, issued=issued, until=until, number=given.get("number", "")
        )
        return
    if issued is None:
        raise bad(where="issued", what="Since when it holds is left out.", do="Give its first day.")
    entered = NewCredential(
        kind=kind.value,
        place=place,
        level=level,
        name=name,
        issuer=given.get("issuer", ""),
        number=given.get("number", ""),
        start=issued,
        until=until,
    )
    fact = issue_fact(person, entered)
    yield fact
    yield Line(line, "change", f"{_words(fact)} of {place} until {day_words(expires) if expires else 'further notice'}")


def _words(fact: CredentialIssued) -> str:
    kind = Kind(fact.kind).words
    return " ".join(one for one in (fact.name.replace("_", " ") or level_words(fact.level), kind) if one)


def _known_credential(
    line: int,
    desk: _Desk,
    person: Person,
    own: Credential,
    *,
    issued: date | None,
    until: date | None,
    number: str,
) -> Said:
    """Say what a line changes about a credential that is known: a later end renews it, an earlier one corrects it."""
    start, end = term_on(own.history, desk.today, level=own.level) or (desk.today, None)
    number = number_of(number)
    if is_gone(own):
        if until is None or until == end:
            return
        raise Refused(
            code="cannot_be_renewed",
            what=f"The {own.kind.words} is {own.spans[-1].status.value} since {day_words(own.spans[-1].start)}.",
            do="A file does not undo that. Given anew, it has a first day after that one.",
        )
    if until is not None and end is not None and until > end:
        begin = issued if issued is not None and issued > start else renewal_start(own, desk.today)
        check_days(begin, until)
        yield CredentialRenewed(
            person=person.id, credential=own.id, start=text_of(begin), until=text_of(until), number=number
        )
        yield Line(line, "change", f"{own.kind.words} of {own.place} renewed until {day_words(_last(until))}")
        return
    shorter = until is not None and (end is None or until < end)
    only_issued = all(one.what in {What.ISSUED, What.CORRECTED, What.VERIFIED} for one in own.history)
    begins = issued if issued is not None and issued != start and only_issued else None
    other_number = number if number and number != own.number else ""
    if not (shorter or begins or other_number):
        return
    if shorter and until is not None and (until <= start or (issued is not None and issued < start)):
        raise Refused(
            code="older_than_known",
            what=f"The file ends it on {day_words(_last(until))}; known is a later term, from {day_words(start)} on.",
            do="The file may be old. If it is right, correct the credential by hand.",
        )
    check_days(begins or start, until if shorter else end)
    yield CredentialCorrected(
        person=person.id,
        credential=own.id,
        day=text_of(desk.today),
        start=text_of(begins),
        until=text_of(until) if shorter else "",
        level="",
        strikes=0,
        holds_until="",
        proposal="",
        number=other_number,
        reason="file of people",
    )
    parts = [
        f"ends {day_words(_last(until))}" if shorter and until else "",
        f"began {day_words(begins)}" if begins else "",
        "has another number" if other_number else "",
    ]
    yield Line(line, "change", f"{own.kind.words} of {own.place} {', '.join(one for one in parts if one)}")


def _is_given_anew(own: Credential, issued: date | None) -> bool:
    """Return whether a line gives out again what was revoked or given back: it begins after that day."""
    return is_gone(own) and issued is not None and issued > own.spans[-1].start


def _last(until: date) -> date:
    found = expires_of(until)
    assert found is not None
    return found


def _items(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in re.split(r"[;|]", text) if one.strip())


def _day(text: str, where: str) -> date | None:
    """Return a day written 2026-05-31, or 5/31/2026 as American sheets do; nothing is None.

    Raises:
        BadInput: it is none.
    """
    if not text:
        return None
    try:
        if _US_DAY.fullmatch(text):
            return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007 -- A day, no moment.
        return date.fromisoformat(text)
    except ValueError:
        raise bad(where=where, what="That is no day.", do="Write 2026-05-31, or 5/31/2026 (the month first).") from None
