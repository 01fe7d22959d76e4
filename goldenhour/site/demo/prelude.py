"""The hours before the page opens: the driver plays them through the endpoints, as fast as they will go.

    python -m goldenhour.site.demo.prelude SCRIPT_FOLDER HOURS SEED

The result is a data folder that each start of the demo copies: a running county with a morning's measures.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from goldenhour.errors import Refused
from goldenhour.log.live import database
from goldenhour.site.clock import Clock, get_clock, set_clock
from goldenhour.site.demo.driver import Driver

OPENED = "opened.json"
SCRIPT = "script.json"
_A_TUESDAY = (2026, 5, 5, 5)  # 05:00 by the county's own clock: the night is quiet, the morning fills up.


class InnerDesk:
    """Reaches the endpoints without a network."""

    def __init__(self) -> None:
        """Call as the driver, from this machine."""
        from django.test import Client  # noqa: PLC0415 -- Needs Django set up.

        self._client = Client(headers={"Host": "localhost", "Goldenhour-Actor": "demo-driver"})

    def get(self, path: str) -> tuple[int, Any]:
        """Return status and body."""
        response = self._client.get(path)
        return response.status_code, response.json()

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Return status and body."""
        response = self._client.post(path, json.dumps(body), content_type="application/json")
        return response.status_code, response.json() if response.content else None


def play_prelude(folder: Path, *, hours: float, seed: int) -> datetime:
    """Fill the (empty, migrated) database with the hours before the page opens; return when it opens.

    Args:
        folder: the demo's data folder, where the script and the moment of opening are written.
        hours: how many to play.
        seed: of the script.
    """
    from goldenhour.roads.live.region import get_region  # noqa: PLC0415 -- Needs Django set up.
    from goldenhour.site.demo.crews import open_crews  # noqa: PLC0415
    from goldenhour.site.demo.people import open_people, people_of  # noqa: PLC0415
    from goldenhour.site.demo.script import write_script  # noqa: PLC0415
    from goldenhour.site.demo.training import open_training  # noqa: PLC0415
    from goldenhour.site.opening import open_region  # noqa: PLC0415

    region = get_region()
    start = datetime(*_A_TUESDAY, tzinfo=ZoneInfo(region.time_zone))
    write_script(region, start, people=people_of(region, at=start, seed=seed), seed=seed, to=folder / SCRIPT)
    clock = Clock(start, paused=True)
    set_clock(clock)
    open_region(at=clock.at())
    people = open_people(region, at=start, seed=seed)
    open_crews(region, people, at=start)
    open_training(region, people, at=start)
    driver = Driver(desk := InnerDesk(), json.loads((folder / SCRIPT).read_text()))
    _, board = desk.get("/api/board")
    driver.begin(board)
    end = start + timedelta(hours=hours)
    play_on(driver, board["position"], until=end)
    (folder / OPENED).write_text(json.dumps({"at": end.isoformat()}))
    return end


def play_on(driver: Driver, position: int, *, until: datetime) -> None:
    """Let the driver do all that is due until then, the site's paused clock leaping from one thing to the next.

    Args:
        driver: has begun at a board.
        position: of that board.
        until: when to stop.
    """
    from goldenhour.paging.live import alerting  # noqa: PLC0415 -- Needs Django set up.
    from goldenhour.site.follow import LogSource  # noqa: PLC0415

    clock, source = get_clock(), LogSource()
    while True:
        while facts := source.read(position, 100):
            for (where, fact), changed in zip(facts, source.changed(facts), strict=True):
                driver.hear(source.fact(where, fact, changed), clock.at().timestamp())
            position = facts[-1][0].position
        due_s = driver.next_s()
        if due_s > until.timestamp():
            clock.leap(max(clock.at(), until))
            return
        clock.leap(max(clock.at(), datetime.fromtimestamp(due_s, UTC)))
        driver.act(due_s)
        alerting.step(clock.at())  # As the serving process does all the time: page again, let volunteers go home.


def main() -> None:
    """Play the prelude into GOLDENHOUR_DATA with GOLDENHOUR_REGION."""
    folder, hours, seed = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    database.connect()
    database.migrate()
    end = play_prelude(folder, hours=hours, seed=seed)
    from django.db import connection  # noqa: PLC0415 -- Needs Django set up.

    from goldenhour.site.accounts.demo import open_demo  # noqa: PLC0415

    guest = json.loads((folder / SCRIPT).read_text())["guest"]
    # Last: outside a demo, a house with accounts is closed to whoever has not signed in.
    open_demo(at=end, volunteer=guest)

    with connection.cursor() as cursor:  # One file, so that a start need only copy it.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


if __name__ == "__main__":
    try:
        with database.faults_in_words():
            main()
    except Refused as refused:
        sys.exit(f"{refused.what}\n{refused.do}")
