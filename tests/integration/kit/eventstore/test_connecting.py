"""What a service's sessions carry, which servers it refuses, and how one session wakes another."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from shared.kit.eventstore import CHANNEL, Announcer, Pool, PostgresEventStore, UnsafeServer, connect_pool
from tests.conftest import Databases
from tests.integration.kit.eventstore.conftest import Ways
from tests.integration.kit.eventstore.ledger import CAUSE, ledger, pages


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("idle_in_transaction_session_timeout", "10s"),
        ("statement_timeout", "10s"),
        ("lock_timeout", "5s"),
        ("transaction_timeout", "10s"),
    ],
)
async def test_every_session_carries_the_limits(pool: Pool, setting: str, value: str) -> None:
    assert await pool.fetchval("SELECT current_setting($1)", setting) == value


async def test_a_transaction_left_open_does_not_survive_its_way_back_to_the_pool(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await connection.execute("BEGIN")
        await connection.execute("SELECT pg_current_xact_id()")
        pid = await connection.fetchval("SELECT pg_backend_pid()")
    state = await pool.fetchval("SELECT backend_xid::text FROM pg_stat_activity WHERE pid = $1", pid)
    assert state is None


async def test_a_user_of_a_connection_who_is_cancelled_gives_it_back(database: Ways) -> None:
    pool = await connect_pool(database.service, min_size=1, max_size=1)

    async def hold() -> None:
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute("SELECT pg_sleep(60)")

    for _ in range(3):
        holder = asyncio.create_task(hold())
        while pool.get_idle_size() > 0:  # noqa: ASYNC110  until it holds the only one
            await asyncio.sleep(0)
        holder.cancel()
        await asyncio.wait([holder])
        assert await asyncio.wait_for(pool.fetchval("SELECT pg_current_xact_id_if_assigned()"), 10) is None
    await asyncio.wait_for(pool.close(), 10)


async def test_a_server_that_may_lose_what_it_acknowledged_is_refused(postgres: Databases) -> None:
    dsn = await postgres.fresh_database("unsafe")
    owner = await asyncpg.connect(dsn)
    name = await owner.fetchval("SELECT current_database()")
    await owner.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    await owner.close()
    with pytest.raises(UnsafeServer, match="Set synchronous_commit = on"):
        await connect_pool(dsn)


@contextlib.asynccontextmanager
async def beside(*tasks: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Runs these until the block ends."""
    running = [asyncio.create_task(task) for task in tasks]
    try:
        yield
    finally:
        for task in running:
            task.cancel()
        await asyncio.wait(running)


async def listening(dsn: str, wake: Callable[[], None]) -> None:
    """Calls `wake` for each announcement, and whenever it listens anew."""
    while True:
        connection = await asyncpg.connect(dsn)
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _, lost=lost: lost.set())
        await connection.add_listener(CHANNEL, lambda *_: wake())
        wake()
        try:
            await lost.wait()
        finally:
            connection.terminate()


async def test_an_append_wakes_a_listener_and_a_killed_session_only_delays_it(
    database: Ways, pool: Pool
) -> None:
    announcer = Announcer(database.service)
    store = PostgresEventStore(pool, "/redress/tests", announce=announcer.announce)
    woken = asyncio.Event()
    async with beside(announcer.run(), listening(database.service, woken.set)):
        await asyncio.wait_for(woken.wait(), 10)  # it listens
        woken.clear()
        await store.append([pages(ledger(), 0, "one")], CAUSE)
        await asyncio.wait_for(woken.wait(), 10)
        woken.clear()
        owner = await asyncpg.connect(database.owner)
        await owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query ~ '^(LISTEN|NOTIFY)'"
        )
        await owner.close()
        await asyncio.wait_for(woken.wait(), 10)  # it listens again
        woken.clear()
        while not woken.is_set():
            announcer.announce()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), 0.1)


async def test_many_commits_make_few_announcements(database: Ways, pool: Pool) -> None:
    announcer = Announcer(database.service)
    store = PostgresEventStore(pool, "/redress/tests", announce=announcer.announce)
    count = 0
    woken = asyncio.Event()

    def wake() -> None:
        nonlocal count
        count += 1
        woken.set()

    async with beside(announcer.run(), listening(database.service, wake)):
        await asyncio.wait_for(woken.wait(), 10)
        streams = [ledger() for _ in range(200)]
        await asyncio.gather(*(store.append([pages(stream, 0, "one")], CAUSE) for stream in streams))
        assert 1 <= count < 150


async def test_a_command_that_recorded_nothing_wakes_nobody(pool: Pool) -> None:
    calls: list[int] = []
    store = PostgresEventStore(pool, "/redress/tests", announce=lambda: calls.append(1))
    await store.append([pages(f"ledger-{uuid4()}", 0)], CAUSE)
    assert calls == []
