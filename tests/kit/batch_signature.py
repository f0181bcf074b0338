"""The signature of a batch, as decision 0022 and `docs/reference/formats.md` have it: both halves, from bytes to bytes.

The product leaves the header out of its leaves and does nothing else with it yet; these are what the relay and the
readers will do, and what the committed samples are held against.

A header is, with all numbers big-endian:

    version      1 byte, 1
    key          4 bytes, the hash of the key as in a signed note; the key's name is the records' source
    size         4 bytes, records in the batch: 1 to 65,536
    index        4 bytes, the record's place among them, from 0
    signature    64 bytes, Ed25519 (RFC 8032) over "redress-batch-1", the size (4 bytes) and the root (32 bytes)
    path         32 bytes for each step from leaf to root (RFC 6962, section 2.1.1); how many, size and index say
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from shared.kit.merkle import BATCH_SIGNATURE, SigningKey, VerifyKey, leaf_of
from shared.kit.merkle.hashing import HASH_BYTES, node_hash

VERSION: Final = 1
TAG: Final = b"redress-batch-1"
MOST_RECORDS: Final = 65_536
_FIXED: Final = struct.Struct(">B4sII64s")
_SIZE: Final = struct.Struct(">I")
MOST_BYTES: Final = _FIXED.size + 16 * HASH_BYTES
"""Of a header: 589."""

_is_signed: Final = lru_cache(maxsize=1024)(VerifyKey.is_signed)
"""The signature of a batch is verified once, however many of its records are met."""

Headers = Sequence[tuple[str, bytes]]


class BadSignature(ValueError):
    """The header can't be read, or it doesn't sign this record."""


@dataclass(frozen=True, slots=True)
class BatchSignature:
    """What one record's header says."""

    key_hash: bytes
    size: int
    index: int
    signature: bytes
    path: tuple[bytes, ...]

    def encode(self) -> bytes:
        """The bytes of the header."""
        fixed = _FIXED.pack(VERSION, self.key_hash, self.size, self.index, self.signature)
        return fixed + b"".join(self.path)

    @staticmethod
    def decode(header: bytes) -> BatchSignature:
        """What `encode` wrote; there is one way to write it.

        Raises:
            BadSignature: it is something else.
        """
        if not _FIXED.size <= len(header) <= MOST_BYTES:
            raise BadSignature(f"{len(header)} bytes are no signature of a batch")
        version, key_hash, size, index, signature = _FIXED.unpack_from(header)
        if version != VERSION or not 0 <= index < size <= MOST_RECORDS:
            raise BadSignature(f"Version {version}, record {index} of {size}")
        path = tuple(header[at : at + HASH_BYTES] for at in range(_FIXED.size, len(header), HASH_BYTES))
        if len(header) != _FIXED.size + HASH_BYTES * sum(1 for _ in _siblings(index, size)):
            raise BadSignature(f"The path of record {index} of {size} has another length")
        return BatchSignature(key_hash, size, index, signature, path)


def sign_batch(leaves: Sequence[bytes], key: SigningKey) -> list[bytes]:
    """The header of each record of a batch, from their leaf hashes, in their order.

    Raises:
        ValueError: none, or more than `MOST_RECORDS`.
    """
    size = len(leaves)
    if not 0 < size <= MOST_RECORDS:
        raise ValueError(f"A batch has 1 to {MOST_RECORDS} records, not {size}")
    levels = _levels(leaves)
    key_hash, signature = key.verify_key.hash, key.sign(_signed(size, levels[-1][0]))
    return [
        _FIXED.pack(VERSION, key_hash, size, index, signature) + path
        for index, path in enumerate(_paths(levels))
    ]


def verify(headers: Headers, value: bytes, trusted: Iterable[VerifyKey]) -> None:
    """Whether a record was signed, by one of the keys whose name is its source.

    Raises:
        BadSignature: it wasn't, or not once; no trusted key has that name and hash.
    """
    signatures = [content for name, content in headers if name == BATCH_SIGNATURE]
    sources = [content for name, content in headers if name == "ce_source"]
    if (len(signatures), len(sources)) != (1, 1):
        raise BadSignature(f"{len(signatures)} signatures, {len(sources)} sources")
    found = BatchSignature.decode(signatures[0])
    signed = _signed(found.size, _root(found, leaf_of(headers, value)))
    for key in trusted:
        named = key.name.encode() == sources[0] and key.hash == found.key_hash
        if named and _is_signed(key, signed, found.signature):
            return
    raise BadSignature("No trusted key of its source has signed this record")


def _signed(size: int, root: bytes) -> bytes:
    return TAG + _SIZE.pack(size) + root


def _root(found: BatchSignature, leaf: bytes) -> bytes:
    """The root that the path leads to."""
    for sibling, is_left in zip(found.path, _siblings(found.index, found.size), strict=True):
        leaf = node_hash(sibling, leaf) if is_left else node_hash(leaf, sibling)
    return leaf


def _siblings(index: int, size: int) -> Iterator[bool]:
    """Of each step from a leaf to the root whether its sibling is the left one; who stands alone, moves up as it is."""
    last = size - 1
    while last:
        if index & 1 or index < last:
            yield bool(index & 1)
        index, last = index >> 1, last >> 1


def _levels(leaves: Sequence[bytes]) -> list[Sequence[bytes]]:
    """The leaves, their parents, and so on up to the root."""
    levels = [leaves]
    while len(below := levels[-1]) > 1:
        pairs = map(node_hash, below[::2], below[1::2])
        levels.append([*pairs, *below[len(below) - len(below) % 2 :]])
    return levels


def _paths(levels: Sequence[Sequence[bytes]]) -> list[bytes]:
    """Each leaf's path. It goes on as that of its parent, so paths are made from the root down."""
    paths = [b""]
    for level in reversed(levels[:-1]):
        paths = [
            (level[place ^ 1] if place ^ 1 < len(level) else b"") + paths[place >> 1]
            for place in range(len(level))
        ]
    return paths
