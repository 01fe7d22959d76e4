"""The stored form of an event: canonical bytes, the hash chain over them, sealed personal fields, and upcasts.

    digest  = sha256(salt | payload)                        what an excerpt shows in place of another agency's payload
    hash    = sha256(hash before | digest | envelope)       so an excerpt with digests in it still verifies

The chain covers the bytes as they are stored, cipher text and old versions included, never a form made from them.
All of it is pure: keys, salts and nonces are arguments.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple, cast, get_origin, get_type_hints
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from goldenhour.errors import BadInput, Refused
from goldenhour.log.event import Event, Recorded, event_types, personal_fields

GENESIS = bytes(32)  # What stands before the first event.
SALT_BYTES = 16  # Without a salt, a short payload could be guessed from its digest.
NONCE_BYTES = 12
_UUID_VERSION = 7

Values = dict[str, Any]
Upcast = Callable[[Values], Values]

_upcasts: dict[tuple[str, int], Upcast] = {}
_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def upcasts(name: str, *, from_version: int) -> Callable[[Upcast], Upcast]:
    """Register how the values of an old version become those of the next. Stored bytes stay as they are.

    Raises:
        ValueError: that step is there already.
    """

    def register(step: Upcast) -> Upcast:
        if (name, from_version) in _upcasts:
            msg = f"The upcast of {name} from version {from_version} is defined twice."
            raise ValueError(msg)
        _upcasts[name, from_version] = step
        return step

    return register


def canonical(value: object) -> bytes:
    """Return the one JSON text of plain values, as UTF-8: keys sorted, no spaces, shortest floats.

    Raises:
        BadInput: text that is no text (half of a surrogate pair), or a number that is no number.
        TypeError: a value that is not plain; the programmer's mistake.
    """
    try:
        return _encoder.encode(value).encode()
    except ValueError as error:  # NaN, infinity, a lone surrogate, a value that holds itself.
        raise BadInput(
            code="not_storable", what=f"A value cannot be stored ({error}).", do="Enter plain text and finite numbers."
        ) from error


def values_of(fact: Event) -> Values:
    """Return the fields of an event by name."""
    return {one.name: getattr(fact, one.name) for one in fields(cast("Any", fact))}


class _Reader(NamedTuple):
    """How stored values of one name and version become an event."""

    kind: type[Event]  # The newest type of that name.
    steps: tuple[Upcast, ...]
    tuples: tuple[str, ...]  # Fields that JSON gives back as lists and the type has as tuples.


@cache
def _reader(name: str, version: int) -> _Reader:
    newest = max((known for of, known in event_types() if of == name), default=0)
    steps = tuple(_upcasts[name, step] for step in range(version, newest) if (name, step) in _upcasts)
    if version > newest or len(steps) < newest - version:
        raise Refused(
            code="unknown_event",
            what=f"The log holds {name} version {version}, which this goldenhour does not know.",
            do="Run the goldenhour that wrote it, or a newer one.",
        )
    kind = event_types()[name, newest]
    hints = get_type_hints(kind)
    tuples = tuple(one.name for one in fields(cast("Any", kind)) if get_origin(hints[one.name]) is tuple)
    return _Reader(kind, steps, tuples)


def decode(name: str, version: int, values: Values) -> Event:
    """Return the event of stored values, brought up to the newest version of its type.

    Raises:
        Refused: this goldenhour does not know that event or version.
    """
    reader = _reader(name, version)
    for step in reader.steps:
        values = step(values)
    return reader.kind(**values | {key: tuple(values[key]) for key in reader.tuples if key in values})


def time_text(at: datetime) -> str:
    """Return a time as it is stored: UTC, microseconds, always 27 characters, so that text sorts like time.

    >>> time_text(datetime.fromisoformat("2026-03-01T06:02:31-08:00"))
    '2026-03-01T14:02:31.000000Z'
    """
    if at.utcoffset() is None:
        msg = f"A time needs its offset from UTC, got {at.isoformat()}."
        raise ValueError(msg)
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def event_id(text: str) -> str:
    """Return a UUIDv7 in its one spelling.

    Raises:
        BadInput: it is no UUIDv7.
    """
    try:
        one = UUID(text)
    except ValueError:
        one = None
    if one is None or one.version != _UUID_VERSION:
        raise BadInput(code="bad_id", where="id", what=f"{text!r} is no UUIDv7.", do="Send a fresh UUIDv7 per action.")
    return str(one)


def following_id(first: str, count: int) -> str:
    """Return the id of the event `count` places after the first of one command: the same again when it is repeated."""
    if count == 0:
        return first
    tail = hashlib.sha256(f"{first} {count}".encode()).digest()
    made = bytearray(UUID(first).bytes[:6] + tail[:10])  # The time of the first stays in front.
    made[6] = 0x70 | made[6] & 0x0F
    made[8] = 0x80 | made[8] & 0x3F
    return str(UUID(bytes=bytes(made)))


def payload_digest(salt: bytes, payload: bytes) -> bytes:
    """Return what stands for a payload in the chain."""
    return hashlib.sha256(salt + payload).digest()


def chain_hash(before: bytes, digest: bytes, envelope: bytes) -> bytes:
    """Return the hash of an event from the hash before it, its payload's digest and its envelope."""
    return hashlib.sha256(before + digest + envelope).digest()


