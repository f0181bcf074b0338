"""Rebuilds views beside the live ones, from the first event of the log, and switches."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.log.identity import LogView
from shared.kit.log.stopping import stop
from shared.kit.log.subscriber.consuming.gc_tuning import collect_less_often
from shared.kit.log.subscriber.consuming.reading import Reading
from shared.kit.log.subscriber.folding import positions
from shared.kit.log.subscriber.folding.faults import is_the_databases
from shared.kit.log.subscriber.folding.folder import Folder, Stretch
from shared.kit.log.subscriber.folding.reacting import remember_reactors
from shared.kit.log.subscriber.rebuilding.comparing import Compared
from shared.kit.log.subscriber.rebuilding.switching import Switch, SwitchRefused
from shared.kit.log.subscriber.views.preparing import make
from shared.kit.log.subscriber.views.view import Reactor, View
from shared.kit.log.topics import CASE_EVENTS, PARTITIONS
from shared.kit.tries import Tries

_SQL: Final = sql.Statements("shared.kit.log.subscriber")
_log = structlog.get_logger(__name__)

BATCH: Final = 5000
_TRIES: Final = 8
_LOCK: Final = "redress-rebuild"
_TRY_LOCK: Final = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))"
_UNLOCK: Final = "SELECT pg_advisory_unlock(hashtextextended($1, 0))"
_CLOSE: Final = 5 * BATCH
"""Events that the rebuild may be behind when the live views are made to wait for it."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did: events applied, seconds until the switch, and what was compared."""

    events: int
    seconds: float
    compared: tuple[Compared, ...]


