r"""The file of a backup: parts, compressed and sealed block by block, so that any size is written and read as a stream.

    goldenhour backup 1\n
    4 bytes, the length of what follows; JSON: how the key is derived, and a value by which a wrong key is told
    blocks: 4 bytes length, AES-256-GCM of up to 1 MiB; the nonce holds the block's number and whether it is the last

Every block is sealed together with the JSON: a block that was changed, moved, left out, or taken from another backup
does not open, and a file without its last block was cut. The key never stands in the file: it comes from a passphrase
(scrypt) or from a key file, with a salt of the file's own, so that no nonce is ever used twice with one key.
"""

import hmac
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from goldenhour.errors import BadInput, Refused

_MAGIC = b"goldenhour backup 1\n"
_SALT, _NUMBER, _TAG, _KEY = 16, 11, 16, 32  # Bytes.
_BLOCK = 1 << 20
_LONGEST_JSON = 1 << 16
_SCRYPT = {"n": 1 << 17, "r": 8, "p": 1}  # 128 MiB and about half a second a try.
_SHORTEST_PASSPHRASE = 16
_LONGEST_KEY = 4096

Header = dict[str, Any]


class Secret(NamedTuple):
    """What opens a backup: a passphrase, or what stands in a key file."""

    kind: str  # passphrase or key-file.
    words: bytes

    def key(self, salt: bytes) -> tuple[bytes, bytes]:
        """Return the key of one file, and the value by which a wrong one is told."""
        stretched = self.words
        if self.kind == "passphrase":
            stretched = Scrypt(salt=salt, length=_KEY, **_SCRYPT).derive(self.words)
        both = HKDF(SHA256(), 2 * _KEY, salt, b"goldenhour backup").derive(stretched)
        return both[:_KEY], both[_KEY:]


def passphrase(text: str) -> Secret:
    """Return the secret of a passphrase.

    Raises:
        BadInput: it is too short to guard what people said in their worst hour.
    """
    words = text.strip()
    if len(words) < _SHORTEST_PASSPHRASE:
        raise BadInput(
            code="short_passphrase",
            where="passphrase",
            what=f"It has fewer than {_SHORTEST_PASSPHRASE} signs.",
            do="Take five or six words that nobody would put together, and write them down where the file is not.",
        )
    return Secret("passphrase", words.encode())


def make_key_file(file: Path) -> None:
    """Write a fresh key that its owner alone can read.

    Raises:
        Refused: there is such a file already.
    """
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise there_already(file) from error
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_hex(_KEY) + "\n")


def key_file(file: Path) -> Secret:
    """Return the secret of a key file.

    Raises:
        BadInput: others may read it, or it holds no key.
    """
    if file.stat().st_mode & 0o077:
        raise BadInput(
            code="open_key_file",
            where=str(file),
            what="Others on this machine may read or change the key.",
            do=f"Run `chmod 600 {file}`.",
        )
    words = file.read_bytes().strip()[:_LONGEST_KEY]
    if len(words) < 2 * _KEY:
        raise BadInput(
            code="no_key",
            where=str(file),
            what="It holds no key.",
            do="Make one with `goldenhour backup --make-key FILE`.",
        )
    return Secret("key-file", words)


def there_already(file: Path) -> Refused:
    """Return the refusal to write over a file."""
    return Refused(
        code="file_there", what=f"There is a file {file} already.", do="Give another name; nothing is overwritten."
    )


# ---------------------------------------------------------------- writing


class Writer:
    """Writes parts into a stream."""

    def __init__(self, to: BinaryIO, secret: Secret) -> None:
        """Begin the file."""
        salt = os.urandom(_SALT)
        key, check = secret.key(salt)
        self._to = to
        self._about = orjson.dumps({"secret": secret.kind, "salt": salt.hex(), "check": check.hex()})
        self._cipher = AESGCM(key)
        self._press = zlib.compressobj(1)
        self._waiting = bytearray()
        self._blocks = 0
        to.write(_MAGIC + len(self._about).to_bytes(4) + self._about)

    def part(self, header: Header, data: Iterable[bytes] = ()) -> None:
        """Write one part: what it is, and its bytes."""
        self._frame(orjson.dumps(header))
        for one in data:
            for start in range(0, len(one), _BLOCK):
                self._frame(one[start : start + _BLOCK])
        self._frame(b"")

    def close(self) -> None:
        """Write the last block, without which a file is known to be cut."""
        self._add(self._press.flush())
        self._block(bytes(self._waiting), last=True)

    def _frame(self, data: bytes) -> None:
        self._add(self._press.compress(len(data).to_bytes(4) + data))

    def _add(self, data: bytes) -> None:
        self._waiting += data
        while len(self._waiting) > _BLOCK:
            self._block(bytes(self._waiting[:_BLOCK]), last=False)
            del self._waiting[:_BLOCK]

    def _block(self, data: bytes, *, last: bool) -> None:
        box = self._cipher.encrypt(_nonce(self._blocks, last=last), data, self._about)
        self._to.write(len(box).to_bytes(4) + box)
        self._blocks += 1


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_NUMBER) + bytes([last])


