"""`goldenhour scope`: may this person do this, here, on this day, and why; what places let people do; are books right.

`decide` answers in its exit code too: 0 allow, 1 deny, 3 unknown, 2 a wrong call.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand

from goldenhour.cli.days import day_of
from goldenhour.cli.scope_import import import_state_dataset
from goldenhour.cli.scope_past import list_past
from goldenhour.errors import BadInput
from goldenhour.workforce.book_lines import ORDERS, ROUTES, SETTINGS, Fault, SkillLine
from goldenhour.workforce.books import Books, check_books, load_books, place_named, place_words
from goldenhour.workforce.credentials import known_places, zone_of
from goldenhour.workforce.levels import level_named, levels
from goldenhour.workforce.scope import ALLOW, DENY, UNKNOWN, Ask, Decision, Finding, decide, is_command, skill_of
from goldenhour.workforce.scope_table import (
    CONDITIONAL,
    MARKS,
    Cell,
    as_csv,
    as_html,
    differences,
    table_of,
    until_words,
)
from goldenhour.workforce.scope_words import a_level
from goldenhour.workforce.skills import skill_at, skills, skills_named

app = typer.Typer(no_args_is_help=True, help="May this person do this, here, today, and why.")
app.command("import")(import_state_dataset)
app.command("past")(list_past)
out = Console(soft_wrap=True, highlight=False, markup=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

EXITS = {ALLOW: 0, DENY: 1, UNKNOWN: 3}
_STYLES = {ALLOW: "bold green", DENY: "bold red", UNKNOWN: "bold yellow", CONDITIONAL: "bold yellow"}
_OLDEST = 150
_NO = {"", "no", "none", "nobody", "not", "false", "0"}  # An emergency that nobody declared.

BooksOption = Annotated[
    list[Path] | None, typer.Option("--books", help="A folder or file with more rule books; may be given again.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]
OnOption = Annotated[str, typer.Option("--on", help="The day, such as 2026-01-31; by default today in that place.")]


class _Decide(TyperCommand):
    """The command `decide`: `--declared` may stand alone or with words; what may be said once is not said twice."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments.

        Raises:
            BadInput: an option is given twice: the answer would be to one of two questions.
        """
        once = {name for one in self.params if not getattr(one, "multiple", False) for name in one.opts}
        given = Counter(arg.partition("=")[0] for arg in args if arg.startswith("--"))
        twice = next((name for name, times in given.items() if times > 1 and name in once), None)
        if twice is not None:
            raise BadInput(code="twice", what=f"{twice} is given twice.", do="Ask one question at a time.", where=twice)
        for at, arg in enumerate(args):
            following = args[at + 1 : at + 2]
            if arg == "--declared" and (not following or following[0].startswith("--")):
                args[at] = "--declared=yes"
        return super().parse_args(ctx, args)


@app.command("decide", cls=_Decide)
def decide_(
    level: Annotated[str, typer.Option(help='The level, such as EMR or "EMT-Enhanced".')],
    skill: Annotated[str, typer.Option(help="The skill: its id, label or another name.")],
    place: Annotated[str, typer.Option(help="A state's two letters, US, or the place of a book of --books.")],
    *,
    on: OnOption = "",
    licence: Annotated[
        str, typer.Option(help="The state of the licence, or NREMT; by default a licence of the place.")
    ] = "",
    endorsement: Annotated[list[str] | None, typer.Option(help="An endorsement held; may be given again.")] = None,
    role: Annotated[str, typer.Option(help="The role at the scene: care, or a command role such as safety.")] = "care",
    declared: Annotated[str, typer.Option(help="An emergency is declared; by whom may follow.")] = "",
    age: Annotated[float | None, typer.Option(help="The patient's age in years.")] = None,
    agency: Annotated[str, typer.Option(help="The agency whose book narrows the state's.")] = "",
    setting: Annotated[str, typer.Option(help=f"One of {', '.join(SETTINGS)}.")] = "ambulance",
    route: Annotated[str, typer.Option(help=f"One of {', '.join(ROUTES)}.")] = "",
    order: Annotated[str, typer.Option(help="online or standing.")] = "",
    director: Annotated[
        bool | None, typer.Option("--director/--no-director", help="The medical director approves, or does not.")
    ] = None,
    programme: Annotated[str, typer.Option(help="The programme this belongs to.")] = "",
    books: BooksOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say whether somebody may do something in a place on a day, and why.

    Exit 0: allow; 1: deny; 3: unknown; 2: a wrong call.
    """
    loaded = _books(books)
    state, _, named = place.partition("/")
    where = place_named(state, loaded)
    day = _day(on, where)
    ask = Ask(
        level=level_named(level, on=day, place=where).key,
        skill=skill_of(skill).key,
        place=where,
        on=day,
        agency=agency.partition("/")[2] or agency or named,
        licence=licence,
        endorsements=frozenset(endorsement or ()),
        role=_role(role),
        setting=_known(setting, "setting", SETTINGS),
        route=_known(route, "route", ROUTES) if route else "",
        order=_known(order, "order", ORDERS) if order else "",
        declared=declared.strip().casefold() not in _NO,
        age=_age(age),
        director=director,
        programme=programme.strip(),
    )
    decision = decide(ask, loaded)
    if as_json:
        _print_json({**facts(decision), "ask": _asked(ask)})
    else:
        _say(ask, decision, loaded)
    raise typer.Exit(EXITS[decision.verdict])


