"""A tree that grows by a leaf at a time and remembers only its right edge: log2 n hashes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from shared.kit.merkle.hashing import node_hash
from shared.kit.merkle.ranges import Node, root_of


class NewNode(NamedTuple):
    """A subtree that has just become complete, to be stored as a row; it never changes again."""

    node: Node
    hash: bytes


class Frontier:
    """The complete subtrees of a tree, the largest and leftmost first: one for each 1 in its size's bits."""

    __slots__ = ("_hashes", "size")

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        """Empty, or as `size` and `hashes` of an earlier one were kept.

        Raises:
            ValueError: a tree of that size has another number of hashes.
        """
        if size < 0 or len(hashes) != size.bit_count():
            raise ValueError(f"{len(hashes)} hashes are not the frontier of {size} leaves")
        self.size = size
        self._hashes = list(hashes)

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """What to keep beside `size`: the hashes of `Range(0, size).nodes()`, in that order."""
        return tuple(self._hashes)

    def append(self, leaf: bytes) -> list[NewNode]:
        """Adds a leaf by its hash; the nodes that it completes, itself first. One hashing on average."""
        level, position, completed = 0, self.size, leaf
        new = [NewNode(Node(level, position), completed)]
        while position & 1:
            completed = node_hash(self._hashes.pop(), completed)
            level, position = level + 1, position >> 1
            new.append(NewNode(Node(level, position), completed))
        self._hashes.append(completed)
        self.size += 1
        return new

    def root(self) -> bytes:
        return root_of(self._hashes)
