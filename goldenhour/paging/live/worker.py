"""Delivering what waits: a few threads, one attempt at a time at each destination, never on anybody's time but ours.

    step(at)   record how attempts ended, begin those that are due
    finish(at) the same until nothing is under way

A destination that failed is left alone until its pause is over, and then one message tries it: of those that wait, the
one that was tried least. Destinations that failed share half of the threads, so that the well ones always have the
other. Two processes that deliver do not take the same message: a lease says whose it is. A message is marked only after
it was delivered, so it may go twice when a process dies in between; its id stays the same.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from numpy.random import Generator

from goldenhour.errors import Refused
from goldenhour.log.event import Event
from goldenhour.log.live import feed
from goldenhour.log.live.store import writing
from goldenhour.paging.destinations import Kind
from goldenhour.paging.events import ChannelEnded, MessageDelivered, MessageFailed
from goldenhour.paging.limits import OWN, SHIPPED, load_limits, retrying_on
from goldenhour.paging.live import alerting, composing, push, queries
from goldenhour.paging.live.composing import Content
from goldenhour.paging.live.models import Destination, Lease, Message, MessageState
from goldenhour.paging.live.sending import Mail, Of, Outcome, Parcel, Post, Unsendable
from goldenhour.paging.outbox import Retrying, after_failure
from goldenhour.paging.signing import HEADER, signature
from goldenhour.paging.targets import check_push, target_of
from goldenhour.roads.live import region

ACTOR = "paging"
SLOTS = 8
OVERDUE_S = 20.0  # By the machine's own clock: then an attempt is broken off.
_LEASE = timedelta(seconds=60)
_EXPIRY = timedelta(seconds=5)
_LOOK_S = 1.0
_REST_S = 0.2  # Between two looks, however much the log moves.
_MOST = 200

log = logging.getLogger("goldenhour.paging")


@dataclass(slots=True)
class _UnderWay:
    parcel: Parcel
    done: Future[Outcome]
    begun_s: float
    ailing: bool  # Its destination had failed before.


class Worker:
    """Delivers what waits. One a process; called from one thread."""

    def __init__(self, *, rng: Generator, slots: int = SLOTS) -> None:
        """Begin with nothing under way. `rng` spreads the pauses."""
        self._rng = rng
        self._slots = slots
        self._pool = ThreadPoolExecutor(slots, thread_name_prefix="paging")
        self._under_way: dict[str, _UnderWay] = {}  # By destination.
        self._expired_at: datetime | None = None  # When it was last looked for what is too old.
        self.wake = threading.Event()

    def step(self, at: datetime) -> int:
        """Record what came of attempts, begin what is due; return how many are under way. Waits for nobody outside."""
        self._collect(at)
        self._expire(at)
        self._begin(at)
        return len(self._under_way)

    def finish(self, at: datetime) -> None:
        """Step until nothing is under way and nothing more is due."""
        while self.step(at):
            wait_for([one.done for one in self._under_way.values()], timeout=1.0)

    def close(self) -> None:
        """Let the threads go."""
        for one in self._under_way.values():
            one.parcel.give_up()
        self._pool.shutdown(wait=True)

    # ------------------------------------------------------------ what came of it

    def _collect(self, at: datetime) -> None:
        for one in self._under_way.values():
            if not one.done.done() and time.monotonic() - one.begun_s > OVERDUE_S:
                one.parcel.give_up()
        ended = [one for one in self._under_way.values() if one.done.done()]
        if not ended:
            return
        rule = retrying(at)
        with writing("paging", at=at, actor=ACTOR) as record:
            for one in ended:
                for fact in self._facts(one, at, rule):
                    record(fact)
        Lease.objects.filter(pk__in=[one.parcel.of.message for one in ended]).delete()
        for one in ended:
            del self._under_way[one.parcel.of.destination]

    def _facts(self, one: _UnderWay, at: datetime, rule: Retrying) -> list[Event]:
        of, outcome = one.parcel.of, one.done.result()
        row, destination = queries.find_message(of.message), queries.find_destination(of.destination)
        if row is None or row.state != MessageState.WAITING:  # Somebody else was quicker.
            return []
        if outcome.taken:
            return [
                MessageDelivered(
                    message=of.message, destination=of.destination, attempt=of.attempt, answer=outcome.said
                )
            ]
        failures = (destination.failures if destination else 0) + 1
        verdict = after_failure(
            attempt=of.attempt,
            failures=failures,
            permanent=outcome.permanent,
            at=at,
            rule=rule,
            rng=self._rng,
        )
        failed = MessageFailed(
            message=of.message,
            destination=of.destination,
            attempt=of.attempt,
            why=outcome.said,
            final=verdict.final,
            again_at=_text(verdict.again_at),
            paused_until=_text(verdict.paused_until),
        )
        if outcome.gone and destination is not None and destination.person:
            ended = ChannelEnded(destination=destination.id, person=destination.person, reason="gone")
            return [failed, ended]
        return [failed]

    def _expire(self, at: datetime) -> None:
        """Give up what is too old to help anybody. Looked at every few seconds."""
        if self._expired_at is not None and self._expired_at <= at < self._expired_at + _EXPIRY:
            return
        self._expired_at = at
        limit = at - timedelta(seconds=retrying(at).expires_s)
        old = list(
            Message.objects.filter(state=MessageState.WAITING, queued_at__lt=limit)
            .exclude(destination__in=list(self._under_way))
            .order_by("queued_at")[:_MOST]
        )
        if not old:
            return
        with writing("paging", at=at, actor=ACTOR) as record:
            for row in old:
                record(
                    MessageFailed(
                        message=row.id,
                        destination=row.destination,
                        attempt=row.attempts,
                        why=f"Too old to help anybody. {row.said}".strip(),
                        final=True,
                        again_at="",
                        paused_until="",
                    )
                )

    # ------------------------------------------------------------ what is due

    def _begin(self, at: datetime) -> None:
        free = self._slots - len(self._under_way)
        ailing = sum(one.ailing for one in self._under_way.values())
        if free <= 0:
            return
        waiting = Message.objects.filter(state=MessageState.WAITING, next_at__lte=at)
        ready = Destination.objects.filter(Q(paused_until=None) | Q(paused_until__lte=at), ended_at=None)
        ready = ready.exclude(pk__in=list(self._under_way))
        due = waiting.filter(destination__in=ready.values("pk")).values_list("destination", flat=True).distinct()
        rows = ready.filter(pk__in=list(due)).order_by("failures", "heard_at", "id")
        for row in rows[: self._slots * 4]:
            if free <= 0:
                return
            if row.failures and ailing >= self._slots // 2:
                return  # The well ones came first.
            one = waiting.filter(destination=row.id).order_by("attempts", "queued_at", "position", "id").first()
            if one is None or not _leased(one.id, at):
                continue
            parcel = _parcel(one, row, at)
            done = self._pool.submit(_carried, parcel)
            done.add_done_callback(lambda _: self.wake.set())
            self._under_way[row.id] = _UnderWay(parcel, done, time.monotonic(), bool(row.failures))
            free, ailing = free - 1, ailing + bool(row.failures)


def _carried(parcel: Parcel) -> Outcome:
    try:
        return parcel.carry()
    except Exception as fault:
        log.exception("A message could not be carried: %s.", type(fault).__name__)
        return Outcome(taken=False, said=f"A fault of goldenhour's own ({type(fault).__name__}).")


def _leased(message: str, at: datetime) -> bool:
    """Return whether the message is ours to deliver now."""
    Lease.objects.filter(pk=message, until__lte=at).delete()
    try:
        with transaction.atomic():
            Lease.objects.create(message=message, until=at + _LEASE)
    except IntegrityError:
        return False
    return True


def _parcel(message: Message, destination: Destination, at: datetime) -> Parcel:
    """Return a message ready to go, or why it is none."""
    of = Of(message.id, destination.id, message.attempts + 1)
    address = queries.address_of(destination)
    if not address:
        return Unsendable(of=of, why="Its address was destroyed.")
    try:
        content = composing.content_of(message, destination, at)
        if destination.kind == Kind.EMAIL:
            return _mail(of, address, content)
        if destination.kind == Kind.PUSH:
            return _push(of, address, content)
        return _post(of, address, content, queries.secrets_of(destination, at))
    except Refused as refused:  # The operator no longer allows the host, or took the keys away.
        return Unsendable(of=of, why=refused.what, permanent=False)
    except Exception as fault:  # One message that cannot be made must not hold the others up.
        log.exception("A message could not be made: %s.", type(fault).__name__)
        return Unsendable(of=of, why=f"A fault of goldenhour's own ({type(fault).__name__}).", permanent=False)


def _mail(of: Of, address: str, content: Content) -> Parcel:
    if not settings.EMAIL_HOST:
        return Unsendable(of=of, why="No mail server is named.", permanent=False)
    return Mail(of=of, address=address, title=content.title, text=content.text)


def _push(of: Of, subscription: str, content: Content) -> Parcel:
    alert = content.body["alert"] or {}
    said = {"id": of.message, "title": content.title, "text": content.text, "tag": alert.get("id", of.message)}
    endpoint, sealed, headers = push.sealed(subscription, said)
    target = check_push(endpoint, allowed=settings.GOLDENHOUR_PAGING_HOSTS)
    return Post(of=of, target=target, body=sealed, headers=headers, may_be_gone=True)


def _post(of: Of, address: str, content: Content, secrets: Sequence[str]) -> Parcel:
    body = json.dumps(content.body, separators=(",", ":"), ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "goldenhour",
        "Goldenhour-Message": of.message,
        HEADER: signature(body, secrets=secrets, at_s=int(time.time())),
    }
    return Post(of=of, target=target_of(address, allowed=settings.GOLDENHOUR_PAGING_HOSTS), body=body, headers=headers)


def _text(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def retrying(at: datetime) -> Retrying:
    """Return how messages are tried on the day of a moment."""
    own = [region.get_region().folder / OWN] if region.is_known() else []
    limits = load_limits((SHIPPED, *(one for one in own if one.exists())))
    return retrying_on(limits, at.astimezone(region.time_zone()).date())


# ---------------------------------------------------------------- in the serving process


def keep_paging(now: Callable[[], datetime], *, deliver: bool, rng: Generator) -> threading.Thread:
    """Deliver what waits, and see to the pages to people on call, until this process ends.

    Args:
        now: the site's clock.
        deliver: whether anything goes outside; a demo's does not.
        rng: for the jitter.
    """
    worker = Worker(rng=rng)
    feed.listen(lambda _position: worker.wake.set())
    rest = threading.Event()

    def go_on() -> None:
        while True:
            worker.wake.clear()
            try:
                alerting.step(now())
                if deliver:
                    worker.step(now())
            except Exception:
                log.exception("Paging could not go on; trying again.")
            finally:
                connection.close()
            rest.wait(_REST_S)
            worker.wake.wait(_LOOK_S)

    thread = threading.Thread(target=go_on, name="paging", daemon=True)
    thread.start()
    return thread
