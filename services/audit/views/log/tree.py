"""The trees over audit's log, one a partition, read from its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from shared.kit import sql
from shared.kit.log import Connection
from shared.kit.merkle import Frontier, Node, Range, root_of

STORED_LEVEL: Final = 4
"""Subtrees from this level up (16 leaves) have rows; a smaller one is remade from its leaves when asked for."""

_SQL: Final = sql.Statements(__package__)
Hashes = dict[Node, bytes]


async def sizes(connection: Connection, partitions: Iterable[int]) -> dict[int, int]:
    rows = await connection.fetch(_SQL.sizes, list(partitions))
    return {row["partition"]: row["size"] for row in rows}


async def frontiers(connection: Connection, partitions: Iterable[int]) -> dict[int, Frontier]:
    """The right edge of each tree, ready to be appended to."""
    found = await sizes(connection, partitions)
    edges = {partition: Range(0, size).nodes() for partition, size in found.items()}
    hashes = await node_hashes(connection, edges)
    return {
        partition: Frontier(found[partition], [hashes[partition][node] for node in nodes])
        for partition, nodes in edges.items()
    }


async def node_hashes(connection: Connection, wanted: Mapping[int, Iterable[Node]]) -> dict[int, Hashes]:
    """The hashes of complete subtrees, by partition. One that isn't there is left out."""
    large: list[tuple[int, Node]] = []
    small: list[tuple[int, Node]] = []
    for partition, nodes in wanted.items():
        for node in nodes:
            (large if node.level >= STORED_LEVEL else small).append((partition, node))
    found: dict[int, Hashes] = {partition: {} for partition in wanted}
    if large:
        levels, positions = [node.level for _, node in large], [node.position for _, node in large]
        for row in await connection.fetch(
            _SQL.nodes, [partition for partition, _ in large], levels, positions
        ):
            found[row["partition"]][Node(row["level"], row["position"])] = row["hash"]
    if small:
        leaves = await _leaves(connection, small)
        for partition, node in small:
            within = [leaves.get((partition, index)) for index in _indexes(node)]
            if None not in within:
                found[partition][node] = _root([leaf for leaf in within if leaf is not None])
    return found


async def _leaves(connection: Connection, nodes: Iterable[tuple[int, Node]]) -> dict[tuple[int, int], bytes]:
    ranges = [(partition, _indexes(node)) for partition, node in nodes]
    rows = await connection.fetch(
        _SQL.leaves,
        [partition for partition, _ in ranges],
        [indexes.start for _, indexes in ranges],
        [indexes.stop for _, indexes in ranges],
    )
    return {(row["partition"], row["leaf_index"]): row["leaf_hash"] for row in rows}


def _indexes(node: Node) -> range:
    return range(node.position << node.level, (node.position + 1) << node.level)


def _root(leaves: Iterable[bytes]) -> bytes:
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return root_of(frontier.hashes)