# ---------------------------------------------------------------- reading


def parts(file: Path, secret: Secret) -> Iterator[tuple[Header, Iterator[bytes]]]:
    """Yield the parts of a backup, each with its bytes, which are to be read before the next.

    Only once all is read is it known that the file is whole.

    Raises:
        Refused: it is no backup, another secret opens it, or it was cut or changed.
    """
    with file.open("rb") as stream:
        frames = _frames(_plain(stream, file, secret))
        for header in frames:
            yield orjson.loads(header), _until_empty(frames)


def _until_empty(frames: Iterator[bytes]) -> Iterator[bytes]:
    while one := next(frames, b""):
        yield one


def _frames(plain: Iterator[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for data in plain:
        held += data
        at = 0
        while len(held) >= (start := at + 4) and len(held) >= (end := start + int.from_bytes(held[at:start])):
            yield bytes(held[start:end])
            at = end
        del held[:at]


def _plain(stream: BinaryIO, file: Path, secret: Secret) -> Iterator[bytes]:
    """Yield what the blocks hold, unpacked."""
    about, cipher = _opened(stream, file, secret)
    unpack, number, last = zlib.decompressobj(), 0, False
    while not last:
        size = int.from_bytes(stream.read(4))
        box = stream.read(min(size, _BLOCK + _TAG))
        following = stream.read(1)
        last = not following
        try:
            data = cipher.decrypt(_nonce(number, last=last), box if len(box) == size else b"", about)
        except (InvalidTag, ValueError) as error:
            raise _broken(file, cipher, box, number, about, last=last) from error
        stream.seek(-len(following), os.SEEK_CUR)
        number += 1
        yield unpack.decompress(data)


def _broken(file: Path, cipher: AESGCM, box: bytes, number: int, about: bytes, *, last: bool) -> Refused:
    """Return the refusal of a block that does not open: the file was cut where it would do as one of the middle."""
    cut = last and len(box) < _TAG
    if last and not cut:
        try:
            cipher.decrypt(_nonce(number, last=False), box, about)
        except (InvalidTag, ValueError):
            pass
        else:
            cut = True
    return Refused(
        code="backup_cut" if cut else "backup_changed",
        what=f"The backup {file} was cut: its end is missing."
        if cut
        else f"The backup {file} was changed or cut: block {number + 1} is not what was written.",
        do="Nothing was restored. Take another copy of it, or an earlier backup.",
    )


def _opened(stream: BinaryIO, file: Path, secret: Secret) -> tuple[bytes, AESGCM]:
    """Read a file's beginning; return what every block is sealed with, and its cipher."""
    no_backup = Refused(
        code="no_backup",
        what=f"{file} is no backup, or its beginning was changed.",
        do="Nothing was restored. Give a file that `goldenhour backup` wrote.",
    )
    if stream.read(len(_MAGIC)) != _MAGIC:
        raise no_backup
    about = stream.read(min(int.from_bytes(stream.read(4)), _LONGEST_JSON))
    try:
        said = orjson.loads(about)
        kind, salt, check = said["secret"], bytes.fromhex(said["salt"]), bytes.fromhex(said["check"])
    except (ValueError, TypeError, KeyError) as error:
        raise no_backup from error
    if kind != secret.kind:
        raise Refused(
            code="other_secret",
            what=f"The backup {file} was sealed with a {'passphrase' if kind == 'passphrase' else 'key file'}.",
            do="Nothing was restored. Give that.",
        )
    key, own = secret.key(salt)
    if not hmac.compare_digest(own, check):
        raise Refused(
            code="wrong_key",
            what=f"The {kind.replace('-', ' ')} does not open {file}: it is another's, or the file was changed.",
            do="Nothing was restored. Check which house's backup it is, and its key.",
        )
    return about, AESGCM(key)
