"""How far a case has come: how many events, and a chain over all of them in order.

A tree over the heads of all cases, ordered by case id, is signed with each checkpoint. Who is given the
events of a case and the inclusion of its head can chain them himself: none was left out or changed places.

    chain of no events          32 zero bytes
    chain of n events           SHA-256(0x02 || chain of n - 1 || leaf hash of event n)
    bytes of a head's leaf      "redress-case-head-1" || case id (16 bytes) || n (8, big-endian) || chain
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shared.kit.merkle.hashing import HASH_BYTES, leaf_hash
from shared.kit.merkle.tree import Tree

TAG: Final = b"redress-case-head-1"


@dataclass(frozen=True, slots=True)
class CaseHead:
    """The state of a case's chain.

    Attributes:
        case: the key of its events.
        count: events so far, in the order of their partition.
        chain: over their leaf hashes.
    """

    case: UUID
    count: int = 0
    chain: bytes = bytes(HASH_BYTES)

    def then(self, leaf: bytes) -> CaseHead:
        """The head after one more event, given by its leaf's hash."""
        return CaseHead(self.case, self.count + 1, hashlib.sha256(b"\x02" + self.chain + leaf).digest())

    def leaf(self) -> bytes:
        return leaf_hash(TAG + self.case.bytes + self.count.to_bytes(8, "big") + self.chain)


def tree_of(heads: Iterable[CaseHead]) -> Tree:
    """The tree over case heads, in the order of their case ids."""
    return Tree(head.leaf() for head in sorted(heads, key=lambda head: head.case.bytes))
