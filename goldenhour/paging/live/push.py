"""Web push: this house's keys, and messages encrypted for one browser alone (RFC 8291, RFC 8292, by `webpush`)."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.conf import settings
from webpush import WebPush, WebPushSubscription
from webpush.vapid import VAPID

from goldenhour.errors import BadInput, Refused

PRIVATE, PUBLIC = "push_private.pem", "push_public.pem"  # In the data folder.
LASTS_S = 600  # For so long the push service keeps a page for a browser that is off.


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The house's key pair, and whom a push service may write to about it."""

    private: Path
    public: Path

    @property
    def application(self) -> str:
        """Return the public key as a browser wants it."""
        return _application(self.public.read_bytes())


def make_keys() -> Keys:
    """Make the house's keys, readable by its owner only.

    Raises:
        Refused: there are keys: with new ones every subscription would be void.
    """
    keys = _at(settings.DATA)
    if keys.private.exists():
        raise Refused(
            code="keys_there",
            what=f"There are keys in {keys.private}.",
            do="With new ones nobody's browser would be reached: move them away first if you mean it.",
        )
    private, public, _ = VAPID.generate_keys()
    for file, content in ((keys.public, public), (keys.private, private)):
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(content)
    return keys


def find_keys() -> Keys | None:
    """Return the house's keys, None where nobody made any."""
    keys = _at(settings.DATA)
    return keys if keys.private.exists() and keys.public.exists() else None


def get_keys() -> Keys:
    """Return the house's keys.

    Raises:
        Refused: nobody made any: nothing is pushed.
    """
    found = find_keys()
    if found is None:
        raise Refused(
            code="no_push",
            what="This goldenhour pushes nothing to browsers: it has no keys for it.",
            do="Its operator makes them with `goldenhour paging keys`.",
        )
    return found


def _at(folder: Path) -> Keys:
    return Keys(private=folder / PRIVATE, public=folder / PUBLIC)


@cache
def _application(pem: bytes) -> str:
    return str(VAPID.get_application_server_key(load_pem_public_key(pem)))


def endpoint_of(subscription: Mapping[str, object]) -> str:
    """Return where a browser's subscription leads.

    Raises:
        BadInput: it is no subscription.
        Refused: this house has no keys.
    """
    try:
        endpoint, _, _ = sealed(json.dumps(subscription), {})
    except (ValueError, TypeError):  # Not of that form, or with keys that are none.
        raise BadInput(
            code="bad_subscription",
            what="This is no push subscription of a browser.",
            do="Switch it off and on again on this device.",
            where="subscription",
        ) from None
    return endpoint


def sealed(subscription: str, body: Mapping[str, object]) -> tuple[str, bytes, dict[str, str]]:
    """Return where to post a push message, its encrypted body, and the headers that say who sends it.

    Raises:
        Refused: this house has no keys.
        ValueError: the subscription is none.
    """
    keys = get_keys()
    said = WebPushSubscription.model_validate_json(subscription)
    pusher = WebPush(
        private_key=keys.private, public_key=keys.public, subscriber=settings.GOLDENHOUR_CONTACT, ttl=LASTS_S
    )
    message = pusher.get(json.dumps(body), said)
    headers = {name: str(value) for name, value in message.headers.items()}
    return (
        str(said.endpoint),
        message.encrypted,
        {**headers, "urgency": "high", "content-type": "application/octet-stream"},
    )
