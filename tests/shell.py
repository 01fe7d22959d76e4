"""`goldenhour ...` as a person types it: its exit code and what it prints, without a process of its own for each.

`typed` runs in the test's process. `typed_afresh` runs several commands one after another in one new process, for what
must happen before a database is open. That the program starts from a real shell, tests/log/test_cli.py sees.
"""

import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from goldenhour.cli.main import main

HOUSE = Path(__file__).parents[1]


class Answer(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def typed(*words):
    """Run a command in this process. What it does not catch itself is raised, as a shell would show a traceback."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "argv", ["goldenhour", *map(str, words)]):
        try:
            main()
            code = 0
        except SystemExit as done:
            code = done.code or 0
    return Answer(code, out.getvalue(), err.getvalue())


def typed_afresh(env, *commands):
    """Run commands in one new process with that environment; return the answer of each."""
    told = json.dumps([[*map(str, words)] for words in commands])
    done = subprocess.run(
        [sys.executable, "-m", "tests.shell"],
        input=told, env=env, cwd=HOUSE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [Answer(*answer) for answer in json.loads(done.stdout)]


if __name__ == "__main__":
    sys.stdout.write(json.dumps([typed(*words) for words in json.load(sys.stdin)]))
