"""The bytes of an event that its leaf stands for: headers and value, as the log holds them.

All headers but one: the batch signature is made anew with every sending, so an event that is sent again, in another
batch or under a new key, has the same leaf (decision 0022). Every part is preceded by its length, so no two events have
the same bytes:

    "redress-leaf-1"                            14 bytes of ASCII
    number of headers covered                   4 bytes, big-endian, as all numbers here
    for each header, in the record's order:
        length of its name, name in UTF-8       4 bytes, then as many
        length of its value, value              4 bytes, then as many
    length of the record's value, value         8 bytes, then as many
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

from shared.kit.merkle.hashing import leaf_hash

TAG: Final = b"redress-leaf-1"
BATCH_SIGNATURE: Final = "redress_batch_signature"
"""The header that no leaf covers; `docs/reference/formats.md` has its bytes."""
_NUMBER: Final = struct.Struct(">I").pack
_LENGTH: Final = struct.Struct(">Q").pack


def covered(headers: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The headers that a leaf covers, in their order."""
    return [header for header in headers if header[0] != BATCH_SIGNATURE]


def leaf_bytes(headers: Sequence[tuple[str, bytes]], value: bytes) -> bytes:
    """An event's headers and value as one unambiguous string of bytes."""
    headers = covered(headers)
    parts = [TAG, _NUMBER(len(headers))]
    for name, content in headers:
        encoded = name.encode()
        parts += (_NUMBER(len(encoded)), encoded, _NUMBER(len(content)), content)
    parts += (_LENGTH(len(value)), value)
    return b"".join(parts)


def leaf_of(headers: Sequence[tuple[str, bytes]], value: bytes) -> bytes:
    return leaf_hash(leaf_bytes(headers, value))
