"""`goldenhour accounts ...`: who may sign in, and as what."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console

from goldenhour.access.roles import EVERY, Grant, Role, agency_named, role_named
from goldenhour.access.table import as_markdown
from goldenhour.access.wire import iso
from goldenhour.errors import BadInput
from goldenhour.log.live import database

app = typer.Typer(no_args_is_help=True, help="Accounts: make them, grant roles, print the link that sets a password.")
out = Console(soft_wrap=True, highlight=False, markup=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

guard = database.faults_in_words  # See cli.main.

Name = Annotated[str, typer.Argument(help="What the account is called, such as j.smith. It stands in the log.")]
RoleName = Annotated[str, typer.Argument(help=f"One of {', '.join(Role)}.")]
Agency = Annotated[
    str,
    typer.Argument(
        help=f"Key of the agency, such as county-ems (a hospital's for hospital), or {EVERY} for every one."
    ),
]
Reason = Annotated[str, typer.Option(help="Why, as it is to stand in the log.")]
Actor = Annotated[str, typer.Option(help="Who decided it, as it is to stand in the log.")]
Url = Annotated[str, typer.Option(help="Where people open this goldenhour.")]

_CONSOLE = "console"
_HERE = "http://localhost:8000"


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- A command of the operator happens now.


def _said(text: str) -> str:
    if not text.strip():
        raise BadInput(code="nothing_said", what="No reason is said.", do="It stands in the log.", where="--reason")
    return text.strip()


def _grant(text: str) -> Grant:
    role, _, agency = text.partition("@")
    return Grant(role_named(role), agency_named(agency or EVERY))


@app.command()
def add(
    name: Name,
    role: Annotated[
        list[str] | None,
        typer.Option(
            help="ROLE@AGENCY, such as credentialing@county-ems; without an agency in every one. May be given again."
        ),
    ] = None,
    *,
    agency: Annotated[str, typer.Option(help="Whose administrators look after the account.")] = EVERY,
    person: Annotated[str, typer.Option(help="Id of the person whose account it is.")] = "",
    full_name: Annotated[str, typer.Option("--full-name", help="Sealed in the log.")] = "",
    email: Annotated[str, typer.Option(help="For people to look up; nothing is sent. Sealed in the log.")] = "",
    url: Url = _HERE,
    actor: Actor = _CONSOLE,
) -> None:
    """Make an account and print the link with which its owner sets a password."""
    grants = [_grant(one) for one in role or []]
    database.open_house()
    from goldenhour.access.live import queries, services  # noqa: PLC0415 -- Models exist only once the database is open.

    first = not queries.any_account()
    at = _now()
    services.account_make(
        account=name,
        agency=agency,
        name=full_name,
        email=email,
        person=person,
        grants=grants,
        at=at,
        actor=actor,
    )
    err.print(f"{name} is made: {'; '.join(one.words for one in grants) or 'no role yet'}.")
    if first:
        err.print("It is the first account: from now on everybody signs in, also at this machine.")
    _print_link(services.link_make(account=name, at=at, actor=actor), url)


def _print_link(key: str, url: str) -> None:
    err.print("Its owner sets a password here, once, within three days:")
    out.print(f"{url.rstrip('/')}/signin#set={key}")


@app.command()
def grant(name: Name, role: RoleName, agency: Agency, *, actor: Actor = _CONSOLE) -> None:
    """Give an account a role in an agency."""
    given = Grant(role_named(role), agency_named(agency))
    database.open_house()
    from goldenhour.access.live import services  # noqa: PLC0415 -- Models exist only once the database is open.

    services.role_grant(account=name, grant=given, at=_now(), actor=actor)
    out.print(f"{name}: {given.words}.")


@app.command()
def revoke(name: Name, role: RoleName, agency: Agency, *, actor: Actor = _CONSOLE) -> None:
    """Take a role in an agency away; it is gone with the next thing that somebody asks."""
    taken = Grant(role_named(role), agency_named(agency))
    database.open_house()
    from goldenhour.access.live import services  # noqa: PLC0415 -- Models exist only once the database is open.

    services.role_revoke(account=name, grant=taken, at=_now(), actor=actor)
    out.print(f"{name} is no longer: {taken.words}.")


@app.command("list")
def list_accounts(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON array on stdout.")] = False
) -> None:
    """List the accounts, what they may do, and when they last signed in. No names of people, no addresses."""
    database.open_house()
    from goldenhour.access.live import queries  # noqa: PLC0415 -- Models exist only once the database is open.

    found = [
        {
            "account": one.account.account,
            "agency": one.account.agency,
            "person": one.account.person,
            "grants": [{"role": grant.role, "agency": grant.agency} for grant in one.grants],
            "disabled_at": iso(one.account.disabled_at),
            "signed_in_at": iso(one.account.signed_in_at),
        }
        for one in queries.list_accounts()
    ]
    if as_json:
        out.print_json(json.dumps(found))
        return
    if not found:
        err.print("There are no accounts yet. Whoever sits at this machine may do everything.")
    for one in found:
        out.print(_line(one))


@app.command()
def table() -> None:
    """Print who may ask for what, address by address."""
    out.print(as_markdown())


@app.command()
def reads(
    call: Annotated[str, typer.Option(help="Only those that showed this call.")] = "",
    account: Annotated[str, typer.Option(help="Only this account's.")] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array on stdout.")] = False,
) -> None:
    """List who was shown what of patients, the latest first; of a call also whoever had it on an open board."""
    database.open_house()
    from goldenhour.site.accounts.reads_api import read_entry, reads_of  # noqa: PLC0415 -- As above.

    found = [read_entry(one) for one in reads_of(call=call, account=account, since=None, at=_now())]
    if as_json:
        out.print_json(json.dumps(found))
        return
    for one in found:
        named = ", ".join(one["calls"]) or one["named"]
        out.print(f"{one['at']}  {one['account']:<24} {one['address']}  {named}  ({one['device']})")
    if not found:
        err.print("Nobody was shown anything of that.")


def _line(one: dict[str, Any]) -> str:
    roles = "; ".join(f"{grant['role']}@{grant['agency']}" for grant in one["grants"]) or "no role"
    state = "disabled" if one["disabled_at"] else f"last signed in: {one['signed_in_at'] or 'never'}"
    return f"{one['account']:<24} {roles}  ({state})"


@app.command()
def disable(name: Name, reason: Reason, *, actor: Actor = _CONSOLE) -> None:
    """Let nobody use an account any more; who is signed in with it is out at once."""
    reason = _said(reason)
    database.open_house()
    from goldenhour.access.live import services  # noqa: PLC0415 -- Models exist only once the database is open.

    services.account_disable(account=name, reason=reason, at=_now(), actor=actor)
    out.print(f"{name} is disabled.")


@app.command()
def enable(name: Name, reason: Reason, *, actor: Actor = _CONSOLE) -> None:
    """Let a disabled account be used again."""
    reason = _said(reason)
    database.open_house()
    from goldenhour.access.live import services  # noqa: PLC0415 -- Models exist only once the database is open.

    services.account_enable(account=name, reason=reason, at=_now(), actor=actor)
    out.print(f"{name} may be used again.")


@app.command()
def unlock(name: Name, *, actor: Actor = _CONSOLE) -> None:
    """Let an account that was locked out after wrong tries be tried again now."""
    database.open_house()
    from goldenhour.access.live import services  # noqa: PLC0415 -- Models exist only once the database is open.

    services.lock_lift(account=name, at=_now(), actor=actor)
    out.print(f"{name} may be tried again.")


@app.command()
def password(name: Name, *, url: Url = _HERE, actor: Actor = _CONSOLE) -> None:
    """Print a fresh link that sets a password, once. An earlier link is void; the old password holds until then."""
    database.open_house()
    from goldenhour.access.live import services  # noqa: PLC0415 -- Models exist only once the database is open.

    _print_link(services.link_make(account=name, at=_now(), actor=actor), url)
