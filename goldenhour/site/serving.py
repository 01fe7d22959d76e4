"""The site as `goldenhour serve` runs it: prepared before it answers.

Environment, set by the command:
    GOLDENHOUR_DEMO   when a demo's clock opens (ISO time); absent, the clock is the wall's
    GOLDENHOUR_SPEED  how fast a demo's clock runs at first
    GOLDENHOUR_PRINT_BOARD  the folder to which the board for printing is written every minute; absent, it is not
"""

import gc
import logging
import os
import sys
import threading
from datetime import datetime
from pathlib import Path

from goldenhour.errors import Refused
from goldenhour.site.asgi import application
from goldenhour.site.clock import Clock, get_clock, set_clock

__all__ = ["application"]

log = logging.getLogger("goldenhour.site")
_LOT = 10_000  # New objects between two looks.
# How long a thread that computes keeps the interpreter from one that waits for it. A command asks the database a dozen
# times while the log is locked for it, and would wait so long after each answer: with Python's 5 ms, a busy house's log
# was locked all the time.
_TURN_S = 0.0005


def _prepare() -> None:
    from goldenhour.log.live import database, store  # noqa: PLC0415 -- Models exist only once Django is set up.
    from goldenhour.roads.live import region  # noqa: PLC0415
    from goldenhour.site.accounts.sessions import forget_ended  # noqa: PLC0415
    from goldenhour.site.opening import open_region  # noqa: PLC0415

    opens = os.environ.get("GOLDENHOUR_DEMO", "")
    if opens:
        set_clock(Clock(datetime.fromisoformat(opens), speed=float(os.environ.get("GOLDENHOUR_SPEED", "1"))))
        store.begin_epoch(reason="a fresh demo", at=get_clock().at(), actor="demo")
        return
    database.migrate()
    _insist_on_accounts()
    forget_ended()
    if region.is_known():
        open_region(at=get_clock().at())


def _insist_on_accounts() -> None:
    from goldenhour.access.live.queries import any_account  # noqa: PLC0415 -- Needs Django set up.

    if os.environ.get("GOLDENHOUR_OUTSIDE") and not any_account():
        raise Refused(
            code="no_accounts",
            what="This goldenhour has no accounts yet, and is to listen beyond this machine.",
            do="Make the first one: goldenhour accounts add NAME --role administrator.",
        )


def _warm() -> None:
    """Open the region and make the first board while the first browser is still on its way."""
    from django.db import connection  # noqa: PLC0415 -- Needs Django set up.

    from goldenhour.roads.live import region  # noqa: PLC0415
    from goldenhour.site.api import picture  # noqa: PLC0415

    try:
        picture()
        if region.is_known():
            region.get_region().gazetteer.warm()  # Nobody waits for the index of places at the first key.
    except Exception:
        log.exception("The first board, or the index of places, could not be made.")
    finally:
        connection.close()
        _settle()


def _settle() -> None:
    """Take turns quickly, and look through what the house is made of for garbage no more: a quarter of all work.

    While it is looked through everybody waits, so what a request leaves behind is collected in larger lots as well.
    """
    sys.setswitchinterval(_TURN_S)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_LOT, 10, 10)


def _keep_print_board() -> None:
    from goldenhour.site.print_board import keep_every_minute  # noqa: PLC0415 -- Needs Django set up.

    if folder := os.environ.get("GOLDENHOUR_PRINT_BOARD", ""):
        keep_every_minute(Path(folder))


def _ask_crews() -> None:
    from goldenhour.site.par_watch import keep_watch  # noqa: PLC0415 -- Needs Django set up.

    keep_watch()


def _keep_paging() -> None:
    from numpy.random import default_rng  # noqa: PLC0415

    from goldenhour.paging.live.worker import keep_paging  # noqa: PLC0415 -- Needs Django set up.

    demo = bool(os.environ.get("GOLDENHOUR_DEMO", ""))
    keep_paging(lambda: get_clock().at(), deliver=not demo, rng=default_rng())


def _watch_holds() -> None:
    from goldenhour.site.hold_watch import keep_watch  # noqa: PLC0415 -- Needs Django set up.

    keep_watch()


def _prepare_or_stop() -> None:
    """Prepare, or say why not and stop this process."""
    from goldenhour.log.live import database  # noqa: PLC0415 -- Models exist only once Django is set up.

    try:
        with database.faults_in_words():
            _prepare()
    except Refused as refused:
        print(f"{refused.what}\n{refused.do}", file=sys.stderr, flush=True)  # noqa: T201 -- For who started it.
        os._exit(1)  # The server would print a traceback over these words.


_prepare_or_stop()
threading.Thread(target=_warm, name="warm", daemon=True).start()
_keep_print_board()
_ask_crews()
_watch_holds()
_keep_paging()
