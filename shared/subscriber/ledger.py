"""The reading's own tables beside the views, and the rows that go in and out of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg

from shared.subscriber import statements
from shared.subscriber.plan import Known, Plan
from shared.subscriber.received import Item, open_bytes
from shared.subscriber.view import Connection

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
    """Until the end of the transaction, unqualified names mean the tables of this schema."""
    await connection.execute("SELECT set_config('search_path', $1, true)", f"{schema}, public")


async def known_about(connection: Connection, items: Sequence[Item]) -> Known:
    """What the ledger says of the streams and keys of these items."""
    streams = list({item.received.envelope.stream for item in items if item.received is not None})
    keys = list({item.key for item in items})
    versions = await connection.fetch(statements.STREAM_VERSIONS, streams)
    held: dict[str, dict[int, Item]] = {}
    for row in await connection.fetch(statements.HELD_AMONG, streams):
        held.setdefault(row["stream"], {})[row["version"]] = kept(row)
    parked = await connection.fetch(statements.PARKED_AMONG, keys)
    return Known(
        {row["stream"]: row["version"] for row in versions},
        held,
        frozenset(row["key"] for row in parked),
    )


def kept(row: asyncpg.Record) -> Item:
    """An item from a row that held or queued it."""
    names = [name.decode() for name in row["header_names"]]
    headers = tuple(zip(names, row["header_values"], strict=True))
    place = row["partition"], row["off"], row["sent_at"]
    return open_bytes(row["key"], place, headers, row["value"]).set_aside()


async def write(connection: Connection, made: Plan) -> None:
    """Writes what a plan says of streams, held and parked events."""
    streams = sorted(made.versions)
    if streams:
        await connection.execute(
            statements.MOVE_STREAMS, streams, [made.versions[stream] for stream in streams]
        )
    if made.release:
        await connection.execute(
            statements.RELEASE_HELD,
            [stream for stream, _ in made.release],
            [version for _, version in made.release],
        )
    if made.hold:
        await connection.executemany(
            statements.HOLD_EVENT,
            [(stream, version, *_raw(item)) for (stream, version), item in made.hold.items()],
        )
    if made.park:
        keys = sorted(made.park)
        await connection.execute(
            statements.PARK_KEYS,
            keys,
            [made.park[key][0] for key in keys],
            [made.park[key][1] for key in keys],
        )
    if made.queue:
        await connection.executemany(
            statements.QUEUE_EVENT, [(*_raw(item), error) for item, error in made.queue]
        )


def _raw(item: Item) -> tuple[UUID, int, int, int, list[bytes], list[bytes], bytes]:
    names = [name.encode() for name, _ in item.headers]
    values = [value for _, value in item.headers]
    return item.key, item.partition, item.offset, item.sent_at, names, values, item.value


async def create(connection: Connection, schema: str) -> None:
    """The schema and its ledger, if they aren't there."""
    await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    await enter(connection, schema)
    await connection.execute(statements.CREATE_LEDGER)


async def ensure_positions(connection: Connection, partitions: Iterable[int]) -> None:
    """A position for each partition."""
    await connection.execute(statements.ENSURE_POSITIONS, sorted(partitions))


async def positions(connection: Any) -> dict[int, int]:
    """The next offset of every partition, in the schema that the search path leads to."""
    return {row["partition"]: row["off"] for row in await connection.fetch(statements.ALL_POSITIONS)}
