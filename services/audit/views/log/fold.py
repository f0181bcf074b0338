"""Keeps what the log brings: first occurrences as rows and leaves; what came again and was not the same, as alarms.

It is folded in the subscriber's transaction like a view, but its tables are no view's: they are append-only, lie
outside the schemas that a rebuild replaces, and a rebuild only compares them with the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from services.audit.views.log.headers import pack
from services.audit.views.log.tree import STORED_LEVEL, frontiers
from shared.kit import sql
from shared.kit.events import derive
from shared.kit.log import Connection, Received
from shared.kit.merkle import CaseHead, leaf_of

_SQL: Final = sql.Statements(__package__)


@dataclass(frozen=True, slots=True)
class _Leaf:
    received: Received
    hash: bytes

    @property
    def event(self) -> tuple[str, int]:
        return self.received.envelope.stream, self.received.envelope.version


class AuditLog:
    """Audit's copy of the log, its trees and its alarms."""

    name = "log"
    version = 1
    tables: tuple[str, ...] = ()
    schema_sql = "SELECT 'its tables are not a view''s'"

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """Keeps the events that aren't kept yet, in their order; the others are repeats."""
        leaves = _leaves(events)
        known = await _compare(connection, leaves)
        new = [leaf for leaf in leaves if leaf.event not in known]
        if new and await connection.fetchval(_SQL.is_live):
            await _append(connection, new)
            await _alarm(connection, "id-not-derived", [leaf for leaf in new if not _is_derived(leaf)])

    async def repeats(self, connection: Connection, events: Sequence[Received]) -> None:
        """Compares what came again with what is kept: other bytes under the same name raise an alarm."""
        await _compare(connection, _leaves(events))


def _leaves(events: Iterable[Received]) -> list[_Leaf]:
    return [_Leaf(received, leaf_of(received.headers, received.value)) for received in events]


def _is_derived(leaf: _Leaf) -> bool:
    return leaf.received.envelope.event_id == derive.event_id(*leaf.event)


async def _compare(connection: Connection, leaves: Sequence[_Leaf]) -> set[tuple[str, int]]:
    """The events that are kept already; raises an alarm for each that isn't the same as what is kept."""
    rows = await connection.fetch(_SQL.known, *_columns((leaf.event for leaf in leaves), 2))
    kept = {(row["stream"], row["version"]): row["leaf_hash"] for row in rows}
    await _alarm(
        connection, "other-bytes", [leaf for leaf in leaves if kept.get(leaf.event, leaf.hash) != leaf.hash]
    )
    return set(kept)


async def _append(connection: Connection, leaves: Sequence[_Leaf]) -> None:
    trees = await frontiers(connection, sorted({leaf.received.partition for leaf in leaves}))
    heads = await _heads(connection, leaves)
    events, nodes = [], []
    for leaf in leaves:
        received, envelope = leaf.received, leaf.received.envelope
        tree = trees[received.partition]
        index = tree.size
        nodes += [
            (received.partition, *new.node, new.hash)
            for new in tree.append(leaf.hash)
            if new.node.level >= STORED_LEVEL
        ]
        place = (envelope.key, received.partition)
        head = heads[place] = heads.get(place, CaseHead(envelope.key)).then(leaf.hash)
        events.append((
            received.partition, index, received.offset, received.sent_at, received.was_set_aside, envelope.stream,
            envelope.version, envelope.key, envelope.event_id, envelope.wire_name, envelope.source,
            envelope.happened_at, envelope.recorded_at, envelope.principal, envelope.correlation_id,
            envelope.causation_id, pack(received.headers), received.value, leaf.hash, head.count, head.chain,
        ))  # fmt: skip
    await connection.execute(_SQL.insert_events, *_columns(events, 21))
    if nodes:
        await connection.execute(_SQL.insert_nodes, *_columns(nodes, 4))


async def _heads(connection: Connection, leaves: Sequence[_Leaf]) -> dict[tuple[Any, int], CaseHead]:
    places = sorted({(leaf.received.envelope.key, leaf.received.partition) for leaf in leaves})
    rows = await connection.fetch(_SQL.heads, *_columns(places, 2))
    return {
        (row["key"], row["partition"]): CaseHead(row["key"], row["case_count"], row["case_chain"])
        for row in rows
    }


async def _alarm(connection: Connection, kind: str, leaves: Sequence[_Leaf]) -> None:
    if not leaves:
        return
    rows = [
        (
            kind, *leaf.event, leaf.received.envelope.event_id, leaf.received.partition, leaf.received.offset,
            pack(leaf.received.headers), leaf.received.value, leaf.hash,
        )
        for leaf in leaves
    ]  # fmt: skip
    await connection.execute(_SQL.insert_alarms, *_columns(rows, 9))


def _columns(rows: Iterable[Sequence[Any]], width: int) -> list[list[Any]]:
    """Rows as one list a column, as `unnest` wants them."""
    found = list(rows)
    return [[row[column] for row in found] for column in range(width)]
