"""A running goldenhour for tests: the same command that people start, on a port and a data folder of its own."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parents[1]
START_S = 240.0  # The first start makes the county and plays its morning, on a machine with other work to do.


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    port: int

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


@contextlib.contextmanager
def running(*arguments, data=None):
    """Run `goldenhour serve` with these arguments until the block ends."""
    port = free_port()
    env = {**os.environ, **({"GOLDENHOUR_DATA": str(data)} if data else {})}
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "GOLDENHOUR_REGION", "GOLDENHOUR_DEMO"):
        env.pop(name, None)
    command = [sys.executable, "-m", "goldenhour.cli", "serve", "--port", str(port), *arguments]
    process = subprocess.Popen(command, cwd=HOUSE, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        _await(process, port)
        yield Running(port)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _await(process, port):
    """Wait until the server answers with its board."""
    give_up = time.monotonic() + START_S
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise AssertionError(process.communicate()[0].decode())
        with contextlib.suppress(OSError, http.client.HTTPException):
            if Running(port).ask("GET", "/api/board")[0] == 200:
                return
        time.sleep(0.1)
    process.terminate()
    raise AssertionError(f"No board within {START_S:g} s.\n" + process.communicate()[0].decode())
