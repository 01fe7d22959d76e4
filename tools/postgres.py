"""Run a command with DATABASE_URL on a PostgreSQL server, or say plainly why not.

The server is the one that DATABASE_URL names, else the one on this machine (trust authentication, user postgres).
The tests make and drop their own databases on it.
"""

import os
import subprocess
import sys

import psycopg

DEFAULT = "postgres://postgres@127.0.0.1:5432/postgres"


def main() -> int:
    """Run the command given as arguments; 0 with a printed reason when no server answers."""
    url = os.environ.get("DATABASE_URL", DEFAULT)
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError as fault:
        if "DATABASE_URL" in os.environ:
            print(f"DATABASE_URL names a server that does not answer: {fault}", file=sys.stderr)
            return 1
        print("PostgreSQL tests were not run: no server answers at 127.0.0.1:5432. Start one, or set DATABASE_URL.")
        return 0
    return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
