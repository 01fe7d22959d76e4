"""The keys of personal fields: made when first needed, destroyed when the law says so."""

import os
from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from django.db import connection

from goldenhour.errors import NotFound
from goldenhour.log import codec
from goldenhour.log.event import Event, Recorded, personal_fields
from goldenhour.log.events import KeyDestroyed
from goldenhour.log.live.models import PersonalKey

_KEY_BYTES = 32


def sealed(fact: Event, values: codec.Values, *, about: str) -> codec.Values:
    """Return an event's values with its personal fields as cipher text; makes the key when there is none yet."""
    name = codec.key_name(fact)
    if not name:
        return values
    key = PersonalKey.objects.filter(name=name).first() or PersonalKey.objects.create(
        id=str(uuid4()), name=name, secret=os.urandom(_KEY_BYTES)
    )
    boxes = {
        field: codec.seal(
            values[field],
            key_id=key.id,
            key=bytes(key.secret),
            nonce=os.urandom(codec.NONCE_BYTES),
            about=about,
            field=field,
        )
        for field in personal_fields(type(fact))
    }
    return values | boxes


def ring(values: list[codec.Values]) -> Mapping[str, bytes]:
    """Return the keys that open these stored values, by id. A destroyed one is not among them."""
    ids = {value["key"] for one in values for value in one.values() if codec.is_sealed(value)}
    if not ids:
        return {}
    found = PersonalKey.objects.filter(id__in=ids).values_list("id", "secret")
    return {key_id: bytes(secret) for key_id, secret in found}


def destroy(name: str, *, reason: str, at: datetime, actor: str, agency: str = "") -> Recorded:
    """Destroy a key, such as `call_id/26-0001`: what it sealed can never be read again; the chain stays valid.

    Raises:
        NotFound: there is no such key.
    """
    from goldenhour.log.live.store import writing  # noqa: PLC0415 -- The store seals with this module.

    with writing(f"key/{name}", at=at, actor=actor, agency=agency) as record:
        key = PersonalKey.objects.filter(name=name).first()
        if key is None:
            raise NotFound(
                code="no_such_key",
                what=f"There is no key {name}: nothing personal was recorded under it, or it is destroyed already.",
                do="Check the name: field/value, such as call_id/26-0001.",
            )
        where = record(KeyDestroyed(name=name, key=key.id, reason=reason))
        key.delete()
    _scrub()
    return where


def _scrub() -> None:
    """Make the database let go of the deleted bytes now: out of SQLite's journal, out of PostgreSQL's dead rows."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # The page itself was overwritten (PRAGMA secure_delete).
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute(f"VACUUM {PersonalKey._meta.db_table}")
