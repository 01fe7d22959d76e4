"""What everybody may do in a place on a day, as a table, and where two places differ: for paper, the screen and CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path

from goldenhour.workforce.books import Books, PlaceBook, load_books, place_named, place_words
from goldenhour.workforce.levels import levels
from goldenhour.workforce.masks import valid_until
from goldenhour.workforce.scope import ALLOW, DENY, RESCUE, UNKNOWN, Ask, Finding, decide
from goldenhour.workforce.scope_words import TERMS, last_day
from goldenhour.workforce.skills import Skill, forms_of, skill_at, skills

CONDITIONAL = "conditional"  # A rule allows it, and something that it asks for is not there or not said.
MARKS = {ALLOW: "\N{CHECK MARK}", DENY: "\N{MULTIPLICATION SIGN}", CONDITIONAL: "if", UNKNOWN: "?"}
_STYLE = Path(__file__).with_name("scope_table.css")
_SPEAKING = ("state", "national", "agency")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The answer for one skill and level."""

    verdict: str  # allow, deny, unknown or conditional.
    why: str  # What decides, in words.
    rule: str
    source: str
    unconfirmed: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One skill, with a cell for each level."""

    skill: Skill
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeTable:
    """What a place lets its people do on a day."""

    place: str
    name: str
    on: date
    until: date | None  # The next day on which something changes.
    levels: tuple[str, ...]
    rows: tuple[Row, ...]
    unspoken: int  # Skills of the vocabulary that no rule here speaks of: unknown.
    note: str
    rules_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One skill on which two places do not agree."""

    skill: Skill
    first: Cell
    second: Cell


def cell_of(ask: Ask, books: Books) -> Cell:
    """Return the answer to an ask, shortened: what decides it and on what it hangs."""
    decision = decide(ask, books)
    findings = decision.findings
    ruled = [one for one in findings if one.layer in _SPEAKING and one.verdict == ALLOW and one.rule]
    against = [one for one in findings if one.verdict != ALLOW]
    verdict = decision.verdict
    if against and ruled and all(one.layer == "conditions" for one in against):
        return _cell(CONDITIONAL, ruled[-1], " ".join(one.what for one in against))
    if verdict == ALLOW:
        main = ruled[-1] if ruled else findings[-1]
        terms = main.what.partition(TERMS)[2]
        met = [one.what for one in findings if one.layer == "conditions"]
        return _cell(ALLOW, main, " ".join(filter(None, [terms[:1].upper() + terms[1:], *met])))
    main = next(one for one in against if one.verdict == verdict)
    return _cell(verdict, main, main.what)


def _cell(verdict: str, main: Finding, why: str) -> Cell:
    return Cell(
        verdict=verdict, why=why, rule=main.rule, source=main.source, unconfirmed=main.unconfirmed, note=main.note
    )


def table_of(place: str, on: date, *, books: Books | None = None, every: bool = False) -> ScopeTable:
    """Return what a place lets its own people do on a day.

    Args:
        place: a state, territory, loaded place or US.
        on: the day there.
        books: the rules; by default the shipped ones.
        every: list the skills too of which no rule speaks.

    Raises:
        BadInput: there is no such place.
    """
    books = books or load_books()
    where = place_named(place, books)
    book = books.places.get(where)
    columns = _columns(book, on, books) if book is not None else ()
    spoken = _spoken(book, columns, on, books) if book is not None else frozenset()
    listed = [skill for skill in skills().values() if every or skill.key in spoken or forms_of(skill.key) & spoken]
    listed += _codes(spoken)
    ask = Ask(level="", skill="", place=where, on=on)
    rows = [
        Row(skill=skill, cells=tuple(cell_of(replace(ask, level=level, skill=skill.key), books) for level in columns))
        for skill in (listed if columns else ())
    ]
    care = [skill for skill in skills().values() if skill.kind != RESCUE]
    known = {row.skill.key for row in rows if row.skill.key in spoken or forms_of(row.skill.key) & spoken}
    return ScopeTable(
        place=where,
        name=place_words(where, books),
        on=on,
        until=valid_until(where, on, books),
        levels=columns,
        rows=tuple(rows),
        unspoken=sum(skill.key not in known for skill in care),
        note=book.note if book is not None else f"no rule book for {where}; add scope_rules/{where.lower()}.yaml",
        rules_hash=books.hash,
    )


