"""Signing what goes to a webhook, and checking it there: only Python's own library, so a receiver may copy this file.

    Goldenhour-Signature: t=1772402551,v1=5257a869...,v1=8e1f...

Each v1 is the HMAC-SHA256, in hex, of `t`, a full stop and the body's bytes, under one secret that is valid now. While
a secret is being replaced there are two, and a receiver that knows either finds its own. `t` is when this attempt was
signed, in seconds since 1970, so that an old request cannot be played again later; within the tolerance a receiver
drops what it has had by the message's id.
"""

import hashlib
import hmac
from collections.abc import Sequence

HEADER = "Goldenhour-Signature"
TOLERANCE_S = 300
_MOST_CHARACTERS = 1000


def signature(body: bytes, *, secrets: Sequence[str], at_s: int) -> str:
    """Return the header of a body that is sent at a time (seconds since 1970), signed with every valid secret."""
    return ",".join([f"t={at_s}", *(f"v1={_mac(body, secret, at_s)}" for secret in secrets)])


def why_not_genuine(
    body: bytes, header: str, *, secrets: Sequence[str], at_s: int, tolerance_s: int = TOLERANCE_S
) -> str:
    """Return why a request must not be believed, in words; "" when it is genuine.

    Args:
        body: the bytes as they came, before anything reads them.
        header: the Goldenhour-Signature header as it came.
        secrets: all that are valid here: while one is replaced, the old and the new.
        at_s: the receiver's clock, seconds since 1970.
        tolerance_s: how far the two clocks, and the way, may be apart.

    Every secret is held against every signature, and each comparison takes as long whether it fits or not.
    """
    if len(header) > _MOST_CHARACTERS:
        return "the signature is too long"
    parts = [one.partition("=") for one in header.split(",")]
    said = [value for name, _, value in parts if name.strip() == "t"]
    given = [value.strip().encode() for name, _, value in parts if name.strip() == "v1"]
    if len(said) != 1 or not (said[0].isascii() and said[0].isdigit()) or not given:
        return "there is no signature of a kind known here"
    then_s = int(said[0])
    wanted = [_mac(body, secret, then_s).encode() for secret in secrets]
    fits = [hmac.compare_digest(mine, theirs) for mine in wanted for theirs in given]
    if not any(fits):
        return "the signature does not fit the body"
    if abs(at_s - then_s) > tolerance_s:
        return "it was signed too long ago, or the clocks are apart"
    return ""


def _mac(body: bytes, secret: str, at_s: int) -> str:
    return hmac.new(secret.encode(), f"{at_s}.".encode() + body, hashlib.sha256).hexdigest()
