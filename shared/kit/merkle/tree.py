"""A whole tree in memory: for what is small, such as the case heads, and for tests."""

from __future__ import annotations

from collections.abc import Iterable

from shared.kit.merkle.frontier import Frontier, NewNode
from shared.kit.merkle.ranges import Node, hashes_of, inclusion_ranges


class Tree(Frontier):
    """Remembers all its nodes by their place. A large tree keeps them as rows and asks `ranges` for the few."""

    __slots__ = ("_nodes",)

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        """`leaves`: their hashes."""
        super().__init__()
        self._nodes: dict[Node, bytes] = {}
        for leaf in leaves:
            self.append(leaf)

    def append(self, leaf: bytes) -> list[NewNode]:
        new = super().append(leaf)
        self._nodes.update(new)
        return new

    def inclusion(self, index: int) -> tuple[bytes, ...]:
        return hashes_of(inclusion_ranges(index, self.size), self._nodes)
