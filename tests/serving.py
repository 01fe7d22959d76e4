"""A running goldenhour for tests: the same command that people start, on a port and a data folder of its own."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HOUSE = Path(__file__).parents[1]
START_S = 240.0  # The first start makes the county and plays its morning, on a machine with other work to do.


class Running:
    """A server that answers."""

    def __init__(self, port):
        self.port = port

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method, path, body=None, **headers):
        """Return status, headers and body of one request."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        given = {"Content-Type": "application/json", **headers} if body is not None else headers
        line.request(method, path, None if body is None else json.dumps(body), given)
        answer = line.getresponse()
        said = answer.read()
        line.close()
        return answer.status, dict(answer.getheaders()), said

    def get(self, path):
        status, _, said = self.ask("GET", path)
        assert status == 200, said
        return json.loads(said)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server(Running):
    """A server that can be killed and started again in the same house, on the same port."""

    def __init__(self, *arguments, data=None, answers=None):
        """Start it, and wait until it answers."""
        super().__init__(free_port())
        self._arguments, self._data, self._answers = [str(one) for one in arguments], data, answers or _shows_board
        self.start()

    def start(self):
        env = {**os.environ, **({"GOLDENHOUR_DATA": str(self._data)} if self._data else {})}
        for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "GOLDENHOUR_REGION", "GOLDENHOUR_DEMO"):
            env.pop(name, None)
        command = [
            sys.executable,
            "-m",
            "goldenhour.cli",
            "serve",
            "--port",
            str(self.port),
            *self._arguments,
        ]
        self._process = subprocess.Popen(
            command, cwd=HOUSE, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )
        _await(self._process, self.port, self._answers)

    def kill(self):
        """Let every process of it die at once, as when the power fails."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()

    def stop(self):
        self._process.terminate()
        try:
            self._process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            self.kill()


@contextlib.contextmanager
def running(*arguments, data=None, answers=None):
    """Run `goldenhour serve` with these arguments until the block ends.

    `answers` says of a port whether the server there answers; without it, when it shows its board.
    """
    server = Server(*arguments, data=data, answers=answers)
    try:
        yield server
    finally:
        server.stop()


def _shows_board(port):
    return Running(port).ask("GET", "/api/board")[0] == 200


def _await(process, port, answers):
    """Wait until the server answers."""
    give_up = time.monotonic() + START_S
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise AssertionError(process.communicate()[0].decode())
        with contextlib.suppress(OSError, http.client.HTTPException):
            if answers(port):
                return
        time.sleep(0.1)
    process.terminate()
    raise AssertionError(f"No board within {START_S:g} s.\n" + process.communicate()[0].decode())