def _columns(book: PlaceBook, on: date, books: Books) -> tuple[str, ...]:
    """Return the levels that a place speaks of, in the registry's order, without those it no longer has."""
    adopted = book.adopted(on)
    model = books.models.get(adopted.model) if adopted is not None else None
    named = {*book.levels, *book.naming, *(model.levels if model is not None else ())}
    over = {
        level for level, lines in book.levels.items() if all(line.end is not None and line.end <= on for line in lines)
    }
    return tuple(level for level in levels() if level in named - over)


def _codes(spoken: frozenset[str]) -> list[Skill]:
    """Return the bare codes among these skills: a book made from a state's own file speaks of them."""
    return [skill_at(key) for key in sorted(spoken - skills().keys())]


def _spoken(book: PlaceBook, columns: Sequence[str], on: date, books: Books) -> frozenset[str]:
    """Return the skills that a place, or the model behind it, speaks of for these levels."""
    adopted = book.adopted(on)
    model = books.models.get(adopted.model) if adopted is not None else None
    found = [one.spoken(level) for level in columns for one in (book, model) if one is not None]
    return frozenset().union(*found)


def differences(first: str, second: str, level: str, on: date, *, books: Books | None = None) -> list[Difference]:
    """Return the skills on which two places answer differently for a level, in the order of the vocabulary."""
    books = books or load_books()
    asks = [Ask(level=level, skill="", place=place_named(place, books), on=on) for place in (first, second)]
    known = [books.places[ask.place].spoken(level) for ask in asks if ask.place in books.places]
    found = []
    for skill in (*skills().values(), *_codes(frozenset().union(*known))):
        cells = [cell_of(replace(ask, skill=skill.key), books) for ask in asks]
        if cells[0].verdict != cells[1].verdict:
            found.append(Difference(skill=skill, first=cells[0], second=cells[1]))
    return found


# ---------------------------------------------------------------- as CSV and as a page


