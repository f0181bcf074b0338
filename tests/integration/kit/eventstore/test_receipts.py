"""A command is done once: repeats, lost replies and killed sessions all end with the first answer."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from shared.kit.eventstore import AlreadyDone, Conflict, PostgresEventStore, StoreUnavailable, connect_pool
from tests.integration.kit.eventstore.conftest import Ways
from tests.integration.kit.eventstore.ledger import CAUSE, ledger, pages, receipt
from tests.integration.kit.eventstore.lossy_proxy import LossyProxy, lossy


@pytest.fixture
async def lossy_store(database: Ways) -> AsyncIterator[tuple[LossyProxy, PostgresEventStore]]:
    """A store behind a proxy that loses what it is told to."""
    with tempfile.TemporaryDirectory(prefix="lossy") as folder:
        async with lossy(database.service, Path(folder)) as (proxy, dsn):
            pool = await connect_pool(dsn, min_size=1, max_size=1)
            yield proxy, PostgresEventStore(pool, "/redress/tests", patience=2)
            pool.terminate()


async def test_repeating_a_command_gives_its_first_answer_and_writes_nothing(
    store: PostgresEventStore,
) -> None:
    stream, first = ledger(), receipt(reference="CASE-2026-000001", version=1)
    await store.append([pages(stream, 0, "one")], CAUSE, receipt=first)
    again = receipt(first.command_id, reference="CASE-2026-000002", version=2)
    for expected in (0, 1):  # decided before or after the first became visible
        with pytest.raises(AlreadyDone) as done:
            await store.append([pages(stream, expected, "again")], CAUSE, receipt=again)
        assert done.value.receipt == first
    assert len(await store.load(stream)) == 1
    assert await store.receipt(CAUSE.principal, first.command_id) == first
    assert await store.receipt("person:another", first.command_id) is None


async def test_of_many_deliveries_of_one_command_at_once_one_is_written(store: PostgresEventStore) -> None:
    stream, first = ledger(), receipt(version=1)
    answers = await asyncio.gather(
        *(store.append([pages(stream, 0, "one")], CAUSE, receipt=first) for _ in range(10)),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers].count(tuple) == 1
    assert [type(answer) for answer in answers].count(AlreadyDone) == 9
    assert len(await store.load(stream)) == 1


async def test_a_refused_append_leaves_no_receipt(store: PostgresEventStore) -> None:
    stream, first = ledger(), receipt()
    with pytest.raises(Conflict):
        await store.append([pages(stream, 5, "one")], CAUSE, receipt=first)
    assert await store.receipt(CAUSE.principal, first.command_id) is None


async def test_a_command_that_leads_to_nothing_leaves_its_receipt_and_is_not_done_again(
    store: PostgresEventStore,
) -> None:
    stream, first = ledger(), receipt(version=0)
    assert await store.append([pages(stream, 0)], CAUSE, receipt=first) == ()
    with pytest.raises(AlreadyDone):
        await store.append([pages(stream, 0, "late")], CAUSE, receipt=first)


@pytest.mark.parametrize("with_receipt", [True, False])
@pytest.mark.parametrize("what", ["lose_next_reply", "lose_next_request"])
async def test_a_lost_reply_or_request_ends_as_if_it_had_not_been_lost(
    lossy_store: tuple[LossyProxy, PostgresEventStore], with_receipt: bool, what: str
) -> None:
    proxy, store = lossy_store
    stream = ledger()
    await store.append([pages(stream, 0, "warm")], CAUSE)
    lost = proxy.lost
    getattr(proxy, what)()
    slip = receipt(version=3) if with_receipt else None
    recorded = await store.append([pages(stream, 1, "two", "three")], CAUSE, receipt=slip)
    assert proxy.lost == lost + 1
    assert [one.envelope.version for one in recorded] == [2, 3]
    assert (await store.load(stream))[1:] == recorded


async def test_after_a_lost_reply_another_writers_events_are_not_taken_for_ones_own(
    lossy_store: tuple[LossyProxy, PostgresEventStore], store: PostgresEventStore
) -> None:
    proxy, unlucky = lossy_store
    stream = ledger()
    await unlucky.append([pages(stream, 0, "warm")], CAUSE)
    proxy.lose_next_request()
    await store.append([pages(stream, 1, "somebody else's")], CAUSE)
    with pytest.raises(Conflict):
        await unlucky.append([pages(stream, 1, "mine")], CAUSE, receipt=receipt())


async def test_sessions_killed_while_they_append_lose_and_double_nothing(
    database: Ways, store: PostgresEventStore
) -> None:
    appended: asyncio.Queue[int] = asyncio.Queue()

    async def kill_after_every_third() -> None:
        owner = await asyncpg.connect(database.owner)
        try:
            while True:
                for _ in range(3):
                    await appended.get()
                await owner.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.3"
                )
        finally:
            await owner.close()

    async def write(stream: str) -> None:
        for version in range(60):
            slip = receipt(version=version + 1)
            recorded = await store.append([pages(stream, version, f"{version}")], CAUSE, receipt=slip)
            appended.put_nowait(version)
            assert [one.envelope.version for one in recorded] == [version + 1]
            assert await store.receipt(CAUSE.principal, slip.command_id) == slip

    streams = [ledger() for _ in range(4)]
    killer = asyncio.create_task(kill_after_every_third())
    await asyncio.gather(*(write(stream) for stream in streams))
    killer.cancel()
    await asyncio.wait([killer])
    for stream in streams:
        assert [one.envelope.version for one in await store.load(stream)] == list(range(1, 61))


async def test_a_database_that_stays_away_is_reported_and_the_command_may_be_sent_again(
    tmp_path: Path,
) -> None:
    pool = asyncpg.create_pool(host=str(tmp_path), user="nobody", database="none", min_size=0)
    await pool
    store = PostgresEventStore(pool, "/redress/tests", patience=0.2)
    with pytest.raises(StoreUnavailable, match="has not answered"):
        await store.append([pages(ledger(), 0, "one")], CAUSE, receipt=receipt())
    pool.terminate()


async def test_settling_a_command_keeps_an_older_receipt(store: PostgresEventStore) -> None:
    first = receipt(refused={"code": "met"})
    await store.settle(first, uuid4())
    await store.settle(receipt(first.command_id, refused={"code": "other"}))
    assert await store.receipt(CAUSE.principal, first.command_id) == first
