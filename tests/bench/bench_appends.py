"""Appends a second with receipts, by 1 and by 8 writers, beside bare asyncpg inserts of the same row, and beside the
`eventsourcing` library's own recorder, which writes no receipt; due rows claimed.

Run as `python -m tests.bench.bench_appends`; it starts a PostgreSQL of its own with fsync on. The kinds of writing
take turns in short slices, so that what else the machine does falls on all alike.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import asyncpg

from deploy.embedded.postgres import Postgres
from shared.kit.due import DueRow, insert_due
from shared.kit.due.claims import Claims
from shared.kit.events import Event, event
from shared.kit.eventstore import (
    Cause,
    CommandReceipt,
    NewEvent,
    Pool,
    PostgresEventStore,
    StreamWrite,
    connect_pool,
)
from shared.kit.runtime import migrations
from tests.bench.peer import peer

SLICES: Final = 4
SECONDS: Final = 1.0
EVENTS_IN_A_STREAM: Final = 20
HAPPENED: Final = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CAUSE: Final = Cause("system:bench", UUID(int=1), UUID(int=2))
TEXT: Final = "x" * 400
INSERT: Final = """
    INSERT INTO stored_events (originator_id, originator_version, topic, state, event_id, key, happened_at,
        source, principal, correlation_id, causation_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""
DUE_ROWS: Final = 20_000
BATCH: Final = 500


@event("redress.bench.noted.v1")
class Noted(Event):
    """An event of an ordinary size."""

    text: str


@dataclass(frozen=True)
class Ratio:
    """Ours, the ceiling and the peer, a second."""

    name: str
    ours: float
    bare: float
    peer: float

    def __str__(self) -> str:
        rates = f"{self.ours:>10,.0f} {self.bare:>10,.0f} {self.ours / self.bare:>7.2f} {self.peer:>10,.0f}"
        return f"{self.name:<28} {rates}"


Writer = Callable[[str, UUID, int], Awaitable[object]]


async def _slice(writers: list[Writer]) -> int:
    until = time.perf_counter() + SECONDS

    async def write(one: Writer) -> int:
        count = 0
        while True:
            stream, key = f"bench-{uuid4()}", uuid4()
            for version in range(EVENTS_IN_A_STREAM):
                if time.perf_counter() >= until:
                    return count
                await one(stream, key, version)
                count += 1

    return sum(await asyncio.gather(*(write(one) for one in writers)))


def _ours(store: PostgresEventStore) -> Writer:
    async def append(stream: str, key: UUID, version: int) -> None:
        write = StreamWrite(stream, key, version, (NewEvent(Noted(text=TEXT), HAPPENED),))
        answer = {"stream": stream, "version": version + 1}
        await store.append(
            [write], CAUSE, receipt=CommandReceipt(CAUSE.principal, uuid4(), b"h" * 32, answer)
        )

    return append


def _bare(connection: asyncpg.Connection[asyncpg.Record]) -> Writer:
    state = Noted(text=TEXT).model_dump_json().encode()

    async def insert(stream: str, key: UUID, version: int) -> None:
        await connection.execute(
            INSERT,
            stream,
            version + 1,
            Noted.wire_name,
            state,
            uuid4(),
            key,
            HAPPENED,
            "/redress/bench",
            CAUSE.principal,
            CAUSE.correlation_id,
            CAUSE.causation_id,
        )

    return insert


async def measure_appends(dsn: str, writers: int, slices: int = SLICES) -> Ratio:
    """Appends with receipts through the store, beside bare inserts on as many connections and the peer's threads."""
    pool = await connect_pool(dsn, min_size=writers, max_size=writers)
    connections = [await asyncpg.connect(dsn) for _ in range(writers)]
    ours = [_ours(PostgresEventStore(pool, "/redress/bench"))] * writers
    bare = [_bare(connection) for connection in connections]
    done = [0, 0, 0]
    with peer(dsn, writers) as library:
        for number in range(slices + 1):
            counts = await _slice(ours), await _slice(bare), await library.write(SECONDS)
            if number > 0:  # the first warms up
                done = [before + count for before, count in zip(done, counts, strict=True)]
    for connection in connections:
        await connection.close()
    await pool.close()
    seconds = slices * SECONDS
    return Ratio(f"appends, {writers} writer(s)", done[0] / seconds, done[1] / seconds, done[2] / seconds)


async def measure_claims(pool: Pool) -> float:
    """Due rows claimed a second, in batches of 500, by one poller, out of 20,000 that are ripe."""
    due_at = datetime.now(UTC) - timedelta(minutes=1)
    rows = [
        DueRow(uuid4(), uuid4(), f"clock-{number}", "remind", {"rung": 1}, due_at, uuid4(), uuid4())
        for number in range(DUE_ROWS)
    ]
    async with pool.acquire() as connection:
        await insert_due(connection, rows, "service:bench")
    claims = Claims(pool, "service:bench", timedelta(minutes=1))
    started = time.perf_counter()
    claimed = 0
    while batch := await claims.claim(BATCH, ()):
        claimed += len(batch)
    assert claimed == DUE_ROWS
    return claimed / (time.perf_counter() - started)


@asynccontextmanager
async def server_with_tables() -> AsyncIterator[Postgres]:
    """A PostgreSQL with the tables of the store and of due work."""
    with tempfile.TemporaryDirectory(prefix="redress-bench-") as folder:
        server = Postgres(Path(folder, "postgres"), Path(folder, "postgres.log"))
        await server.start()
        try:
            owner = await asyncpg.connect(server.dsn())
            await owner.execute("CREATE ROLE redress_service; CREATE ROLE redress_auditor")
            await owner.close()
            await migrations.apply(server.dsn(), ["shared.kit.eventstore", "shared.kit.due"])
            yield server
        finally:
            await server.stop()


async def main() -> None:
    """Prints the table."""
    async with server_with_tables() as server:
        sys.stdout.write(f"{'':<28} {'ours/s':>10} {'bare/s':>10} {'ratio':>7} {'library/s':>10}\n")
        for writers in (1, 8):
            sys.stdout.write(f"{await measure_appends(server.dsn(), writers)}\n")
        pool = await connect_pool(server.dsn())
        sys.stdout.write(f"{'due rows claimed':<28} {await measure_claims(pool):>10,.0f}\n")
        await pool.close()


if __name__ == "__main__":
    asyncio.run(main())
