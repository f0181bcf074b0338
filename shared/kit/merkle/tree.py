"""A whole tree in memory: for what is small, such as the case heads, and for tests."""

from __future__ import annotations

from collections.abc import Iterable

from shared.kit.merkle.frontier import Frontier
from shared.kit.merkle.ranges import Node, Range, consistency_ranges, hashes_of, inclusion_ranges


class Tree:
    """All nodes of a tree by their place. A large tree keeps them as rows and asks `ranges` for the few."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        """`leaves`: their hashes."""
        self._frontier = Frontier()
        self._nodes: dict[Node, bytes] = {}
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        """The number of leaves."""
        return self._frontier.size

    def append(self, leaf: bytes) -> None:
        """Adds a leaf by its hash."""
        self._nodes.update(self._frontier.append(leaf))

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves, of all unless told otherwise."""
        if size is None:
            return self._frontier.root()
        self._check(size)
        return hashes_of([Range(0, size)], self._nodes)[0]

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """Proves leaf `index` (from 0) in the tree of the first `size` leaves."""
        return hashes_of(inclusion_ranges(index, self._check(size)), self._nodes)

    def consistency(self, old: int, size: int | None = None) -> tuple[bytes, ...]:
        """Proves that the tree of the first `old` leaves is the beginning of that of the first `size`."""
        return hashes_of(consistency_ranges(old, self._check(size)), self._nodes)

    def _check(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise ValueError(f"The tree has {self.size} leaves, not {size}")
        return size
