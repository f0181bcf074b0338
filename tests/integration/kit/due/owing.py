"""What the pollers are tried with: rows that each owe one page to a ledger of their own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from shared.kit.decider import Decider
from shared.kit.due import DueRow, Poller, insert_due
from shared.kit.eventstore import Cause, Order, Pool, PostgresEventStore, handle
from tests.integration.kit.eventstore.ledger import HAPPENED, PageWritten

PRINCIPAL: Final = "service:tests"
COUNTING: Final[Decider[str, int, PageWritten]] = Decider(
    decide=lambda command, _: (PageWritten(text=command),), evolve=lambda count, _: count + 1, initial=0
)


def now() -> datetime:
    return datetime.now(UTC)


def row(
    *, key: UUID | None = None, late: float = 1.0, command: str = "write-page", stream: str = ""
) -> DueRow:
    """A row that fell due `late` seconds ago; negative: that falls due."""
    key = key or uuid4()
    return DueRow(
        id=uuid4(),
        key=key,
        stream=stream or f"ledger-{key}",
        command=command,
        payload={"text": "owed"},
        due_at=now() - timedelta(seconds=late),
        correlation_id=uuid4(),
        causation_id=uuid4(),
    )


async def owe(pool: Pool, *rows: DueRow) -> None:
    """What a fold does."""
    async with pool.acquire() as connection, connection.transaction():
        await insert_due(connection, rows, PRINCIPAL)


def writing(store: PostgresEventStore) -> Callable[[DueRow], Awaitable[None]]:
    """A handler that appends the page; the append deletes the row."""

    async def write(due: DueRow) -> None:
        cause = Cause(PRINCIPAL, due.correlation_id, due.causation_id)
        order = Order(cause, due.id, HAPPENED, done=due.id, refusal_is_final=True)
        await handle(store, COUNTING, due.stream, due.key, due.payload["text"], order=order)

    return write


@contextlib.asynccontextmanager
async def running(*pollers: Poller) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Runs the pollers until the block ends."""
    tasks = [asyncio.create_task(poller.run()) for poller in pollers]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Waits for a condition; the test's own timeout is the limit."""
    async with asyncio.timeout(30):
        while not await holds():  # noqa: ASYNC110  what is waited for happens in the database
            await asyncio.sleep(0.01)


async def nothing_owed(pool: Pool) -> bool:
    return bool(await pool.fetchval("SELECT count(*) = 0 FROM due_work"))


async def streams_of(store: PostgresEventStore, rows: Sequence[DueRow]) -> list[int]:
    """How many events each row's stream has."""
    return [len(await store.load(due.stream)) for due in rows]