def as_csv(table: ScopeTable) -> str:
    """Return the table as CSV: a line a skill, a column a level, then the rules, sources and what is unconfirmed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["place", "on", "category", "skill", "label", *table.levels, "conditions", "rules", "sources", "unconfirmed"]
    )
    for row in table.rows:
        cells = dict(zip(table.levels, row.cells, strict=True))
        conditions = [f"{level}: {cell.why}" for level, cell in cells.items() if cell.verdict == CONDITIONAL]
        writer.writerow(
            [
                table.place,
                table.on.isoformat(),
                row.skill.category,
                row.skill.key,
                row.skill.label,
                *(cell.verdict for cell in row.cells),
                " | ".join(conditions),
                *(" | ".join(dict.fromkeys(filter(None, found))) for found in _sources(row)),
                " ".join(level for level, cell in cells.items() if cell.unconfirmed),
            ]
        )
    return out.getvalue()


def _sources(row: Row) -> tuple[list[str], list[str]]:
    return [cell.rule for cell in row.cells], [cell.source for cell in row.cells]


def as_html(table: ScopeTable) -> str:
    """Return the table as one page that opens anywhere, prints well and needs no network."""
    title = f"Scope of practice: {table.name}, {table.on.isoformat()}"
    sources = {source: at for at, source in enumerate(dict.fromkeys(_every_source(table)), start=1)}
    until = f" Next change on {table.until.isoformat()}." if table.until is not None else ""
    about = f"In force on {table.on.isoformat()}.{until} Rules {table.rules_hash[:12]}."
    note = f'<p class="note">{escape(_sentence(table.note))}</p>' if table.note else ""
    legend = "".join(f"<li>{_mark(verdict)}{escape(words)}</li>" for verdict, words in _LEGEND.items())
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head><body><main>"
        f'<header><p class="brand">goldenhour</p><h1>Scope of practice: {escape(table.name)}</h1>'
        f'<p>{escape(about)}</p>{note}</header><ul class="legend">{legend}</ul>'
        f"{_body(table, sources) if table.rows else ''}"
        f"<footer><p>{escape(_left_out(table))}</p>{_source_list(sources)}</footer></main></body></html>\n"
    )


_LEGEND = {
    ALLOW: "allowed",
    DENY: "not allowed",
    CONDITIONAL: "allowed on a condition (under the skill)",
    UNKNOWN: "not known: no rule recorded here speaks of it that day; never a yes",
}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text and not text.endswith(".") else text


def _left_out(table: ScopeTable) -> str:
    """Return how much no rule speaks of."""
    if not table.rows:
        return "Nothing is known of this place."
    if not table.unspoken:
        return "Rules here speak of every skill of the vocabulary. It is no legal advice: ask the place's EMS office."
    return (
        f"{table.unspoken} skills of the vocabulary have no rule here: what is not listed is not known, and never "
        "allowed. It is no legal advice: ask the place's EMS office."
    )


def _mark(verdict: str) -> str:
    return f'<span class="mark {verdict}" aria-hidden="true">{escape(MARKS[verdict])}</span>'


def _every_source(table: ScopeTable) -> list[str]:
    return [cell.source for row in table.rows for cell in row.cells if cell.source]


def _body(table: ScopeTable, sources: dict[str, int]) -> str:
    """Return the table, a group for each category."""
    heads = "".join(f'<th scope="col">{escape(levels()[level].name)}</th>' for level in table.levels)
    parts, category = [], None
    for row in table.rows:
        if row.skill.category != category:
            category = row.skill.category
            span = len(table.levels) + 2
            parts.append(f'<tr class="group"><th colspan="{span}" scope="colgroup">{escape(category)}</th></tr>')
        parts.append(_row(table, row, sources))
    return (
        f'<div class="wide"><table><thead><tr><th scope="col">Skill</th>{heads}<th scope="col">Source</th></tr></thead>'
        f"<tbody>{''.join(parts)}</tbody></table></div>"
    )


def _row(table: ScopeTable, row: Row, sources: dict[str, int]) -> str:
    conditions = [
        f"<small>{escape(levels()[level].name)}: {escape(cell.why)}</small>"
        for level, cell in zip(table.levels, row.cells, strict=True)
        if cell.verdict == CONDITIONAL
    ]
    cells = "".join(_td(cell) for cell in row.cells)
    refs = ", ".join(str(at) for at in sorted({sources[cell.source] for cell in row.cells if cell.source}))
    name = f"{escape(row.skill.label)}{''.join(conditions)}"
    return f'<tr><th scope="row">{name}</th>{cells}<td class="ref">{refs}</td></tr>'


def _td(cell: Cell) -> str:
    doubt = ' <em title="unconfirmed: nobody who decides about it was seen to say so">unconfirmed</em>'
    title = escape(f"{cell.why} {cell.rule}".strip() if cell.rule else cell.why, quote=True)
    return (
        f'<td class="{cell.verdict}" title="{title}">{_mark(cell.verdict)}<span class="said">{cell.verdict}</span>'
        f"{doubt if cell.unconfirmed else ''}</td>"
    )


def _source_list(sources: dict[str, int]) -> str:
    items = "".join(f"<li>{escape(source)}</li>" for source in sources)
    return f"<h2>Sources</h2><ol>{items}</ol>" if items else ""


def until_words(table: ScopeTable) -> str:
    """Return how long the table holds, in words."""
    return f"until {last_day(table.until)}" if table.until is not None else "until a rule changes"
