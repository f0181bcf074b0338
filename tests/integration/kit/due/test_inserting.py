"""A fold owes nothing twice: not when it is met again, not after it was done, not in a rebuild."""

from __future__ import annotations

from dataclasses import replace

from shared.kit.due import Poller, due_counts, insert_due
from shared.kit.eventstore import CommandReceipt, Pool, PostgresEventStore
from tests.integration.kit.due.owing import (
    PRINCIPAL,
    nothing_owed,
    owe,
    row,
    running,
    streams_of,
    until,
    writing,
)


async def test_a_row_met_again_stands_as_it_was(pool: Pool) -> None:
    first = row(late=-3600)
    await owe(pool, first)
    await owe(pool, replace(first, command="another"), row(late=-3600))
    assert await pool.fetchval("SELECT command FROM due_work WHERE id = $1", first.id) == "write-page"
    assert (await due_counts(pool)).waiting == 2


async def test_a_row_whose_command_was_done_does_not_come_back(pool: Pool, store: PostgresEventStore) -> None:
    done, new = row(), row()
    await store.settle(CommandReceipt(PRINCIPAL, done.id, b"", {}))
    await owe(pool, done, new)
    assert [one["id"] for one in await pool.fetch("SELECT id FROM due_work")] == [new.id]


async def test_a_receipt_of_somebody_else_does_not_count(pool: Pool, store: PostgresEventStore) -> None:
    owed = row()
    await store.settle(CommandReceipt("person:a", owed.id, b"", {}))
    await owe(pool, owed)
    assert not await nothing_owed(pool)


async def test_a_rebuild_that_writes_every_row_again_does_nothing_again(
    pool: Pool, store: PostgresEventStore
) -> None:
    rows = [row() for _ in range(50)]
    async with running(Poller(pool, PRINCIPAL, writing(store))):
        await owe(pool, *rows)
        await until(lambda: nothing_owed(pool))
        await owe(pool, *rows)
        assert await nothing_owed(pool)
    assert await streams_of(store, rows) == [1] * 50


async def test_a_row_is_rolled_back_with_the_fold_that_wrote_it(pool: Pool) -> None:
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await insert_due(connection, [row()], PRINCIPAL)
        await transaction.rollback()
    assert await nothing_owed(pool)


async def test_rows_more_than_a_minute_past_their_instant_count_as_late(pool: Pool) -> None:
    await owe(pool, row(late=61), row(late=30), row(late=-30))
    counts = await due_counts(pool)
    assert (counts.waiting, counts.late, counts.parked) == (3, 1, 0)
