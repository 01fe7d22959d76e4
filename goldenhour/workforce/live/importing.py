"""Taking a file of people in: all of it or nothing, the same file twice is once, and one that costs much waits."""

import hashlib
from dataclasses import dataclass
from datetime import date

from goldenhour.errors import BadInput, Refused
from goldenhour.log.event import Event
from goldenhour.workforce import people_file
from goldenhour.workforce.credentials import day_words
from goldenhour.workforce.events import ChangeConfirmed, PeopleImported
from goldenhour.workforce.live import queries, services
from goldenhour.workforce.live.services import By
from goldenhour.workforce.people_file import Line, Plan

STREAM = "people"
MOST_FACTS = 1000 - 2  # Of one command: the desk waits while it is written. Beside them stand at most two more.


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of a file. `done` is false where it was only checked, is faulty or waits."""

    done: bool
    lines: tuple[Line, ...]
    facts: int  # How many it recorded, or would.
    proposal: str = ""  # The waiting change, where a second person is asked.
    why: str = ""  # Why it waits, in words.

    @property
    def faults(self) -> tuple[Line, ...]:
        """Return the lines that are wrong."""
        return tuple(one for one in self.lines if one.means == "fault")


def people_import(*, text: str, by: By, check: bool = False) -> Imported:
    """Take a file of people in, or say line by line why not.

    Args:
        text: the CSV.
        by: who does it, and for which agencies.
        check: only say what it would do.
    """
    if check:
        return _outcome(_plan(text, by), done=False)
    with services.writing_as(STREAM, by) as record:
        if record.earlier:
            waits = services.proposal_of(record)
            return Imported(done=not waits, lines=(), facts=len(record.earlier) - 1, proposal=waits)
        plan = _plan(text, by)
        if plan.faults or not plan.count:
            return _outcome(plan, done=not plan.faults)
        drop = services.drop_of(plan.facts, by)
        if drop is not None:
            proposal = services.propose(record, by, kind="import", body=text, people=list(plan.facts), drop=drop)
            why = (
                f"On {day_words(drop.day)} it would leave {drop.dropped} of {drop.of} live-licensed people of "
                f"{drop.where} without a licence: a second person has to confirm it."
            )
            return _outcome(plan, done=False, proposal=proposal, why=why)
        for fact in _facts(plan, text, proposal=""):
            record(fact)
    return _outcome(plan, done=True)


def proposal_confirm(*, proposal: str, by: By) -> None:
    """Let a waiting change through, as a second person: an import or a correction.

    Raises:
        NotFound: there is none of that id.
        Refused: the same person proposed it, it is decided, or it does not fit any more.
    """
    waiting = queries.get_proposal(proposal, agencies=by.agencies)
    if waiting.kind != "import":
        services.proposal_confirm(proposal=proposal, by=by)
        return
    with services.writing_as(f"proposal/{proposal}", by) as record:
        if record.earlier:
            return
        text = services.take_pending(queries.get_proposal(proposal, agencies=by.agencies), by)
        plan = _plan(text, by)
        if plan.faults:
            raise Refused(
                code="does_not_fit",
                what=f"The file does not fit any more: line {plan.faults[0].line}: {plan.faults[0].what}",
                do="Drop this change and import a new file.",
            )
        record(ChangeConfirmed(proposal=proposal))
        for fact in _facts(plan, text, proposal=proposal) if plan.count else ():
            record(fact)


def _plan(text: str, by: By) -> Plan:
    rows, faults = people_file.read(text)
    if faults:
        return Plan(lines=faults)
    ids = people_file.ids_of(rows)
    known = {one.id: one for one in queries.list_people(agencies=by.agencies, at=by.at, ids=ids)}
    taken = queries.existing(ids) - known.keys()
    plan = people_file.plan(rows, known, taken=taken, today=_today(by), agencies=by.agencies)
    if not plan.faults and plan.count > MOST_FACTS:
        raise BadInput(
            code="too_many_lines",
            what=f"This file would make {plan.count:,} entries; {MOST_FACTS} fit into one, because the desk waits "
            "while they are written.",
            do="Split it, and import the parts one after the other.",
            where="text",
        )
    return plan


def _today(by: By) -> date:
    return by.at.date()


def _facts(plan: Plan, text: str, *, proposal: str) -> list[Event]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    imported = PeopleImported(digest=digest, lines=len(plan.lines), facts=plan.count, proposal=proposal)
    return [imported, *(fact for facts in plan.facts.values() for fact in facts)]


def _outcome(plan: Plan, *, done: bool, proposal: str = "", why: str = "") -> Imported:
    return Imported(done=done, lines=tuple(plan.lines), facts=plan.count, proposal=proposal, why=why)
