"""Signed heads: a few bytes that leave the machine, so that a cut tail or a rewritten whole is found."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from goldenhour.errors import BadInput, Refused
from goldenhour.log import codec
from goldenhour.log.events import KeyDestroyed
from goldenhour.log.live.models import LoggedEvent, LogHead, PersonalKey

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


def _earlier_keys_file() -> Path:
    return Path(settings.DATA) / "log_signing_keys_before"


def own_public_keys() -> set[str]:
    """Return the public keys with which this house signs, and signed before it was restored elsewhere."""
    earlier = _earlier_keys_file()
    found = set(earlier.read_text().split()) if earlier.exists() else set()
    if _key_file().exists():
        found.add(_private_key().public_key().public_bytes_raw().hex())
    return found


def keep_public_keys(keys: set[str]) -> None:
    """Let this house know heads that were signed with these as its own. A restore does."""
    _earlier_keys_file().write_text("\n".join(sorted(keys)) + "\n")


def signed(head: LogHead) -> SignedHead:
    """Sign that the log ends there.

    Raises:
        Refused: the log is empty.
    """
    if head.position == 0:
        raise Refused(code="log_empty", what="The log is empty: nothing is to sign.", do="Sign once it is in use.")
    key = _private_key()
    unsigned = SignedHead(
        epoch=head.epoch,
        position=head.position,
        hash=bytes(head.hash).hex(),
        signed_at=codec.time_text(datetime.now(UTC)),
        public_key=key.public_key().public_bytes_raw().hex(),
        signature="",
    )
    return unsigned._replace(signature=key.sign(unsigned.signed_bytes).hex())


def sign(file: Path | None = None) -> tuple[Path, SignedHead]:
    """Sign where the log ends now and write it to a file, by default under `heads/` in the data folder.

    Raises:
        Refused: the log is empty.
    """
    head = signed(LogHead.objects.get())
    file = file or Path(settings.DATA) / "heads" / f"{head.position:012d}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    gone = _destroyed()
    said = {
        "format": _FORMAT,
        **head._asdict(),
        "destroyed": gone,  # So that a restored house hears which keys an older backup brings back.
        "destroyed_signature": _private_key().sign(_destroyed_bytes(head, gone)).hex(),
    }
    file.write_bytes(orjson.dumps(said, option=orjson.OPT_INDENT_2) + b"\n")
    return file, head


def _destroyed() -> list[list[str]]:
    """Return name and id of every key that was ever destroyed."""
    rows = LoggedEvent.objects.filter(stream__startswith="key/", name=KeyDestroyed.NAME).order_by("position")
    said = [orjson.loads(bytes(payload)) for payload in rows.values_list("payload", flat=True)]
    return [[one["name"], one["key"]] for one in said]


def _destroyed_bytes(head: SignedHead, gone: list[list[str]]) -> bytes:
    return codec.canonical([f"{_FORMAT}: destroyed", head.hash, gone])


def came_back(files: Iterable[Path]) -> set[str]:
    """Return the names of keys that are here and that these heads say were destroyed."""
    gone = {key for file in files for _, key in orjson.loads(file.read_bytes()).get("destroyed", ())}
    return set(PersonalKey.objects.filter(id__in=gone).values_list("name", flat=True))


def read(file: Path) -> SignedHead:
    """Return the signed head in a file.

    Raises:
        BadInput: the file is no signed head, or its signature is not valid.
    """
    try:
        head = checked(orjson.loads(file.read_bytes()))
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


def checked(told: dict[str, Any]) -> SignedHead:
    """Return the head that is told; raises ValueError, TypeError, KeyError or InvalidSignature where it is none."""
    head = SignedHead(**{field: told[field] for field in SignedHead._fields})
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.public_key)).verify(
        bytes.fromhex(head.signature), head.signed_bytes
    )
    if "destroyed" in told:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.public_key)).verify(
            bytes.fromhex(told["destroyed_signature"]), _destroyed_bytes(head, told["destroyed"])
        )
    return head


def kept() -> list[Path]:
    """Return the signed heads in the data folder, oldest first. Copies elsewhere are what counts."""
    return sorted((Path(settings.DATA) / "heads").glob("*.json"))
