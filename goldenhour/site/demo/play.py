"""The demo's driver as a process: follows the feed of a running server and plays the script on it.

    python -m goldenhour.site.demo.play PORT SCRIPT

Ends when the process that started it ends. Standard library only.
"""

import http.client
import json
import os
import queue
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from goldenhour.site.demo.driver import Driver, seconds

_HEADERS = {"Goldenhour-Actor": "demo-driver", "Content-Type": "application/json"}
_TIMEOUT_S = 30.0
_PAUSE_S = 0.5  # Before a lost line is taken up again.
_NEVER_LONGER_S = 0.25

Message = tuple[str, Any]


class HttpDesk:
    """Reaches the endpoints over the loopback, as any program may."""

    def __init__(self, port: int) -> None:
        """Talk to the server on this machine's `port`."""
        self._port = port
        self._line: http.client.HTTPConnection | None = None

    def get(self, path: str) -> tuple[int, Any]:
        """Return status and body."""
        return self._ask("GET", path, None)

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Return status and body. Sent once more when the line broke: the id makes that harmless."""
        return self._ask("POST", path, json.dumps(body))

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, Any]:
        for last_try in (False, True):
            if self._line is None:
                self._line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_TIMEOUT_S)
            try:
                self._line.request(method, path, body, _HEADERS)
                answer = self._line.getresponse()
                said = answer.read()
            except (OSError, http.client.HTTPException):
                self._line.close()
                self._line = None
                if last_try:
                    raise
            else:
                return answer.status, json.loads(said) if said else None
        raise AssertionError


def follow(port: int, after: int, epoch: str) -> Iterator[Message]:
    """Yield the feed's messages from a position on, until the line breaks."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
    line.request("GET", f"/api/feed?after={after}&epoch={epoch}", headers=_HEADERS)
    answer = line.getresponse()
    name, data = "", ""
    while raw := answer.readline():
        text = raw.decode().rstrip("\n")
        if text.startswith("event: "):
            name = text[7:]
        elif text.startswith("data: "):
            data = text[6:]
        elif not text and data:
            yield name, json.loads(data)
            name, data = "", ""


class _SimClock:
    """The demo's clock as last heard."""

    def __init__(self, clock: dict[str, Any]) -> None:
        self.hear(clock)

    def hear(self, clock: dict[str, Any]) -> None:
        self._at_s, self._heard = seconds(clock["at"]), time.monotonic()
        self.speed = 0.0 if clock["paused"] else float(clock["speed"])

    def now_s(self) -> float:
        return self._at_s + (time.monotonic() - self._heard) * self.speed


def play(port: int, script: Path) -> None:
    """Play until the process that started this one is gone."""
    desk, parent = HttpDesk(port), os.getppid()
    driver = Driver(desk, json.loads(script.read_text()))
    while os.getppid() == parent:
        try:
            _play_on(desk, driver, port, parent)
        except (OSError, http.client.HTTPException):
            time.sleep(_PAUSE_S)  # The server is starting, or restarting.
        except Exception as fault:  # noqa: BLE001 -- The county must not stand still: begin anew at the board.
            print(f"demo: {type(fault).__name__} while playing; beginning anew at the board.", file=sys.stderr)  # noqa: T201
            time.sleep(10 * _PAUSE_S)


def _play_on(desk: HttpDesk, driver: Driver, port: int, parent: int) -> None:
    """Take the board, and play on from there until the feed breaks or begins anew."""
    status, board = desk.get("/api/board")
    if status != 200 or not board["demo"]:  # noqa: PLR2004
        raise OSError(status)
    clock, heard = _SimClock(board["clock"]), queue.Queue[Message | None]()
    driver.begin(board)

    def listen() -> None:
        try:
            for one in follow(port, board["position"], board["epoch"]):
                heard.put(one)
        except (OSError, http.client.HTTPException, ValueError):
            pass
        finally:
            heard.put(None)

    threading.Thread(target=listen, daemon=True).start()
    while os.getppid() == parent:
        if driver.act(clock.now_s()):
            wait_s = 0.0
        else:
            left_s = (driver.next_s() - clock.now_s()) / clock.speed if clock.speed else _NEVER_LONGER_S
            wait_s = min(max(left_s, 0.0), _NEVER_LONGER_S)
        if not _hear_all(heard, wait_s, clock, driver):
            return


def _hear_all(heard: "queue.Queue[Message | None]", wait_s: float, clock: _SimClock, driver: Driver) -> bool:
    """Take in what was said, waiting for the first word; return whether the feed goes on."""
    try:
        one = heard.get(timeout=wait_s) if wait_s else heard.get_nowait()
        while True:
            if one is None or one[0] == "reset":
                return False
            if one[0] == "clock":
                clock.hear(one[1])
            else:
                driver.hear(one[1], clock.now_s())
            one = heard.get_nowait()
    except queue.Empty:
        return True


if __name__ == "__main__":
    play(int(sys.argv[1]), Path(sys.argv[2]))