@app.command()
def diff(
    first: Annotated[str, typer.Argument(help="A place.", metavar="PLACE1")],
    second: Annotated[str, typer.Argument(help="Another.", metavar="PLACE2")],
    level: Annotated[str, typer.Option(help="The level.")],
    on: OnOption = "",
    books: BooksOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the skills on which two places answer differently for a level."""
    loaded = _books(books)
    places = [place_named(first, loaded), place_named(second, loaded)]
    day = _day(on, places[0])
    asked = {level_named(level, on=day, place=place).key for place in places}
    if len(asked) > 1:
        raise BadInput(
            code="two_levels",
            what=f'"{level}" is another level in {places[0]} than in {places[1]}.',
            do=f"Write its key: {' or '.join(sorted(asked))}.",
            where="level",
        )
    key = asked.pop()
    found = differences(places[0], places[1], key, day, books=loaded)
    if as_json:
        _print_json(
            {
                "level": key,
                "on": day.isoformat(),
                "places": places,
                "rules_hash": loaded.hash,
                "differences": [
                    {
                        "skill": one.skill.key,
                        "label": one.skill.label,
                        places[0]: asdict(one.first),
                        places[1]: asdict(one.second),
                    }
                    for one in found
                ],
            }
        )
        return
    names = [place_words(place, loaded) for place in places]
    table = Table(title=f"{levels()[key].name}: {names[0]} and {names[1]} on {day}", title_justify="left")
    table.add_column("skill")
    for name in names:
        table.add_column(name)
    for one in found:
        table.add_row(one.skill.label, _cell_text(one.first), _cell_text(one.second))
    out.print(table if found else f"{names[0]} and {names[1]} answer alike for {a_level(key)} on {day}.")
    for place in places:
        _tell_missing(place, loaded)


@app.command("table")
def table_(
    place: Annotated[str, typer.Argument(help="A state's two letters, US, or the place of a book of --books.")],
    on: OnOption = "",
    form: Annotated[str, typer.Option("--format", help="terminal, csv or html.")] = "terminal",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
    books: BooksOption = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Also the skills of which no rule speaks.")] = False,
) -> None:
    """Show who may do what in a place on a day."""
    loaded = _books(books)
    where = place_named(place, loaded)
    kind = _known(form, "format", ("terminal", "csv", "html"))
    table = table_of(where, _day(on, where), books=loaded, every=every)
    if kind == "csv":
        _write(as_csv(table), output)
    elif kind == "html":
        _write(as_html(table), output)
    elif output is not None:
        with _opened(output) as file:
            _show(table, Console(file=file, width=160, highlight=False, markup=False))
    else:
        _show(table, out)
    _tell_missing(where, loaded)


@app.command()
def check(
    books: BooksOption = None,
    labels: Annotated[
        list[Path] | None,
        typer.Option("--labels", "--codes", help="A CSV whose column `skill` must name skills of the vocabulary."),
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Load and lint every rule book: sources, dates, conflicts, unknown skills, levels and labels.

    Exit 0: all is right; 1: something is not, and every fault is told with its file and rule.
    """
    loaded, faults = check_books(tuple(books or ()))
    for path in labels or ():
        faults += _unmapped(path)
    said = _about(loaded) if loaded is not None else {}
    if as_json:
        _print_json({"ok": not faults, "faults": [asdict(one) for one in faults], **said})
    else:
        for one in faults:
            out.print(Text.assemble((f"{one.where}: ", "bold"), f"{one.what} {one.do}"))
        if said:
            without = f"{len(said['without_rule'])} of {said['skills']} skills have no rule anywhere."
            books_ = f"{said['books']} rule books, {said['rules']} rules, {said['unconfirmed']} of them unconfirmed."
            out.print(f"{books_} {without} Hash {said['rules_hash'][:12]}.")
        if faults:
            out.print(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}.")
    if faults:
        raise typer.Exit(1)


# ---------------------------------------------------------------- what was asked


def _books(paths: Iterable[Path] | None) -> Books:
    return load_books(tuple(paths or ()))


def _day(text: str, place: str) -> date:
    """Return the day that was asked about."""
    if not text:
        zone = zone_of(place) if place in known_places() else UTC
        return datetime.now(zone).date()  # noqa: TID251 -- Somebody asks now.
    return day_of(text, where="on")


def _known(text: str, name: str, known: Iterable[str]) -> str:
    """Return a value that must be one of some."""
    value = text.strip().casefold().replace(" ", "_").replace("-", "_")
    if value not in known:
        raise BadInput(
            code=f"unknown_{name}", what=f'"{text}" is no {name}.', do=f"Known: {', '.join(known)}.", where=name
        )
    return value


def _role(text: str) -> str:
    value = text.strip().casefold().replace(" ", "_").replace("-", "_")
    is_command(value)
    return value


def _age(age: float | None) -> float | None:
    if age is not None and not 0 <= age <= _OLDEST:
        raise BadInput(code="bad_age", what=f"{age:g} is no age.", do="Write years, such as 0.5 or 42.", where="age")
    return age


# ---------------------------------------------------------------- what is answered


def facts(decision: Decision) -> dict[str, Any]:
    """Return a decision as plain values."""
    return {
        "verdict": decision.verdict,
        "findings": [finding_facts(one) for one in decision.findings],
        "rules_hash": decision.rules_hash,
    }


def finding_facts(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values. `to` is the first day the rule no longer holds."""
    return {
        "layer": finding.layer,
        "verdict": finding.verdict,
        "what": finding.what,
        "rule": finding.rule,
        "source": finding.source,
        "from": finding.start.isoformat() if finding.start else None,
        "to": finding.end.isoformat() if finding.end else None,
        "confidence": finding.confidence,
        "unconfirmed": finding.unconfirmed,
        "note": finding.note,
    }


def _asked(ask: Ask) -> dict[str, Any]:
    return {
        "level": ask.level,
        "skill": ask.skill,
        "place": ask.place,
        "on": ask.on.isoformat(),
        "licence": ask.licence,
        "agency": ask.agency,
    }


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _say(ask: Ask, decision: Decision, books: Books) -> None:
    """Print a decision for a person."""
    head = f"{levels()[ask.level].name}, {skill_at(ask.skill).label}, {place_words(ask.place, books)}, {ask.on}"
    out.print(Text.assemble((decision.verdict.upper(), _STYLES[decision.verdict]), f"  {head}"))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column()
    grid.add_column()
    for one in decision.findings:
        words = Text(one.what)
        if one.unconfirmed:
            words.append(" Unconfirmed.", "yellow")
        words.append("".join(f"\n{line}" for line in _reference(one)), "dim")
        grid.add_row(one.layer, Text(one.verdict, _STYLES[one.verdict]), words)
    out.print(grid)


def _reference(one: Finding) -> list[str]:
    """Return where a finding stands written, and what is to be known about it."""
    days = f"from {one.start}" if one.start else ""
    days += f" to {one.end}" if one.end else ""
    graded = f"confidence {one.confidence}" if one.confidence else ""
    line = " \N{MIDDLE DOT} ".join(filter(None, (one.rule, one.source, days, graded)))
    return [each for each in (line, one.note) if each]


def _cell_text(cell: Cell) -> Text:
    text = Text(f"{MARKS[cell.verdict]} {cell.verdict}", _STYLES[cell.verdict])
    if cell.unconfirmed:
        text.append(" unconfirmed", "yellow")
    if cell.verdict == CONDITIONAL:
        text.append(f"\n{cell.why}", "dim")
    if cell.rule:
        text.append(f"\n{cell.rule}", "dim")
    return text


def _show(table: Any, console: Console) -> None:
    """Print a table of scope."""
    shown = Table(title=f"{table.name}, {table.on} ({until_words(table)})", title_justify="left", pad_edge=False)
    shown.add_column("skill", max_width=52, overflow="fold")
    for level in table.levels:
        shown.add_column(levels()[level].name)
    shown.add_column("rule", style="dim", overflow="fold")
    for row in table.rows:
        cells = [
            Text(f"{MARKS[one.verdict]} {one.verdict}{' *' if one.unconfirmed else ''}", _STYLES[one.verdict])
            for one in row.cells
        ]
        rules = ", ".join(dict.fromkeys(one.rule for one in row.cells if one.rule))
        shown.add_row(row.skill.label, *cells, rules)
    if table.rows:
        console.print(shown)
        console.print(
            "* unconfirmed. conditional: `scope decide` says on what. Sources: --format csv or html.", style="dim"
        )
    if table.note:
        console.print(table.note, style="dim")
    if table.unspoken:
        console.print(
            f"{table.unspoken} skills of the vocabulary have no rule here: unknown, never allowed.", style="dim"
        )


def _tell_missing(place: str, books: Books) -> None:
    if place not in books.places:
        err.print(f"No rule book for {place}; add scope_rules/{place.lower()}.yaml.")


def _opened(path: Path) -> Any:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as wrong:
        raise BadInput(
            code="unwritable", what=f"cannot be written: {wrong.strerror}.", do="Name another file.", where=str(path)
        ) from None


def _write(text: str, path: Path | None) -> None:
    if path is None:
        typer.echo(text, nl=False)
    else:
        with _opened(path) as file:
            file.write(text)


# ---------------------------------------------------------------- what is checked


def _about(books: Books) -> dict[str, Any]:
    """Return what the books come to."""
    places = {id(book): book for book in (*books.places.values(), *books.models.values())}
    lines = [line for book in places.values() for line in book.lines]
    named = {skill for line in lines if isinstance(line, SkillLine) for skill in line.skills}
    without = [key for key, skill in skills().items() if key not in named and not named & set(skill.covers)]
    return {
        "books": len(places),
        "rules": len(lines),
        "unconfirmed": sum(line.confidence == "C" for line in lines),
        "skills": len(skills()),
        "without_rule": without,
        "rules_hash": books.hash,
    }


def _unmapped(path: Path) -> list[Fault]:
    """Return the labels of a CSV that no skill is called by."""
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as wrong:
        reason = getattr(wrong, "strerror", None) or "it is not UTF-8"
        raise BadInput(
            code="labels", what=f"cannot be read: {reason}.", do="Check the path.", where=str(path)
        ) from None
    if not rows or "skill" not in rows[0]:
        raise BadInput(code="labels", what="has no column `skill`.", do="Name the labels' column so.", where=path.name)
    faults = []
    for number, row in enumerate(rows, start=2):
        try:
            skills_named(row["skill"] or "")
        except BadInput as wrong:
            what = wrong.what.removeprefix("skill: ")
            faults.append(Fault(file=path.name, rule=f"line {number}", what=what, do=wrong.do))
    return faults
