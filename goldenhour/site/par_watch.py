"""Looks once a second which crew was asked whether it is all right and has not answered in time."""

import logging
import threading

from django.db import connection

from goldenhour.fleet.live.welfare import par_look
from goldenhour.site.clock import get_clock

EVERY_S = 1.0

log = logging.getLogger("goldenhour.site")


def keep_watch() -> threading.Thread:
    """Look now and every second, until this process ends."""

    def go_on() -> None:
        pause = threading.Event()
        while True:
            try:
                par_look(get_clock().at())
            except Exception:
                log.exception("Whether crews answered could not be looked up; trying again.")
            finally:
                connection.close()
            pause.wait(EVERY_S)

    thread = threading.Thread(target=go_on, name="par-watch", daemon=True)
    thread.start()
    return thread