class Stored(NamedTuple):
    """One row of the log, column by column, as the database holds it."""

    position: int
    id: str
    stream: str
    name: str
    version: int
    at: str
    recorded_at: str
    actor: str
    agency: str
    device: str
    salt: bytes
    payload: bytes
    hash: bytes

    @property
    def envelope(self) -> bytes:
        """The bytes of the envelope that the chain covers: all but salt, payload and hash."""
        return canonical(self[:10])

    @property
    def digest(self) -> bytes:
        """What stands for the payload in the chain."""
        return payload_digest(self.salt, self.payload)

    @property
    def where(self) -> Recorded:
        """The envelope, as the rooms read it."""
        return Recorded(
            position=self.position,
            id=self.id,
            stream=self.stream,
            name=self.name,
            version=self.version,
            at=datetime.fromisoformat(self.at),
            recorded_at=datetime.fromisoformat(self.recorded_at),
            actor=self.actor,
            agency=self.agency,
            device=self.device,
        )

    def follows(self, before: bytes) -> bool:
        """Return whether the stored hash is that of this row after the one with the hash `before`."""
        return self.hash == chain_hash(before, self.digest, self.envelope)


def key_name(fact: Event) -> str:
    """Return the name of the key that seals an event's personal fields, such as `call_id/26-0001`; "" for none."""
    if not personal_fields(type(fact)):
        return ""
    return f"{fact.PERSONAL_KEY}/{getattr(fact, fact.PERSONAL_KEY)}"


def seal(text: str, *, key_id: str, key: bytes, nonce: bytes, about: str, field: str) -> dict[str, str]:
    """Return a personal field's stored form: which key, and the cipher text bound to this event id and field."""
    box = nonce + AESGCM(key).encrypt(nonce, text.encode(), f"{about} {field}".encode())
    return {"key": key_id, "sealed": b64encode(box).decode()}


def is_sealed(value: object) -> bool:
    """Return whether a stored value is a sealed personal field."""
    return isinstance(value, dict) and value.keys() == {"key", "sealed"}


def opened(values: Values, *, keys: Mapping[str, bytes], about: str) -> Values:
    """Return stored values with their personal fields readable; "" where the key is destroyed.

    Raises:
        cryptography.exceptions.InvalidTag: the cipher text is not the one that was sealed for this event and field.
    """
    out = dict(values)
    for field, value in values.items():
        if is_sealed(value):
            key, box = keys.get(value["key"]), b64decode(value["sealed"])
            if key is None:
                out[field] = ""
            else:
                cipher = AESGCM(key)
                out[field] = cipher.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], f"{about} {field}".encode()).decode()
    return out
