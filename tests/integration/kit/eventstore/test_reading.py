"""Reading while others write: nothing is missed, and each stream is met in its own order."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import uuid4

import asyncpg
import pytest

from shared.kit.eventstore import (
    BEGINNING,
    Conflict,
    OutOfOrder,
    Pool,
    Position,
    PostgresEventStore,
    StoredRow,
    connect_pool,
)
from tests.conftest import Databases
from tests.integration.kit.eventstore.conftest import Ways, service_database
from tests.integration.kit.eventstore.ledger import CAUSE, ledger, pages

Read = Callable[[PostgresEventStore, Pool, Position], Awaitable[tuple[StoredRow, ...]]]
WRITERS = 8
APPENDS = 250
NEWEST = "SELECT coalesce(max(originator_version), 0) FROM stored_events WHERE originator_id = $1"
ALL_READABLE = "SELECT max(transaction_id) < pg_snapshot_xmin(pg_current_snapshot()) FROM stored_events"


class InTransaction:
    """Gives one connection as a pool would, so that a store works inside a transaction (which services never do)."""

    def __init__(self, connection: asyncpg.Connection[Any]) -> None:
        self._connection = connection

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[asyncpg.Connection[Any]]:
        yield self._connection


def store_on(connection: asyncpg.Connection[Any]) -> PostgresEventStore:
    return PostgresEventStore(cast("Pool", InTransaction(connection)), "/redress/tests")


async def gap_free(store: PostgresEventStore, _: Pool, position: Position) -> tuple[StoredRow, ...]:
    return await store.read_after(position, 50)


async def by_number(store: PostgresEventStore, pool: Pool, position: Position) -> tuple[StoredRow, ...]:
    """The obvious reader, which is wrong: a number taken early may be committed late."""
    rows = await pool.fetch(
        "SELECT originator_id, originator_version FROM stored_events WHERE notification_id > $1"
        " ORDER BY notification_id LIMIT 50",
        position.notification_id,
    )
    return tuple([(await store.stream_rows(row[0], row[1], row[1]))[0] for row in rows])


async def write_plainly(store: PostgresEventStore, pool: Pool, streams: list[str]) -> None:
    for _ in range(APPENDS):
        stream = random.choice(streams)
        version = await pool.fetchval(NEWEST, stream)
        try:
            await store.append([pages(stream, version, *"ab"[: random.randint(1, 2)])], CAUSE)
        except Conflict:
            continue


async def write_slowly(dsn: str, streams: list[str]) -> None:
    """Writes elsewhere before it loads, holds its transaction open, and rolls some back: all that one must not do."""
    connection = await asyncpg.connect(dsn)
    try:
        for _ in range(APPENDS // 5):
            transaction = connection.transaction()
            await transaction.start()
            await connection.execute(
                "INSERT INTO access_log (principal, key, what) VALUES ('a', $1, 'b')", uuid4()
            )
            await asyncio.sleep(random.uniform(0, 0.004))
            store, stream = store_on(connection), random.choice(streams)
            try:
                await store.append([pages(stream, await connection.fetchval(NEWEST, stream), "slow")], CAUSE)
            except (Conflict, OutOfOrder, asyncpg.InFailedSQLTransactionError):
                await transaction.rollback()
                continue
            await asyncio.sleep(random.uniform(0, 0.008))
            await (transaction.rollback() if random.random() < 0.3 else transaction.commit())
    finally:
        await connection.close()


async def write_elsewhere(dsn: str, finished: asyncio.Event) -> None:
    """Holds transaction ids in another database of the server."""
    connection = await asyncpg.connect(dsn)
    try:
        while not finished.is_set():
            async with connection.transaction():
                await connection.execute("CREATE TEMPORARY TABLE elsewhere (a int) ON COMMIT DROP")
                await asyncio.sleep(random.uniform(0, 0.02))
    finally:
        await connection.close()


async def tail(read: Read, store: PostgresEventStore, pool: Pool, written: asyncio.Event) -> list[StoredRow]:
    met: list[StoredRow] = []
    position = BEGINNING
    while True:
        last_look = written.is_set()
        rows = await read(store, pool, position)
        met += rows
        position = rows[-1].position if rows else position
        if last_look and not rows:
            return met


def assert_nothing_missed_and_in_order(met: list[StoredRow], stored: dict[str, int]) -> None:
    versions: dict[str, list[int]] = defaultdict(list)
    for row in met:
        versions[row.envelope.stream].append(row.envelope.version)
    for stream, newest in stored.items():
        assert versions[stream] == list(range(1, newest + 1)), stream


async def test_a_tailing_reader_beside_eight_writers_misses_nothing_and_meets_each_stream_in_order(
    postgres: Databases,
) -> None:
    ways = await service_database(postgres)
    pool = await connect_pool(ways.service, max_size=WRITERS + 2)
    store = PostgresEventStore(pool, "/redress/tests")
    streams = [ledger() for _ in range(12)]
    finished, written = asyncio.Event(), asyncio.Event()
    reader = asyncio.create_task(tail(gap_free, store, pool, written))
    elsewhere = asyncio.create_task(write_elsewhere(await postgres.fresh_database("elsewhere"), finished))
    await asyncio.gather(
        *(write_plainly(store, pool, streams) for _ in range(WRITERS - 3)),
        *(write_slowly(ways.service, streams) for _ in range(3)),
    )
    finished.set()
    await elsewhere
    # The server's own transactions (autovacuum) hold readers back, too, and tell nobody when they end.
    while not await pool.fetchval(ALL_READABLE):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    written.set()
    met = await reader
    rows = await pool.fetch("SELECT originator_id, max(originator_version) FROM stored_events GROUP BY 1")
    await pool.close()
    stored = dict(map(tuple, rows))
    assert sum(stored.values()) > 1_000
    assert_nothing_missed_and_in_order(met, stored)


@pytest.mark.parametrize(("read", "sound"), [(gap_free, True), (by_number, False)])
async def test_a_number_taken_early_and_committed_late_is_missed_by_the_obvious_reader_alone(
    postgres: Databases, read: Read, sound: bool
) -> None:
    ways = await service_database(postgres)
    pool = await connect_pool(ways.service)
    store = PostgresEventStore(pool, "/redress/tests")
    late, early = ledger(), ledger()
    connection = await asyncpg.connect(ways.service)
    transaction = connection.transaction()
    await transaction.start()
    await store_on(connection).append([pages(late, 0, "one")], CAUSE)
    await store.append([pages(early, 0, "one")], CAUSE)
    met = list(await read(store, pool, BEGINNING))
    await transaction.commit()
    await connection.close()
    met += await read(store, pool, met[-1].position if met else BEGINNING)
    await pool.close()
    missed = {late, early} - {row.envelope.stream for row in met}
    assert missed == (set() if sound else {late})


async def test_a_row_waits_for_every_transaction_that_began_before_it_ended(
    store: PostgresEventStore, postgres: Databases
) -> None:
    start = (await store.read_after(BEGINNING, 1_000_000))[-1:]
    position = start[0].position if start else BEGINNING
    elsewhere = await asyncpg.connect(await postgres.fresh_database("elsewhere"))
    transaction = elsewhere.transaction()
    await transaction.start()
    await elsewhere.execute("SELECT pg_current_xact_id()")
    recorded = await store.append([pages(ledger(), 0, "one")], CAUSE)
    assert await store.read_after(position, 10) == ()
    await transaction.rollback()
    await elsewhere.close()
    rows = await store.read_after(position, 10)
    assert [row.envelope for row in rows] == [one.envelope for one in recorded]
    assert await store.read_after(rows[0].position, 10) == ()


async def test_an_append_whose_transaction_is_older_than_the_streams_last_event_is_refused(
    database: Ways, store: PostgresEventStore
) -> None:
    stream = ledger()
    early = await asyncpg.connect(database.service)
    transaction = early.transaction()
    await transaction.start()
    await early.execute("SELECT pg_current_xact_id()")
    await store.append([pages(stream, 0, "later transaction, earlier version")], CAUSE)
    with pytest.raises(OutOfOrder, match="redress restore"):
        await store_on(early).append([pages(stream, 1, "earlier transaction, later version")], CAUSE)
    await transaction.rollback()
    await early.close()
    assert len(await store.append([pages(stream, 1, "in order")], CAUSE)) == 1


async def test_positions_are_ordered_by_transaction_and_then_by_number() -> None:
    assert BEGINNING < Position(5, 9) < Position(5, 10) < Position(6, 1)


async def test_reading_goes_by_the_index_however_long_the_log_is(pool: Pool) -> None:
    plan = await pool.fetch(
        "EXPLAIN SELECT * FROM stored_events WHERE (transaction_id, notification_id) > ($1::xid8, $2::bigint)"
        " AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())"
        " ORDER BY transaction_id, notification_id LIMIT 10",
        0,
        0,
    )
    text = "\n".join(row[0] for row in plan)
    assert "stored_events_reading_order_idx" in text
    assert "Sort" not in text
