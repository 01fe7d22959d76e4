"""Follows the log: when a unit comes free, who should go to the calls of the hold queue is asked anew, at once."""

import logging
import threading
import time

from django.db import connection

from goldenhour.dispatch.live.holding import anybody_waits, ask_again
from goldenhour.fleet.status import Stamp
from goldenhour.log.event import Event, Recorded
from goldenhour.log.live import feed
from goldenhour.site.clock import get_clock

LOOK_S = 1.0  # What other processes wrote is not heard, so it looks by itself as well.
TOGETHER_S = 0.25  # Units that come free within it are one reason to ask.
_NEWEST = 200
_NAMES = {"fleet.time_stamped", "fleet.unit_on_duty", "dispatch.unit_cleared"}
_FREES = {Stamp.BACK_IN_SERVICE, Stamp.CANCELLED, Stamp.AT_HOME}

log = logging.getLogger("goldenhour.site")


def frees(where: Recorded, fact: Event) -> bool:
    """Return whether a fact says that a unit may be sent again."""
    if where.name == "fleet.time_stamped":
        return getattr(fact, "stamp", "") in _FREES
    return where.name in _NAMES


class HoldWatch:
    """Reads the log on from a position."""

    def __init__(self) -> None:
        """Begin where the log ends now."""
        self._after = feed.head().position

    def look(self) -> list[str]:
        """Take in what was written since; return the calls for which somebody new should go."""
        head, last = feed.head().position, None  # A restored log may end earlier than it did.
        if head > self._after and anybody_waits():
            freed = feed.read_named(_NAMES, self._after, head, _NEWEST)
            last = next((where for where, fact in freed if frees(where, fact)), None)
        self._after = head
        return list(ask_again(last.id, get_clock().at())) if last else []


def keep_watch() -> threading.Thread:
    """Follow the log until this process ends."""

    def go_on() -> None:
        watch: HoldWatch | None = None
        heard = 0
        while True:
            looked = time.monotonic()
            try:
                watch = watch or HoldWatch()
                watch.look()
            except Exception:
                log.exception("The hold queue could not be asked anew; trying again.")
            finally:
                connection.close()
            heard = feed.wait(heard, LOOK_S)
            time.sleep(max(0.0, looked + TOGETHER_S - time.monotonic()))

    thread = threading.Thread(target=go_on, name="hold-watch", daemon=True)
    thread.start()
    return thread
