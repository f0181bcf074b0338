"""From the store to the log: in order, unchanged, and never saved before it is acknowledged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

import asyncpg
import structlog

from shared.kit import sql
from shared.kit.eventstore import CHANNEL, Position
from shared.kit.log.identity import LogView
from shared.kit.log.noise import quieten_aiokafka
from shared.kit.log.relay.lock import LockConnection, held
from shared.kit.log.relay.publisher import publisher
from shared.kit.log.relay.session import Duty, RelayStatus, Session, Source
from shared.kit.log.relay.state import Progress, acknowledged_from
from shared.kit.log.topics import CASE_EVENTS, RELAY_MARKS
from shared.kit.tries import Tries

_SQL: Final = sql.Statements(__package__)
_log = structlog.get_logger(__name__)


async def _nothing() -> None:
    return None


class Relay:
    """The one publisher of a service's events. Any number may run; the one that holds the lock publishes.

    Args:
        dsn: of the service's database: two connections of the relay's own.
        store: read on connections of its own.
        bootstrap: `host:port` of brokers, with commas.
        batch: rows read and sent at a time; as many may be repeated in the log after a crash.
        acknowledged: awaited between the acknowledgement of a batch and the saving of the position.
    """

    def __init__(  # noqa: PLR0917  the first four say what is relayed, the topics are nearly always these
        self,
        dsn: str,
        store: Source,
        bootstrap: str,
        service: str,
        topic: str = CASE_EVENTS,
        marks_topic: str = RELAY_MARKS,
        *,
        batch: int = 2000,
        acknowledged: Callable[[], Awaitable[None]] = _nothing,
    ) -> None:
        self._dsn = dsn
        self._bootstrap = bootstrap
        self._topic = topic
        self._duty = Duty(service, store, marks_topic, batch, acknowledged)
        self._name = f"redress-relay-{service}"
        self._awake = asyncio.Event()
        self.status = RelayStatus()

    def wake(self) -> None:
        """Something was committed: don't wait for the next poll."""
        self._awake.set()

    async def run(self) -> None:
        """Publishes until cancelled. Whatever fails, it begins again from the saved position."""
        quieten_aiokafka()
        tries = Tries()
        async for _ in tries:
            before = self.status.published
            # A task of its own: a group that fails just when it is cancelled raises its errors instead.
            attempt = asyncio.create_task(self._attempt())
            try:
                await asyncio.wait({attempt})
            finally:
                attempt.cancel()
                await asyncio.wait({attempt})
                error = None if attempt.cancelled() else attempt.exception()
            if error is not None:
                self.status.error = _plainly(error)
                _log.warning("the relay begins again", relay=self._name, error=self.status.error)
            if self.status.published > before:
                tries.reset()

    async def _attempt(self) -> None:
        async with held(self._dsn, self._name, self._wait) as lock, asyncio.TaskGroup() as tasks:
            tasks.create_task(lock.ping())
            await self._lead(lock)

    def _wait(self) -> None:
        """Another instance publishes, and this one stands by: nothing is wrong with it."""
        self.status.error = None
        self.status.turned_at = time.monotonic()

    async def _lead(self, lock: LockConnection) -> None:
        (row,) = await lock.fetch(_SQL.take_over, self._duty.service)
        position = Position(row["transaction_id"], row["notification_id"])
        saved = Progress(position, row["cluster_id"], acknowledged_from(row["acknowledged"]))
        async with (
            publisher(self._bootstrap, self._topic, self._name) as sending,
            LogView(self._bootstrap, self._topic) as view,
            self._listening() as reading,
        ):
            session = Session(
                self._duty, row["epoch"], lock, sending, view, reading, self._awake, self.status
            )
            await session.recognise(saved)
            self.status.epoch, self.status.error = session.epoch, None
            _log.info("the relay publishes", relay=self._name, position=str(session.progress.position))
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(session.publish())
                tasks.create_task(session.mark())
                tasks.create_task(session.watch())

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[asyncpg.Connection[Any]]:
        connection = await asyncpg.connect(self._dsn, server_settings={"application_name": self._name})
        try:
            await connection.add_listener(CHANNEL, lambda *_: self.wake())
            yield connection
        finally:
            connection.terminate()


def _plainly(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"
