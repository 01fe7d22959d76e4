"""Signed heads: a few bytes that leave the machine, so that a cut tail or a rewritten whole is found."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from goldenhour.errors import BadInput, Refused
from goldenhour.log import codec
from goldenhour.log.live.models import LogHead

_FORMAT = "goldenhour signed head 1"
_KEY_BYTES = 32


class SignedHead(NamedTuple):
    """What the log's end was, as signed at some time."""

    epoch: str
    position: int
    hash: str  # Hexadecimal.
    signed_at: str
    public_key: str  # Hexadecimal, Ed25519.
    signature: str

    @property
    def signed_bytes(self) -> bytes:
        """The bytes under the signature."""
        return codec.canonical([_FORMAT, *self[:-1]])


def _key_file() -> Path:
    return Path(settings.DATA) / "log_signing_key"


def _private_key() -> Ed25519PrivateKey:
    """Return the key kept in the data folder; made at first use."""
    try:
        handle = os.open(_key_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(_key_file().read_text()))
    with os.fdopen(handle, "w") as out:
        out.write(os.urandom(_KEY_BYTES).hex())
    return _private_key()


def own_public_key() -> str | None:
    """Return this house's public key, or None where it has never signed."""
    return _private_key().public_key().public_bytes_raw().hex() if _key_file().exists() else None


def sign(file: Path | None = None) -> tuple[Path, SignedHead]:
    """Sign where the log ends now and write it to a file, by default under `heads/` in the data folder.

    Raises:
        Refused: the log is empty.
    """
    head = LogHead.objects.get()
    if head.position == 0:
        raise Refused(code="log_empty", what="The log is empty: nothing is to sign.", do="Sign once it is in use.")
    key = _private_key()
    signed = SignedHead(
        epoch=head.epoch,
        position=head.position,
        hash=bytes(head.hash).hex(),
        signed_at=codec.time_text(datetime.now(UTC)),
        public_key=key.public_key().public_bytes_raw().hex(),
        signature="",
    )
    signed = signed._replace(signature=key.sign(signed.signed_bytes).hex())
    file = file or Path(settings.DATA) / "heads" / f"{head.position:012d}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(orjson.dumps({"format": _FORMAT, **signed._asdict()}, option=orjson.OPT_INDENT_2) + b"\n")
    return file, signed


def read(file: Path) -> SignedHead:
    """Return the signed head in a file.

    Raises:
        BadInput: the file is no signed head, or its signature is not valid.
    """
    try:
        told: dict[str, Any] = orjson.loads(file.read_bytes())
        head = SignedHead(**{field: told[field] for field in SignedHead._fields})
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.public_key)).verify(
            bytes.fromhex(head.signature), head.signed_bytes
        )
    except OSError as error:
        raise BadInput(
            code="no_file", where=str(file), what=f"It cannot be read ({error.strerror}).", do="Check the path."
        ) from error
    except (ValueError, TypeError, KeyError, InvalidSignature) as error:
        raise BadInput(
            code="bad_head",
            where=str(file),
            what="It is no signed head, or it was changed after it was signed.",
            do="Use the file as `goldenhour log sign-head` wrote it.",
        ) from error
    return head


def kept() -> list[Path]:
    """Return the signed heads in the data folder, oldest first. Copies elsewhere are what counts."""
    return sorted((Path(settings.DATA) / "heads").glob("*.json"))
