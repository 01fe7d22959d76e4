"""An agency's excerpt of the log: others' payloads are replaced by their digests, and the chain still verifies.

A JSON line an event, in order from the first: the ten columns of the envelope, the hash, and either `salt` and
`payload` or, in their place, `digest`. The first line says what it is and for whom.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from goldenhour.errors import BadInput, Refused
from goldenhour.log import codec
from goldenhour.log.codec import Stored

FORMAT = "goldenhour excerpt 1"
_ENVELOPE = Stored._fields[:10]


def lines(rows: Iterable[Stored], *, agency: str, epoch: str) -> Iterator[bytes]:
    """Yield the lines of an agency's excerpt from the rows of the whole log."""
    yield codec.canonical({"format": FORMAT, "agency": agency, "epoch": epoch}) + b"\n"
    for row in rows:
        line: dict[str, Any] = {**dict(zip(_ENVELOPE, row, strict=False)), "hash": row.hash.hex()}
        if row.agency == agency:
            line |= {"salt": row.salt.hex(), "payload": row.payload.decode()}
        else:
            line["digest"] = row.digest.hex()
        yield codec.canonical(line) + b"\n"


def verify(text: Iterable[bytes]) -> tuple[int, str]:
    """Verify an excerpt; return how many events it has, and the last hash to compare with a signed head.

    Raises:
        BadInput: it is no excerpt.
        Refused: it was changed; the first broken position is named.
    """
    count, last = 0, codec.GENESIS
    for number, raw in enumerate(text):
        try:
            line: dict[str, Any] = json.loads(raw)
            if number == 0:
                _insist_on_format(line)
                continue
            whole = _follows(line, count + 1, last)
            last = bytes.fromhex(line["hash"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(
                code="bad_excerpt",
                where=f"line {number + 1}",
                what="It is no line of an excerpt of the log.",
                do="Use the file as `goldenhour log excerpt` wrote it.",
            ) from error
        if not whole:
            raise Refused(
                code="excerpt_broken",
                what=f"Position {count + 1} was changed or is missing in the excerpt.",
                do="Ask for the excerpt anew, and keep this one for those who look into it.",
            )
        count += 1
    return count, last.hex()


def _insist_on_format(line: dict[str, Any]) -> None:
    if line["format"] != FORMAT:
        raise ValueError(line["format"])


def _follows(line: dict[str, Any], position: int, before: bytes) -> bool:
    """Return whether a line stands at a position and has the hash that follows the one before."""
    if "digest" in line:
        digest = bytes.fromhex(line["digest"])
    else:
        digest = codec.payload_digest(bytes.fromhex(line["salt"]), line["payload"].encode())
    envelope = codec.canonical([line[column] for column in _ENVELOPE])
    return bool(line["position"] == position and line["hash"] == codec.chain_hash(before, digest, envelope).hex())
