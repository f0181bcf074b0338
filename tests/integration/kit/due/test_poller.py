"""Due work is done once, in time, whoever is killed, and one bad row stops nobody but its own case."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.kit.decider import Refused
from shared.kit.due import DueRow, Poller, due_counts, insert_due, parked_rows, replay_parked
from shared.kit.eventstore import Conflict, Pool, PostgresEventStore, StoreUnavailable
from tests.integration.kit.due.owing import (
    PRINCIPAL,
    nothing_owed,
    now,
    owe,
    row,
    running,
    streams_of,
    until,
    writing,
)
from tests.integration.kit.eventstore.conftest import Ways


async def test_three_pollers_do_each_row_exactly_once_though_one_is_killed(
    database: Ways, pool: Pool, store: PostgresEventStore
) -> None:
    rows = [row() for _ in range(400)]
    stuck = asyncio.Event()
    held: list[UUID] = []

    async def never_ends(due: DueRow) -> None:
        held.append(due.id)
        stuck.set()
        await asyncio.Event().wait()

    doomed_pool = await asyncpg.create_pool(database.service)
    lease = timedelta(seconds=1)
    doomed = Poller(doomed_pool, PRINCIPAL, never_ends, lease=lease)
    live = [Poller(pool, PRINCIPAL, writing(store), lease=lease) for _ in range(2)]
    await owe(pool, *rows)
    async with running(doomed) as (killed,):
        await asyncio.wait_for(stuck.wait(), 10)
        doomed_pool.terminate()  # as a kill: it can neither renew nor give back what it holds
        killed.cancel()
    assert len(held) > 1
    async with running(*live):
        await until(lambda: nothing_owed(pool))
    assert await streams_of(store, rows) == [1] * 400
    receipts = await pool.fetchval("SELECT count(*) FROM command_receipts WHERE principal = $1", PRINCIPAL)
    assert receipts == 400


async def test_a_poller_that_was_frozen_past_its_lease_does_nothing_twice(
    pool: Pool, store: PostgresEventStore
) -> None:
    due = row()
    claimed, thaw = asyncio.Event(), asyncio.Event()
    write = writing(store)

    async def frozen(one: DueRow) -> None:
        claimed.set()
        await thaw.wait()
        await write(one)

    await owe(pool, due)
    sleeper = Poller(pool, PRINCIPAL, frozen)
    async with running(sleeper):
        await asyncio.wait_for(claimed.wait(), 10)
        await pool.execute("UPDATE due_work SET claim_at = now()")  # what a frozen poller's lease comes to
        async with running(Poller(pool, PRINCIPAL, write)):
            await until(lambda: nothing_owed(pool))
        thaw.set()
        await until(lambda: _handled(sleeper))
    assert await streams_of(store, [due]) == [1]


async def _handled(poller: Poller) -> bool:
    return not poller._held


async def test_a_long_handler_keeps_its_claim_while_it_lives(pool: Pool) -> None:
    handled: list[UUID] = []
    release = asyncio.Event()

    async def slow(due: DueRow) -> None:
        handled.append(due.id)
        await release.wait()

    await owe(pool, row())
    lease = timedelta(milliseconds=300)
    async with running(*(Poller(pool, PRINCIPAL, slow, lease=lease) for _ in range(2))):
        started = now()
        await until(lambda: _renewed_past(pool, started + timedelta(seconds=1.2)))
        release.set()
        await until(lambda: nothing_owed(pool))
    assert len(handled) == 1


async def _renewed_past(pool: Pool, instant: datetime) -> bool:
    claim_at: datetime = await pool.fetchval("SELECT claim_at FROM due_work")
    return claim_at > instant


async def test_a_stopped_poller_gives_back_at_once_what_it_holds(
    pool: Pool, store: PostgresEventStore
) -> None:
    due, claimed = row(), asyncio.Event()

    async def never_ends(_: DueRow) -> None:
        claimed.set()
        await asyncio.Event().wait()

    await owe(pool, due)
    async with running(Poller(pool, PRINCIPAL, never_ends, lease=timedelta(minutes=5))):
        await asyncio.wait_for(claimed.wait(), 10)
    async with running(Poller(pool, PRINCIPAL, writing(store))):
        await until(lambda: nothing_owed(pool))
    assert await streams_of(store, [due]) == [1]


async def test_a_row_refused_by_a_rule_is_handled_and_leaves_its_receipt(
    pool: Pool, store: PostgresEventStore
) -> None:
    due = row()

    async def refuse(_: DueRow) -> None:
        raise Refused("met", "The clock was met.", "Rule 1")

    await owe(pool, due)
    async with running(Poller(pool, PRINCIPAL, refuse)):
        await until(lambda: nothing_owed(pool))
    receipt = await store.receipt(PRINCIPAL, due.id)
    assert receipt is not None
    assert receipt.answer == {"refused": {"code": "met", "title": "The clock was met.", "citation": "Rule 1"}}


async def test_a_handler_that_returns_without_an_append_has_done_its_row(
    pool: Pool, store: PostgresEventStore
) -> None:
    due = row()

    async def nothing_left(_: DueRow) -> None:
        return

    await owe(pool, due)
    async with running(Poller(pool, PRINCIPAL, nothing_left)):
        await until(lambda: nothing_owed(pool))
    assert await store.receipt(PRINCIPAL, due.id) is not None


@pytest.mark.parametrize(
    "passing",
    [
        Conflict("ledger", 1, 2),
        StoreUnavailable("away"),
        ConnectionResetError(),
        asyncpg.DeadlockDetectedError(),
    ],
)
async def test_conflicts_and_outages_are_tried_again_and_never_park(
    pool: Pool, store: PostgresEventStore, passing: Exception
) -> None:
    due, write, tries = row(), writing(store), 0

    async def at_last(one: DueRow) -> None:
        nonlocal tries
        tries += 1
        if tries <= 2:
            raise passing
        await write(one)

    await owe(pool, due)
    async with running(Poller(pool, PRINCIPAL, at_last, attempts=1)):
        await until(lambda: nothing_owed(pool))
    assert (tries, await streams_of(store, [due])) == (3, [1])


async def test_a_row_that_keeps_failing_parks_its_key_and_nobody_elses_and_is_replayed(
    pool: Pool, store: PostgresEventStore
) -> None:
    key = uuid4()
    bad, behind, other = row(key=key, late=9), row(key=key), row()
    write, told, broken = writing(store), list[tuple[UUID, str]](), True
    tries: Counter[UUID] = Counter()

    async def handler(due: DueRow) -> None:
        tries[due.id] += 1
        if broken and due.id == bad.id:
            raise FileNotFoundError(2, "not there", "letter.j2")
        await write(due)

    async def parked(due: DueRow, error: str) -> None:
        told.append((due.id, error))

    await owe(pool, bad)
    async with running(Poller(pool, PRINCIPAL, handler, parked=parked, attempts=3)):
        await until(lambda: _parked(pool, 1))
        await owe(pool, behind, other)
        await until(lambda: _waiting(pool, 1))
        assert tries == {bad.id: 3, other.id: 1}
        (failed,) = await parked_rows(pool)
        assert (failed.id, failed.key, failed.failures) == (bad.id, key, 3)
        assert told == [(bad.id, failed.error)]
        assert "letter.j2" in failed.error
        broken = False
        assert await replay_parked(pool, key) == 1
        await until(lambda: nothing_owed(pool))
    assert await streams_of(store, [bad, other]) == [2, 1]


async def _parked(pool: Pool, count: int) -> bool:
    return (await due_counts(pool)).parked == count


async def _waiting(pool: Pool, count: int) -> bool:
    return (await due_counts(pool)).waiting == count


async def test_a_row_that_kills_whoever_takes_it_is_parked_in_the_end(pool: Pool) -> None:
    due = row()
    await owe(pool, due)
    await pool.execute(
        "UPDATE due_work SET attempts = 10"
    )  # ten pollers took it and were never heard of again

    async def deadly(_: DueRow) -> None:
        raise SystemExit

    async with running(Poller(pool, PRINCIPAL, deadly, attempts=2)):
        await until(lambda: _parked(pool, 1))
    (parked,) = await parked_rows(pool)
    assert "without a word" in parked.error


async def test_a_key_that_is_parked_elsewhere_waits(pool: Pool, store: PostgresEventStore) -> None:
    waiting, other = row(), row()
    keys = {waiting.key}

    async def waiting_keys() -> Collection[UUID]:
        return keys

    await owe(pool, waiting, other)
    poller = Poller(pool, PRINCIPAL, writing(store), waiting_keys=waiting_keys)
    async with running(poller):
        await until(lambda: _waiting(pool, 1))
        assert await streams_of(store, [waiting, other]) == [0, 1]
        keys.clear()
        poller.poke()
        await until(lambda: nothing_owed(pool))


async def test_a_gate_holds_a_row_back_until_it_opens(pool: Pool, store: PostgresEventStore) -> None:
    due, asked, opened = row(late=100), asyncio.Event(), False

    async def gate(_: DueRow) -> bool:
        asked.set()
        return opened

    await owe(pool, due)
    async with running(Poller(pool, PRINCIPAL, writing(store), may_run=gate)):
        await asyncio.wait_for(asked.wait(), 10)
        await until(lambda: _given_back(pool))
        assert (await due_counts(pool)).late == 1  # held, and therefore late: an outage shows
        opened = True
        await until(lambda: nothing_owed(pool))
    assert await streams_of(store, [due]) == [1]


async def _given_back(pool: Pool) -> bool:
    return await pool.fetchval("SELECT lease IS NULL AND attempts = 0 FROM due_work") is True


async def test_a_gate_moves_the_instant_from_which_a_row_is_owed(pool: Pool) -> None:
    due, opens = row(late=100), now() + timedelta(hours=9)

    async def gate(_: DueRow) -> datetime:
        return opens

    async def too_early(_: DueRow) -> None:
        pytest.fail("the office is shut")

    await owe(pool, due)
    async with running(Poller(pool, PRINCIPAL, too_early, may_run=gate)):
        await until(lambda: _owed_from(pool, opens))
    counts = await due_counts(pool)
    assert (counts.waiting, counts.late) == (1, 0)  # postponed is not late


async def _owed_from(pool: Pool, instant: datetime) -> bool:
    return (
        await pool.fetchval("SELECT due_at = $1 AND claim_at = $1 AND lease IS NULL FROM due_work", instant)
        is True
    )


async def test_a_row_is_done_when_its_instant_comes_and_not_before(pool: Pool) -> None:
    done_at: list[datetime] = []
    due = row(late=-0.7)

    async def note(_: DueRow) -> None:
        done_at.append(now())

    await owe(pool, due)
    async with running(Poller(pool, PRINCIPAL, note)):
        await until(lambda: nothing_owed(pool))
    assert timedelta() <= done_at[0] - due.due_at


async def test_rows_of_one_key_go_one_after_another_oldest_first(pool: Pool) -> None:
    key, order, at_once = uuid4(), list[UUID](), 0
    rows = [row(key=key, late=100 - n) for n in range(30)]

    async def one_at_a_time(due: DueRow) -> None:
        nonlocal at_once
        at_once += 1
        assert at_once == 1
        await asyncio.sleep(0)
        order.append(due.id)
        at_once -= 1

    await owe(pool, *rows)
    async with running(Poller(pool, PRINCIPAL, one_at_a_time)):
        await until(lambda: nothing_owed(pool))
    assert order == [due.id for due in rows]


async def test_a_poller_outlives_its_database_sessions(
    database: Ways, pool: Pool, store: PostgresEventStore
) -> None:
    rows = [row() for _ in range(60)]
    owner = await asyncpg.connect(database.owner)
    async with running(
        *(Poller(pool, PRINCIPAL, writing(store), lease=timedelta(seconds=1)) for _ in range(2))
    ):
        for start in range(0, 60, 20):
            await insert_due(owner, rows[start : start + 20], PRINCIPAL)
            await owner.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await until(lambda: _nothing_owed_by(owner))
    await owner.close()
    assert await streams_of(store, rows) == [1] * 60


async def _nothing_owed_by(owner: asyncpg.Connection[asyncpg.Record]) -> bool:
    return bool(await owner.fetchval("SELECT count(*) = 0 FROM due_work"))
