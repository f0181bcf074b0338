"""Bytes of any length, sealed in chunks that can't be changed, moved, left out or cut off (the STREAM construction).

Stored are 7 random bytes, then for each chunk of 1 MiB (the last may be shorter, and is there even if it is empty)
its AES-256-GCM ciphertext and tag. A chunk's nonce is those 7 bytes, its number from 0 (4 bytes, big-endian) and a byte
that is 1 for the last chunk, 0 for every other. Each is bound to the same associated data. Two chunks at most are in
memory.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.kit.keyring.errors import Spoiled

CHUNK: Final = 1024 * 1024
"""Bytes of plain text in every chunk but the last."""
_PREFIX: Final = 7
_TAG: Final = 16
Bytes = AsyncIterator[bytes]


async def sealed(plain: Bytes, secret: bytes, bound_to: bytes) -> Bytes:
    """The sealed form, piece by piece."""
    cipher, prefix, number = AESGCM(secret), os.urandom(_PREFIX), 0
    yield prefix
    async for chunk, last in _cut(plain, CHUNK):
        yield await asyncio.to_thread(cipher.encrypt, _nonce(prefix, number, last=last), chunk, bound_to)
        number += 1


async def opened(stored: Bytes, secret: bytes, bound_to: bytes) -> Bytes:
    """What was sealed, piece by piece; each is proven before it is given.

    Raises:
        Spoiled: it is not what was sealed, or not bound to this.
    """
    cipher, number = AESGCM(secret), 0
    prefix, rest = await _prefix(stored)
    async for chunk, last in _cut(rest, CHUNK + _TAG):
        try:
            yield await asyncio.to_thread(cipher.decrypt, _nonce(prefix, number, last=last), chunk, bound_to)
        except (InvalidTag, ValueError):
            raise Spoiled(f"Chunk {number} is not what was sealed here") from None
        number += 1


async def pieces(data: bytes) -> Bytes:
    """Bytes that are in memory already, as a stream."""
    for start in range(0, len(data), CHUNK):
        yield data[start : start + CHUNK]


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


async def _cut(stream: Bytes, size: int) -> AsyncIterator[tuple[bytes, bool]]:
    """The stream in stretches of that size, each with whether it is the last; the last may be shorter, or empty."""
    held = bytearray()
    async for piece in stream:
        held += piece
        while len(held) > size:
            yield bytes(held[:size]), False
            del held[:size]
    yield bytes(held), True


async def _prefix(stored: Bytes) -> tuple[bytes, Bytes]:
    held = b""
    async for piece in stored:
        held += piece
        if len(held) >= _PREFIX:
            break
    if len(held) < _PREFIX:
        raise Spoiled("There is too little to be what was sealed")
    return held[:_PREFIX], _after(held[_PREFIX:], stored)


async def _after(first: bytes, stored: Bytes) -> Bytes:
    yield first
    async for piece in stored:
        yield piece
