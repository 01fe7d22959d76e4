"""`goldenhour scope import`: a state's NEMSIS StateDataSet becomes a rule book to try out."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from goldenhour.workforce import state_dataset
from goldenhour.workforce.levels import levels
from goldenhour.workforce.skills import load_codes

out = Console(soft_wrap=True, highlight=False, markup=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


def import_state_dataset(
    file: Annotated[Path, typer.Argument(help="The StateDataSet, NEMSIS 3.5 XML.")],
    to: Annotated[Path, typer.Option("--out", "-o", help="The folder to write the book into.")],
    place: Annotated[str, typer.Option(help="Where the book answers: X and a letter, which is no state.")] = "XT",
    schema: Annotated[str, typer.Option(help="The NEMSIS version, where the file does not say.")] = "",
    codes: Annotated[Path | None, typer.Option(help="Your own list (CSV: skill, system, code, label).")] = None,
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of a book that is there.")] = False,
) -> None:
    """Make a synthetic rule book from a state's StateDataSet: levels, procedures, medications, by their codes."""
    dataset = state_dataset.read(file, schema=schema)
    source = f"{file.name} (NEMSIS {dataset.schema} StateDataSet of state code {dataset.state}; synthetic here)"
    book = state_dataset.book_of(
        dataset, place=place.upper(), source=source, codes=load_codes(codes) if codes else None
    )
    written = state_dataset.write_book(book, to, replace=replace)
    for note in dataset.notes:
        err.print(f"{file.name}, {note}")
    counts = state_dataset.counts_of(book)
    table = Table("level", "procedures", "medications")
    for key in dict.fromkeys(key for key, _ in counts):
        table.add_row(levels()[key].name, str(counts[key, "procedure"]), str(counts[key, "medication"]))
    out.print(table)
    out.print(f"{written}: answers for {book['place']} from {dataset.start} on, and for no real state.")
