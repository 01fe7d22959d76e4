"""Follows the log: when a unit comes free, who should go to the calls of the hold queue is asked anew, at once."""

import logging
import threading

from django.db import connection

from goldenhour.dispatch.live.holding import ask_again
from goldenhour.fleet.status import Stamp
from goldenhour.log.event import Event, Recorded
from goldenhour.log.live import feed
from goldenhour.site.clock import get_clock

LOOK_S = 1.0  # What other processes wrote is not heard, so it looks by itself as well.
_FEW = 200
_FREES = {Stamp.BACK_IN_SERVICE, Stamp.CANCELLED, Stamp.AT_HOME}

log = logging.getLogger("goldenhour.site")


def frees(where: Recorded, fact: Event) -> bool:
    """Return whether a fact says that a unit may be sent again."""
    if where.name == "fleet.time_stamped":
        return getattr(fact, "stamp", "") in _FREES
    return where.name in {"fleet.unit_on_duty", "dispatch.unit_cleared"}


class HoldWatch:
    """Reads the log on from a position."""

    def __init__(self) -> None:
        """Begin where the log ends now."""
        self._after = feed.head().position

    def look(self) -> list[str]:
        """Take in what was written since; return the calls for which somebody new should go."""
        last: Recorded | None = None
        while facts := feed.read_from(self._after, _FEW):
            last = next((where for where, fact in reversed(facts) if frees(where, fact)), last)
            self._after = facts[-1][0].position
        self._after = min(self._after, feed.head().position)  # A restored log may end earlier.
        return list(ask_again(last.id, get_clock().at())) if last else []


def keep_watch() -> threading.Thread:
    """Follow the log until this process ends."""

    def go_on() -> None:
        watch: HoldWatch | None = None
        heard = 0
        while True:
            try:
                watch = watch or HoldWatch()
                watch.look()
            except Exception:
                log.exception("The hold queue could not be asked anew; trying again.")
            finally:
                connection.close()
            heard = feed.wait(heard, LOOK_S)

    thread = threading.Thread(target=go_on, name="hold-watch", daemon=True)
    thread.start()
    return thread
