"""Which parts of a tree a root or a proof is made of, before any hash is looked at.

Every hash in a proof is the root of a range of leaves, and every such range is a few complete subtrees.
A complete subtree never changes again, so its hash can lie in a row for ever: `Node` is that row's key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.kit.merkle.hashing import EMPTY_ROOT, node_hash


class Node(NamedTuple):
    """A complete subtree: the leaves from `position << level` on, `1 << level` of them. Level 0: one leaf."""

    level: int
    position: int


class Range(NamedTuple):
    """The leaves from `start` up to, not including, `end`; `start` lies where a split of the tree does."""

    start: int
    end: int

    def nodes(self) -> tuple[Node, ...]:
        """The complete subtrees that it consists of, the largest and leftmost first."""
        nodes, start = [], self.start
        while start < self.end:
            level = (self.end - start).bit_length() - 1
            nodes.append(Node(level, start >> level))
            start += 1 << level
        return tuple(nodes)


def inclusion_ranges(index: int, size: int) -> tuple[Range, ...]:
    """The path that proves leaf `index` (from 0) in the tree of `size` leaves, from the leaf up.

    RFC 6962 section 2.1.1.

    Raises:
        ValueError: there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} leaves has no leaf {index}")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(Range(middle, end))
            end = middle
        else:
            path.append(Range(start, middle))
            start = middle
    return tuple(reversed(path))


def needed(ranges: Iterable[Range]) -> frozenset[Node]:
    """The nodes whose hashes `hashes_of` will want: at most (log2 n) squared of them, to be read at once."""
    return frozenset(node for one in ranges for node in one.nodes())


def hashes_of(ranges: Iterable[Range], nodes: Mapping[Node, bytes]) -> tuple[bytes, ...]:
    """A proof: the root of each range, from the hashes of its nodes.

    Raises:
        KeyError: a node is missing.
    """
    return tuple(root_of([nodes[node] for node in one.nodes()]) for one in ranges)


def root_of(subtrees: Sequence[bytes]) -> bytes:
    """The root over complete subtrees side by side, the largest and leftmost first."""
    if not subtrees:
        return EMPTY_ROOT
    root = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        root = node_hash(left, root)
    return root


def _split(size: int) -> int:
    """The largest power of two below `size`: so many leaves stand left of the root."""
    return 1 << ((size - 1).bit_length() - 1)
