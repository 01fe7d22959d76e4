"""`goldenhour paging ...`: where pages go, keys for browsers, and delivering what waits."""

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from goldenhour.access.roles import EVERY, agency_named
from goldenhour.errors import BadInput
from goldenhour.log.live import database
from goldenhour.paging.destinations import FOR_AGENCIES, Detail, Kind

if TYPE_CHECKING:
    from goldenhour.paging.live.by import By

app = typer.Typer(no_args_is_help=True, help="Paging: destinations of messages, keys for browsers, delivery.")
destinations = typer.Typer(no_args_is_help=True, help="Where messages of an agency's units go.")
app.add_typer(destinations, name="destinations")
out = Console(soft_wrap=True, highlight=False, markup=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

guard = database.faults_in_words  # See cli.main.

Which = Annotated[str, typer.Argument(help="Id of the destination, as the list shows it.")]
Actor = Annotated[str, typer.Option(help="Who decided it, as it is to stand in the log.")]
Json = Annotated[bool, typer.Option("--json", help="JSON on stdout.")]
_CONSOLE = "console"


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- A command of the operator happens now.


def _by(actor: str) -> "By":
    from goldenhour.paging.live.by import By  # noqa: PLC0415 -- Models exist only once the database is open.

    return By(actor=actor, at=_now())


@app.command()
def keys() -> None:
    """Make the keys with which pages are pushed to browsers, once."""
    database.open_house()
    from goldenhour.paging.live import push  # noqa: PLC0415

    made = push.make_keys()
    err.print(f"The keys are in {made.private.parent}. Back them up with it: with others nobody's browser is reached.")
    out.print(made.application)


@app.command()
def deliver(*, seed: Annotated[int | None, typer.Option(help="For the pauses between attempts.")] = None) -> None:
    """Deliver what is due now, and see to pages to people on call. The web process does so by itself."""
    database.open_house()
    from numpy.random import default_rng  # noqa: PLC0415

    from goldenhour.paging.live import alerting, queries  # noqa: PLC0415
    from goldenhour.paging.live.worker import Worker  # noqa: PLC0415

    worker = Worker(rng=default_rng(seed))
    alerting.step(_now())
    worker.finish(_now())
    worker.close()
    left = sum(queries.waiting_by_destination().values())
    err.print(f"Delivered what was due. {left} still {'waits' if left == 1 else 'wait'}." if left else "Nothing waits.")


@destinations.command("list")
def list_destinations(*, as_json: Json = False) -> None:
    """List where messages go, what waits and what was given up. No addresses, no secrets."""
    database.open_house()
    from goldenhour.paging.live import queries, shown  # noqa: PLC0415

    waiting = queries.waiting_by_destination()
    rows = [shown.destination_entry(row, waiting.get(row.id, 0)) for row in queries.list_destinations()]
    dead = [shown.message_entry(one) for one in queries.list_dead([row["id"] for row in rows])]
    if as_json:
        out.print_json(json.dumps({"destinations": rows, "dead": dead}))
        return
    if not rows:
        err.print("Nothing is sent anywhere: no destination is set up.")
    for row in rows:
        well = f"failing since {row['failures']} attempts" if row["failures"] else "well"
        well = "paused" if row["stopped_at"] else well
        out.print(
            f"{row['id']}  {row['kind']:<8} {row['label']}  {row['agency']} {row['station']}  "
            f"{','.join(row['gets'])}  {row['host']}  waiting {row['waiting']}, {well}"
        )
    for one in dead:
        out.print(f"given up: {one['id']}  {one['what']} to {one['destination']}: {one['said']}")


@destinations.command("add")
def add_destination(
    label: Annotated[str, typer.Argument(help="What people call it.")],
    *,
    kind: Annotated[Kind, typer.Option(help="webhook or email.")] = Kind.WEBHOOK,
    gets: Annotated[list[str], typer.Option(help=f"Any of {', '.join(FOR_AGENCIES)}. May be given again.")],
    agency: Annotated[str, typer.Option(help="Whose units it hears of.")] = EVERY,
    station: Annotated[str, typer.Option(help="Only of this station's.")] = "",
    detail: Annotated[Detail, typer.Option(help="How much of the place it is told.")] = Detail.FULL,
    actor: Actor = _CONSOLE,
) -> None:
    """Let messages go to an address, read from stdin so that it stands in no history; print its secret, once."""
    address = sys.stdin.readline().strip()
    if not address:
        raise BadInput(code="no_address", what="No address came.", do="Pipe it in: one line.", where="stdin")
    agency_named(agency)
    database.open_house()
    import uuid_utils  # noqa: PLC0415

    from goldenhour.paging.live import services  # noqa: PLC0415

    made = str(uuid_utils.uuid7())
    secret = services.destination_set(
        destination=made,
        kind=kind,
        label=label,
        agency=agency,
        station=station,
        gets=tuple(gets),
        detail=detail,
        address=address,
        by=_by(actor),
    )
    err.print(f"{label} is {made}.")
    if secret:
        err.print("Its messages are signed with this secret, which is never shown again:")
        out.print(secret)


@destinations.command("rotate")
def rotate(
    destination: Which,
    *,
    days: Annotated[float, typer.Option(min=0, max=90, help="How long the secret before is still valid.")] = 7.0,
    actor: Actor = _CONSOLE,
) -> None:
    """Sign with a new secret, which is printed once."""
    database.open_house()
    from goldenhour.paging.live import services  # noqa: PLC0415

    out.print(services.secret_rotate(destination=destination, former_for=timedelta(days=days), by=_by(actor)))


@destinations.command("try")
def try_it(destination: Which, *, actor: Actor = _CONSOLE) -> None:
    """Put a test message into the outbox."""
    database.open_house()
    from goldenhour.paging.live import services  # noqa: PLC0415

    services.destination_try(destination=destination, by=_by(actor))
    err.print("A test message waits; `goldenhour paging deliver` or the web process sends it.")


@destinations.command("end")
def end(
    destination: Which,
    *,
    reason: Annotated[str, typer.Option(help="Why, as it is to stand in the log.")] = "",
    actor: Actor = _CONSOLE,
) -> None:
    """Send nothing more there; its address and secrets are destroyed."""
    database.open_house()
    from goldenhour.paging.live import services  # noqa: PLC0415

    services.destination_end(destination=destination, reason=reason, by=_by(actor))
    err.print("Nothing more goes there.")