class Rebuild:
    """One rebuild of all views of a service, or of some.

    Args:
        pool: of the service's database.
        views: all that the service has; `only`: the names of those to rebuild, all when None.
        reactors: they write due rows only for commands that were never given; left out when only some views
            are rebuilt.
        accept_changes: a view whose version changed may say other things in the columns that it had before.
        progress: told after each batch how many events have been applied.
    """

    def __init__(
        self,
        pool: Pool,
        bootstrap: str,
        service: str,
        views: Sequence[View],
        reactors: Sequence[Reactor] = (),
        *,
        only: Sequence[str] | None = None,
        topic: str = CASE_EVENTS,
        partitions: int = PARTITIONS,
        accept_changes: bool = False,
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        unknown = set(only or ()) - {view.name for view in views}
        if unknown:
            raise ValueError(f"no such view: {', '.join(sorted(unknown))}")
        self._pool = pool
        self._bootstrap = bootstrap
        self._service = service
        self._views = [view for view in views if only is None or view.name in only]
        self._everything = only is None
        self._reactors = tuple(reactors) if self._everything else ()
        self._topic = topic
        self._partitions = range(partitions)
        self._accept_changes = accept_changes
        self._progress = progress
        self._reading = Reading()

    async def run(self) -> Rebuilt:
        """Rebuilds and switches; the live views are written meanwhile and stop only for the switch.

        Raises:
            SwitchRefused: what was built says something else; the live views stay, the rebuilt ones are dropped.
            RebuildUnderWay: another one is.
        """
        began = time.monotonic()
        collect_less_often()
        async with self._alone(), self._consumer() as consumer:
            folder = Folder(
                self._pool, self._views, self._reactors, f"service:{self._service}", positions.NEXT
            )
            try:
                await self._begin()
                await self._near(consumer, folder)
                compared = await self._switch(consumer, folder)
            except BaseException:
                await self._drop()
                raise
        return Rebuilt(folder.counts.applied, time.monotonic() - began, compared)

    async def _begin(self) -> None:
        await self._drop()
        async with self._pool.acquire() as connection, connection.transaction():
            await positions.create(connection, positions.LIVE)
            await positions.ensure_positions(connection, self._partitions)
        live = await self._live_positions()
        async with LogView(self._bootstrap, self._topic) as outside:
            cluster_id = await outside.cluster_id()
            ends = await outside.ends(self._partitions)
        if any(ends[partition] < position for partition, position in live.items()):
            raise SwitchRefused(
                ["the live views were read from another log: let the service read this one first"]
            )
        async with self._pool.acquire() as connection, connection.transaction():
            await positions.enter(connection, positions.LIVE)
            await remember_reactors(connection, self._reactors, ends)
            await positions.create(connection, positions.NEXT)
            await positions.ensure_positions(connection, self._partitions)
            await connection.execute(_SQL.name_cluster, list(self._partitions), cluster_id)
            await connection.execute(_SQL.copy_reactors)
            await connection.execute(_SQL.copy_reactor_starts)
            for view in self._views:
                await make(connection, view)
        self._reading.assign(set(self._partitions))
        for partition in self._partitions:
            self._reading.find(partition, 0)

    async def _near(self, consumer: AIOKafkaConsumer, folder: Folder) -> None:
        """Until little is missing to the live positions."""
        while True:
            live = await self._live_positions()
            here = self._reading.places
            if sum(max(0, live[partition] - here[partition]) for partition in live) <= _CLOSE:
                return
            await self._read_to(live, consumer, folder)

    async def _switch(self, consumer: AIOKafkaConsumer, folder: Folder) -> tuple[Compared, ...]:
        async def catch_up(live: Mapping[int, int]) -> None:
            await self._read_to(live, consumer, folder)

        return await Switch(self._pool, self._views, self._everything, self._accept_changes).make(catch_up)

    async def _read_to(self, target: Mapping[int, int], consumer: AIOKafkaConsumer, folder: Folder) -> None:
        """Folds up to exactly these positions. While one batch is written, the next is decoded."""
        writing: asyncio.Task[None] | None = None
        try:
            while True:
                stretches = await self._next(target, consumer)
                if writing is not None:
                    await writing
                if stretches is None:
                    return
                writing = asyncio.create_task(self._write(stretches, folder))
        finally:
            if writing is not None:
                writing.cancel()

    async def _next(self, target: Mapping[int, int], consumer: AIOKafkaConsumer) -> list[Stretch] | None:
        """The next batch short of the target, None when the target is reached."""
        here = self._reading.places
        behind = [p for p in self._partitions if here[p] < target.get(p, 0)]
        if not behind:
            return None
        wanted = [TopicPartition(self._topic, partition) for partition in behind]
        batches = await consumer.getmany(*wanted, timeout_ms=1000, max_records=BATCH)
        records = [
            record
            for at, batch in batches.items()
            for record in batch
            if record.offset < target[at.partition]
        ]
        stretches, again = self._reading.stretches(records)
        if self._reading.stopped:
            raise SwitchRefused(list(self._reading.stopped.values()))
        self._reading.folded(stretches)
        beyond = {at.partition for at, batch in batches.items() if batch[-1].offset >= target[at.partition]}
        for partition in beyond | again:
            consumer.seek(TopicPartition(self._topic, partition), self._reading.places[partition])
        return stretches

    async def _write(self, stretches: Sequence[Stretch], folder: Folder) -> None:
        if not stretches:
            return
        async for number in Tries():
            try:
                await folder.fold(stretches)
            except Exception as error:
                if number == _TRIES or not is_the_databases(error):
                    raise
                _log.warning("the rebuild waits for the database", error=repr(error))
            else:
                break
        self._progress(folder.counts.applied)

    async def _live_positions(self) -> dict[int, int]:
        return await positions.positions(self._pool)

    async def _drop(self) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(f"DROP SCHEMA IF EXISTS {positions.NEXT} CASCADE")

    @asynccontextmanager
    async def _consumer(self) -> AsyncIterator[Any]:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap.split(","),
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=1024 * 1024,
        )
        await consumer.start()
        try:
            every = [TopicPartition(self._topic, partition) for partition in self._partitions]
            consumer.assign(every)
            for at in every:
                consumer.seek(at, 0)
            yield consumer
        finally:
            await stop(consumer)

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        async with self._pool.acquire() as connection:
            if not await connection.fetchval(_TRY_LOCK, _LOCK):
                raise RebuildUnderWay(f"the views of {self._service} are being rebuilt already")
            try:
                yield
            finally:
                await connection.execute(_UNLOCK, _LOCK)


class RebuildUnderWay(Exception):
    """Another rebuild of this service's views is running."""
