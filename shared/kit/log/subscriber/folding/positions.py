"""The reading's own tables beside the views, and the rows that go in and out of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import asyncpg

from shared.kit import sql
from shared.kit.log.marks import LogOffset
from shared.kit.log.subscriber.folding.plan import Known, Plan
from shared.kit.log.subscriber.folding.reacting import Starts, starts_from
from shared.kit.log.subscriber.received import Item, open_bytes
from shared.kit.log.subscriber.views.view import Connection

_SQL: Final = sql.Statements("shared.kit.log.subscriber")
LIVE: Final = "views"
NEXT: Final = "views_next"
LEDGER_TABLES: Final = (
    "partition_positions",
    "stream_positions",
    "parked_keys",
    "parked_events",
    "held_events",
)
"""What moves with the views when all of them are switched."""


async def enter(connection: Connection, schema: str) -> None:
    """Until the end of the transaction, unqualified names mean the tables of this schema.

    Without it they mean those of the live views: see `shared.kit.eventstore.pool`.
    """
    await connection.execute("SELECT set_config('search_path', $1, true)", f"{schema}, public")


@dataclass(frozen=True, slots=True)
class SoFar:
    """How things stand before a batch.

    Attributes:
        known: of its streams and keys.
        views: the version that each view's tables have.
        starts: from where each reactor reacts.
    """

    known: Known
    views: Mapping[str, int]
    starts: Starts


async def so_far(connection: Connection, items: Sequence[Item]) -> SoFar:
    """What the ledger says before these items are folded."""
    streams = list({item.received.envelope.stream for item in items if item.received is not None})
    row = await connection.fetchrow(_SQL.so_far, streams, list({item.key for item in items}))
    assert row is not None
    held: dict[str, dict[int, Item]] = {}
    if row["holds"]:
        for one in await connection.fetch(_SQL.held_among, streams):
            held.setdefault(one["stream"], {})[one["version"]] = kept(one)
    known = Known(json.loads(row["versions"]), held, frozenset(row["parked"]))
    return SoFar(known, json.loads(row["views"]), starts_from(json.loads(row["starts"])))


def kept(row: asyncpg.Record) -> Item:
    """An item from a row that held or queued it."""
    names = [name.decode() for name in row["header_names"]]
    headers = tuple(zip(names, row["header_values"], strict=True))
    place = row["partition"], row["off"], row["sent_at"]
    return open_bytes(row["key"], place, headers, row["value"]).set_aside()


@dataclass(frozen=True, slots=True)
class Move:
    """A partition's position, from where it is expected to the next offset to read; the record before it is known by
    `fingerprint`. `first_record` is the fingerprint of the one at offset 0, if the move begins there."""

    partition: int
    expected: int
    end: int
    fingerprint: str
    first_record: str | None


async def write(connection: Connection, made: Plan, moves: Sequence[Move]) -> int:
    """Writes what a plan says of streams, held and parked events, and moves positions: gives how many could be."""
    if made.release:
        await connection.execute(
            _SQL.release_held,
            [stream for stream, _ in made.release],
            [version for _, version in made.release],
        )
    if made.hold:
        await connection.executemany(
            _SQL.hold_event,
            [(stream, version, *_raw(item)) for (stream, version), item in made.hold.items()],
        )
    if made.park:
        keys = sorted(made.park)
        await connection.execute(
            _SQL.park_keys,
            keys,
            [made.park[key][0] for key in keys],
            [made.park[key][1] for key in keys],
        )
    if made.queue:
        await connection.executemany(_SQL.queue_event, [(*_raw(item), error) for item, error in made.queue])
    streams = sorted(made.versions)
    moved: int = await connection.fetchval(
        _SQL.move,
        streams,
        [made.versions[stream] for stream in streams],
        [move.partition for move in moves],
        [move.expected for move in moves],
        [move.end for move in moves],
        [move.fingerprint for move in moves],
        [move.first_record for move in moves],
    )
    return moved


def _raw(item: Item) -> tuple[UUID, int, int, int, list[bytes], list[bytes], bytes]:
    names = [name.encode() for name, _ in item.headers]
    values = [value for _, value in item.headers]
    return item.key, item.partition, item.offset, item.sent_at, names, values, item.value


async def create(connection: Connection, schema: str) -> None:
    """The schema and its ledger, if they aren't there."""
    await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    await enter(connection, schema)
    await connection.execute(_SQL.create_ledger)


async def ensure_positions(connection: Connection, partitions: Iterable[int]) -> None:
    await connection.execute(_SQL.ensure_positions, sorted(partitions))


async def positions(connection: Any) -> dict[int, int]:
    """The next offset of every partition, in the schema that the search path leads to."""
    return {partition: here.offset for partition, here in (await offsets(connection)).items()}


async def offsets(connection: Any) -> dict[int, LogOffset]:
    """The next offset of every partition, and which log it lies in, likewise."""
    rows = await connection.fetch(_SQL.all_positions)
    return {row["partition"]: LogOffset(row["off"], row["first_record"]) for row in rows}
