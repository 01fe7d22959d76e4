"""`goldenhour workforce import`, `people`, `person`, `expiring`, `proposals`, ...: the books of people at the console.

Whoever has the console has the database: it sees all agencies, and `--agency` narrows that. Names are shown only when
asked for with `--names`: a console is looked at over shoulders, and its output is kept.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from goldenhour.cli.days import day_of
from goldenhour.errors import BadInput
from goldenhour.log.live import database
from goldenhour.workforce import credentials as pure

if TYPE_CHECKING:
    from goldenhour.workforce.live.importing import Imported

out = Console(soft_wrap=True, highlight=False, markup=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

Agency = Annotated[str, typer.Option(help="Only this agency's people.")]
Actor = Annotated[str, typer.Option(help="Who does it, as it is to stand in the log.")]
Names = Annotated[bool, typer.Option("--names", help="Show who they are. Mind who looks at the screen.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]
Day = Annotated[str, typer.Option(help="The day, such as 2026-01-31; by default today.")]


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- A command of the operator happens now.


def _day(text: str) -> date | None:
    return day_of(text, where="--on") if text else None


def _scope(agency: str) -> frozenset[str] | None:
    return frozenset({agency}) if agency else None


def _by(actor: str, agency: str = "") -> Any:
    from goldenhour.workforce.live.services import By  # noqa: PLC0415 -- Models exist only once the database is open.

    if not actor.strip():
        raise BadInput(code="nothing_said", what="Nobody is named.", do="It stands in the log.", where="--actor")
    return By(actor=actor.strip(), at=_now(), agencies=_scope(agency))


def import_file(
    file: Annotated[Path, typer.Argument(help="A CSV file of people; see docs/how-to/credentials.md.")],
    actor: Actor,
    agency: Agency = "",
    *,
    check: Annotated[bool, typer.Option("--check", help="Only say what it would do.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take a file of people in: all of it or nothing. The same file twice is once."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadInput(
            code="no_file", what=f"It cannot be read ({error.strerror}).", do="Check the path.", where=str(file)
        ) from error
    except UnicodeDecodeError:
        raise BadInput(code="not_text", what="It is not UTF-8.", do="Save it as CSV UTF-8.", where=str(file)) from None
    database.open_house()
    from goldenhour.workforce.live import importing  # noqa: PLC0415 -- Models exist only once the database is open.

    found = importing.people_import(text=text, by=_by(actor, agency), check=check)
    _report(found, check=check, as_json=as_json)
    if found.faults:
        raise BadInput(
            code="bad_file",
            what=f"{len(found.faults)} lines are wrong; nothing was taken in.",
            do="Correct them and import the file again.",
            where=file.name,
        )


def _report(found: "Imported", *, check: bool, as_json: bool) -> None:
    if as_json:
        lines = [{"line": one.line, "means": one.means, "what": one.what, "do": one.do} for one in found.lines]
        said = {"done": found.done, "checked": check, "facts": found.facts, "proposal": found.proposal or None}
        typer.echo(json.dumps({**said, "why": found.why or None, "lines": lines}, indent=2))
        return
    for one in found.lines:
        if one.means != "same":
            out.print(f"line {one.line}: {one.what} {one.do}".rstrip())
    same = sum(one.means == "same" for one in found.lines)
    if same:
        out.print(f"{same} lines change nothing.")
    if found.proposal:
        out.print(f"{found.why} Proposal {found.proposal}: `goldenhour workforce confirm {found.proposal}`.")
    elif not found.faults:
        out.print(f"{found.facts} entries {'would be' if check else 'were'} made.")


def people(
    agency: Agency = "",
    place: Annotated[str, typer.Option(help="The state their standing is asked for; by default their own.")] = "",
    on: Day = "",
    *,
    names: Names = False,
    as_json: AsJson = False,
) -> None:
    """List people with where they stand."""
    day = _day(on)
    database.open_house()
    from goldenhour.workforce.live import queries  # noqa: PLC0415 -- Models exist only once the database is open.

    rows = []
    for one in queries.list_people(agencies=_scope(agency), at=_now()):
        where = place or next((held.place for held in one.credentials if held.kind is pure.Kind.LICENCE), "US")
        here = pure.standing(one, where, day or pure.day_at(_now(), where), agency=agency)
        row = {"person": one.id, "level": here.level, "live": here.live, "why": here.why}
        rows.append(row | ({"name": one.name} if names else {}))
    if as_json:
        typer.echo(json.dumps({"people": rows}, ensure_ascii=False, indent=2))
        return
    for row in rows:
        name = f"  {row['name']}" if names else ""
        out.print(f"{row['person']:<12} {'live    ' if row['live'] else 'not live'}  {row['why']}{name}")
    out.print(f"{len(rows)} people.")


def person(
    person: Annotated[str, typer.Argument(help="Their id.")],
    on: Day = "",
    *,
    names: Names = False,
) -> None:
    """Show what somebody holds, as of a day, with its history."""
    day = _day(on)
    database.open_house()
    from goldenhour.workforce.live import queries  # noqa: PLC0415 -- Models exist only once the database is open.

    found = queries.get_person(person, agencies=None, at=_now())
    out.print(f"{found.id}{f'  {found.name}' if names else ''}")
    for own in found.affiliations:
        until = f" to {own.end}" if own.end else ""
        out.print(f"  {own.agency}: {own.pay}, {own.role}, since {own.start}{until} {own.practice}".rstrip())
    for one in found.credentials:
        here = one.on(day or pure.day_at(_now(), one.place))
        seen = one.verified
        looked_up = f", verified by {seen.actor}" if seen else ", not verified"
        out.print(f"  {one.id}: {here.status.value} [{here.start}, {here.end or '...'}){looked_up}")
        for change in one.history:
            until = f" until {change.until}" if change.until else ""
            out.print(f"    {change.position:>8}  {change.day}  {change.what.value}{until}  by {change.actor}")


def expiring(
    within: Annotated[int, typer.Option(min=0, max=400, help="Days ahead.")] = pure.NOTICE_DAYS[0],
    agency: Agency = "",
    ics: Annotated[Path | None, typer.Option(help="Write the agency's calendar to this file instead.")] = None,
    *,
    names: Names = False,
    as_json: AsJson = False,
) -> None:
    """List what ends soon: with 90, 60, 30 and 7 days' notice."""
    database.open_house()
    from goldenhour.workforce.live import expiry, queries  # noqa: PLC0415 -- Models exist only once it is open.

    if ics:
        if not agency:
            raise BadInput(code="no_agency", what="Whose calendar it is is left out.", do="Name it.", where="--agency")
        ics.write_bytes(expiry.calendar_text(agency, _now()))
        out.print(f"{ics} is written. It holds no name.")
        return
    found = queries.list_expiring(agencies=_scope(agency), at=_now(), within_days=within)
    if as_json:
        rows = [
            {"person": due.person, "credential": due.credential.id, "expires": due.expires.isoformat(),
             "days_left": due.days_left, "notice": due.notice, **({"name": one.name} if names else {})}
            for one, due in found
        ]  # fmt: skip
        typer.echo(json.dumps({"expiring": rows}, ensure_ascii=False, indent=2))
        return
    for one, due in found:
        name = f"  {one.name}" if names else ""
        out.print(f"{due.notice:>3}  {due.expires}  {due.days_left:>3} days  {due.credential.id}{name}")
    out.print(f"{len(found)} credentials end within {within} days.")


