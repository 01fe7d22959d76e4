"""Run a command with DATABASE_URL on a PostgreSQL server, or say plainly why not.

In this order: the server that DATABASE_URL names; one of our own, started here and removed afterwards, where
PostgreSQL is installed; one that answers on this machine (trust authentication, user postgres). The tests make and
drop their own databases on it.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

RUNNING = "postgres://postgres@127.0.0.1:5432/postgres"
CARELESS = "-c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off"
MEMORY, ROOM = Path("/dev/shm"), 8 << 30  # noqa: S108 -- What lies there is in a folder of its own.


def in_memory() -> Path | None:
    """Return a folder in memory with room for the tests' databases; None where there is none."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if roomy else None


def installed() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest first, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name), reverse=True)
    found = shutil.which("initdb")
    folders += [Path(found).parent] if found else []
    return next((one for one in folders if (one / "initdb").exists() and (one / "postgres").exists()), None)


def as_nobody_special() -> list[str] | None:
    """Return what to put before a command so that it does not run as root, which PostgreSQL refuses; None: no way."""
    if os.geteuid() != 0:
        return []
    runuser, users = shutil.which("runuser"), {one.pw_name for one in pwd.getpwall()}
    return [runuser, "-u", "postgres", "--"] if runuser and "postgres" in users else None


@contextmanager
def server_of_our_own() -> Iterator[str | None]:
    """Give the address of a server in a folder of its own; None where it cannot be started.

    It does not wait for the disk, and lies in memory where there is room: what a test loses in a power cut is nothing.
    """
    programs, before = installed(), as_nobody_special()
    if programs is None or before is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="goldenhour-postgres-", dir=in_memory()))
    data = folder / "data"

    def do(program: str, *words: str | Path) -> bool:
        command = [*before, programs / program, "-D", data, *words]
        return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0  # noqa: S603

    try:
        if before:
            shutil.chown(folder, "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c max_connections=60 {CARELESS}"
        made = do("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8")
        if made and do("pg_ctl", "start", "-w", "-l", folder / "log", "-o", options):
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        else:
            yield None
    finally:
        do("pg_ctl", "stop", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)


def fault_of(url: str) -> str:
    """Return why a server does not answer; "" when it does."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError as fault:
        return str(fault).strip()
    return ""


def run(url: str) -> int:
    """Run the command given as arguments on a server."""
    return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode  # noqa: S603


def main() -> int:
    """Run the command given as arguments; 0 with a printed reason when there is no server."""
    named = os.environ.get("DATABASE_URL")
    if named:
        fault = fault_of(named)
        if fault:
            print(f"DATABASE_URL names a server that does not answer: {fault}", file=sys.stderr)
            return 1
        return run(named)
    with server_of_our_own() as url:
        if url:
            return run(url)
    if not fault_of(RUNNING):
        return run(RUNNING)
    print("PostgreSQL tests were not run: it is not installed, and no server answers at 127.0.0.1:5432.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
