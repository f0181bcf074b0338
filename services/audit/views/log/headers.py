"""All headers of an event in one column, in the form of those that its leaf covers (`shared.kit.merkle.leaf`)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

Headers = tuple[tuple[str, bytes], ...]
_NUMBER: Final = struct.Struct(">I")


def pack(headers: Sequence[tuple[str, bytes]]) -> bytes:
    """Their number, then each name and value preceded by its length."""
    parts = [_NUMBER.pack(len(headers))]
    for name, content in headers:
        encoded = name.encode()
        parts += (_NUMBER.pack(len(encoded)), encoded, _NUMBER.pack(len(content)), content)
    return b"".join(parts)


def unpack(packed: bytes) -> Headers:
    """What `pack` was given.

    Raises:
        ValueError: these bytes were not written by it.
    """
    try:
        (number,) = _NUMBER.unpack_from(packed)
        at, headers = _NUMBER.size, []
        for _ in range(number):
            name, at = _part(packed, at)
            content, at = _part(packed, at)
            headers.append((name.decode(), content))
    except struct.error as error:
        raise ValueError("The headers end too early") from error
    if at != len(packed):
        raise ValueError("The headers end too late")
    return tuple(headers)


def _part(packed: bytes, at: int) -> tuple[bytes, int]:
    (length,) = _NUMBER.unpack_from(packed, at)
    start, end = at + _NUMBER.size, at + _NUMBER.size + length
    if end > len(packed):
        raise ValueError("The headers end too early")
    return packed[start:end], end