def proposals() -> None:
    """List the changes that wait for a second person."""
    database.open_house()
    from goldenhour.workforce.live import queries  # noqa: PLC0415 -- Models exist only once the database is open.

    for row in queries.list_proposals(agencies=None):
        cost = f", costs {row.dropped} of {row.of} of {row.where} on {row.day}" if row.dropped else ""
        out.print(f"{row.id}  {row.kind}  by {row.proposed_by}{cost}")


def confirm(proposal: Annotated[str, typer.Argument(help="Its id.")], actor: Actor) -> None:
    """Let a waiting change through, as a second person."""
    database.open_house()
    from goldenhour.workforce.live import importing  # noqa: PLC0415 -- Models exist only once the database is open.

    importing.proposal_confirm(proposal=proposal, by=_by(actor))
    out.print("The change is made.")


def drop(
    proposal: Annotated[str, typer.Argument(help="Its id.")],
    actor: Actor,
    reason: Annotated[str, typer.Option(help="Why, as it is to stand in the log.")],
) -> None:
    """Turn a waiting change down, or withdraw it."""
    if not reason.strip():
        raise BadInput(code="nothing_said", what="No reason is given.", do="It stands in the log.", where="--reason")
    database.open_house()
    from goldenhour.workforce.live import services  # noqa: PLC0415 -- Models exist only once the database is open.

    services.proposal_drop(proposal=proposal, reason=reason, by=_by(actor))
    out.print("The change is dropped.")


def lacking(
    level: Annotated[str, typer.Option(help="At least this level.")] = "",
    endorsement: Annotated[list[str] | None, typer.Option(help="And this endorsement; may be given again.")] = None,
    place: Annotated[str, typer.Option(help="The state.")] = "",
    agency: Agency = "",
    on: Day = "",
) -> None:
    """List who may sit in a seat, and what the others lack."""
    from goldenhour.workforce import entry  # noqa: PLC0415 -- Reads the levels.

    where = entry.place_of(place)
    need = pure.SeatNeed(
        level=entry.level_key(level, place=where),
        endorsements=frozenset(entry.slug(one, "endorsement") for one in endorsement or ()),
    )
    if not need.level and not need.endorsements:
        raise BadInput(code="no_seat", what="The seat asks for nothing.", do="Give --level or --endorsement.")
    day = _day(on) or pure.day_at(_now(), where)
    database.open_house()
    from goldenhour.workforce.live import queries  # noqa: PLC0415 -- Models exist only once the database is open.

    rows = queries.list_lacking(need=need, place=where, on=day, agencies=_scope(agency), at=_now(), agency=agency)
    for one, lack in rows:
        out.print(f"{one.id:<12} {'fits' if not lack else '; '.join(lack)}")
    out.print(f"{sum(not lack for _, lack in rows)} of {len(rows)} fit.")


def add_to(app: typer.Typer) -> None:
    """Put these commands into `goldenhour workforce`."""
    app.command("import")(import_file)
    for command in (people, person, expiring, proposals, confirm, drop, lacking):
        app.command()(command)
