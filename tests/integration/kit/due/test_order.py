"""Rows of one key are done in order, whoever does them and whatever becomes of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from shared.kit.due import DueRow, Poller
from shared.kit.eventstore import Pool, StoreUnavailable
from tests.integration.kit.due.owing import PRINCIPAL, nothing_owed, now, owe, row, running, until


def remembering(done: list[UUID]) -> Callable[[DueRow], Awaitable[None]]:
    async def remember(due: DueRow) -> None:
        done.append(due.id)

    return remember


async def test_a_row_in_the_hands_of_one_poller_keeps_later_ones_of_its_key_from_another(pool: Pool) -> None:
    key, done, claimed, thaw = uuid4(), list[UUID](), asyncio.Event(), asyncio.Event()
    first, second, third, other = (
        row(key=key, late=3),
        row(key=key, late=2),
        row(key=key, late=1),
        row(late=1),
    )

    async def frozen(due: DueRow) -> None:
        claimed.set()
        await thaw.wait()
        done.append(due.id)

    await owe(pool, first)
    async with running(Poller(pool, PRINCIPAL, frozen)):
        await asyncio.wait_for(claimed.wait(), 10)
        await owe(pool, second, third, other)
        async with running(Poller(pool, PRINCIPAL, remembering(done))):
            await until(lambda: _done(done, other))
            assert done == [other.id]
            thaw.set()
            await until(lambda: nothing_owed(pool))
    assert done[1:] == [first.id, second.id, third.id]


async def _done(done: list[UUID], due: DueRow) -> bool:
    return due.id in done


async def test_a_row_that_fails_keeps_later_ones_of_its_key_until_it_is_done(pool: Pool) -> None:
    key, done, tries = uuid4(), list[UUID](), list[UUID]()
    first, second = row(key=key, late=2), row(key=key, late=1)

    async def fails_once(due: DueRow) -> None:
        tries.append(due.id)
        if len(tries) == 1:
            raise RuntimeError("no luck")
        done.append(due.id)

    await owe(pool, first, second)
    async with running(*(Poller(pool, PRINCIPAL, fails_once) for _ in range(2))):
        await until(lambda: nothing_owed(pool))
    assert tries == [first.id, first.id, second.id]


async def test_an_outage_keeps_later_rows_of_a_key_behind_the_one_that_met_it(pool: Pool) -> None:
    key, tries = uuid4(), list[UUID]()
    first, second = row(key=key, late=2), row(key=key, late=1)

    async def out_once(due: DueRow) -> None:
        tries.append(due.id)
        if len(tries) == 1:
            raise StoreUnavailable("gone")

    await owe(pool, first, second)
    async with running(*(Poller(pool, PRINCIPAL, out_once) for _ in range(2))):
        await until(lambda: nothing_owed(pool))
    assert tries == [first.id, first.id, second.id]


async def test_rows_due_at_one_instant_are_done_in_the_order_in_which_they_were_written(pool: Pool) -> None:
    key, done = uuid4(), list[UUID]()
    first = row(key=key)
    rows = [first, *(replace(first, id=uuid4()) for _ in range(40))]
    await owe(pool, *rows[:20])
    await owe(pool, *rows[20:])
    async with running(*(Poller(pool, PRINCIPAL, remembering(done)) for _ in range(3))):
        await until(lambda: nothing_owed(pool))
    assert done == [each.id for each in rows]


async def test_a_row_that_may_not_run_yet_lets_the_later_one_through_that_it_waits_for(pool: Pool) -> None:
    key, done = uuid4(), list[UUID]()
    waits, fact = row(key=key, late=2), row(key=key, late=1)

    async def after_the_fact(due: DueRow) -> bool:
        return due.id != waits.id or fact.id in done

    await owe(pool, waits, fact)
    async with running(Poller(pool, PRINCIPAL, remembering(done), may_run=after_the_fact)):
        await until(lambda: nothing_owed(pool))
    assert done == [fact.id, waits.id]


async def test_a_row_of_the_future_keeps_nobody_back(pool: Pool) -> None:
    key, done = uuid4(), list[UUID]()
    tomorrow, fact = row(key=key, late=-86400), row(key=key, late=1)
    await owe(pool, tomorrow, fact)
    async with running(Poller(pool, PRINCIPAL, remembering(done))):
        await until(lambda: _done(done, fact))
    assert await pool.fetchval("SELECT due_at > $1 FROM due_work", now() + timedelta(hours=1)) is True
