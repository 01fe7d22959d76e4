"""`goldenhour scope past`: the recorded decisions of the days on which a rule was in force, for its correction."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from goldenhour.errors import BadInput
from goldenhour.workforce.book_lines import Line
from goldenhour.workforce.books import load_books
from goldenhour.workforce.credentials import known_places, state_of, zone_of

out = Console(soft_wrap=True, highlight=False, markup=False)
_DECISION = "dispatch.units_recommended"
_AT_ONCE = 2_000


def list_past(
    rule: Annotated[str, typer.Argument(help="The id of a rule, as answers name it.", metavar="RULE_ID")],
    books_hash: Annotated[str, typer.Option("--hash", help="Only decisions whose rules' hash begins so.")] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """List the recommendations of the days on which a rule was in force, each with the hash of all its rules."""
    found = load_books().rule(rule)
    if found is None:
        raise BadInput(code="no_rule", what=f'No rule book has a rule "{rule}".', do="Take its id from an answer.")
    place, line = found
    from goldenhour.log.live import database  # noqa: PLC0415 -- No other question about scope opens the database.

    with database.faults_in_words():
        database.open_house()
        decisions = [one for one in _decisions(place, line) if one["rules_hash"].startswith(books_hash)]
    hashes = Counter(one["rules_hash"] for one in decisions)
    if as_json:
        typer.echo(json.dumps({"rule": rule, "place": place, "hashes": hashes, "decisions": decisions}, indent=2))
        return
    table = Table("at", "call", "plan", "sent", "rules")
    for one in decisions:
        table.add_row(one["at"], one["call"], one["plan"], ", ".join(one["units"]), one["rules_hash"][:12])
    if decisions:
        out.print(table)
    until = f" until {line.end}" if line.end else ""
    out.print(f"{len(decisions)} recommendations while {rule} ({place}) was in force, from {line.start}{until}.")
    for digest, times in hashes.items():
        out.print(f"  {times} under the rules {digest[:12]}")


def _decisions(place: str, line: Line) -> Iterator[dict[str, Any]]:
    """Yield the recorded recommendations of the days on which a rule was in force, by the clock of its place."""
    from goldenhour.log.live import feed  # noqa: PLC0415 -- Models exist only once the database is open.

    zone = zone_of(place) if state_of(place) in known_places() else UTC
    after = 0
    while rows := feed.stored_after(after, _AT_ONCE):
        after = rows[-1].position
        for where, fact in feed.opened([one for one in rows if one.name == _DECISION]):
            if line.in_force(where.at.astimezone(zone).date()):
                said: Any = fact
                yield {
                    "at": where.at.astimezone(zone).isoformat(timespec="seconds"),
                    "position": where.position,
                    "call": said.call_id,
                    "plan": said.plan,
                    "units": [str(one["unit"]) for one in said.chosen],
                    "rules_hash": said.rules_hash,
                }
