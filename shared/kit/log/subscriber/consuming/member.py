"""A member of a service's consumer group: FastStream hands it batches, it folds them, and never gives up."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

import structlog
from aiokafka import ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.log.identity import LogView
from shared.kit.log.marks import LogOffset
from shared.kit.log.noise import quieten_aiokafka
from shared.kit.log.subscriber.consuming.assignment import Assignment
from shared.kit.log.subscriber.consuming.broker import broker_of
from shared.kit.log.subscriber.consuming.gc_tuning import collect_less_often
from shared.kit.log.subscriber.consuming.reading import Reading
from shared.kit.log.subscriber.consuming.resume import places
from shared.kit.log.subscriber.consuming.status import PartitionStatus, SubscriberStatus
from shared.kit.log.subscriber.folding import positions
from shared.kit.log.subscriber.folding.folder import Folder, MovedOn, StaleViews
from shared.kit.log.subscriber.views.preparing import prepare
from shared.kit.log.subscriber.views.view import Reactor, View
from shared.kit.log.topics import CASE_EVENTS, PARTITIONS
from shared.kit.tries import Tries

_SQL: Final = sql.Statements("shared.kit.log.subscriber")
_log = structlog.get_logger(__name__)

IDLE_LIMIT: Final = 30.0
"""Seconds without partitions, or with a consuming task that has ended, after which a member gives up its process."""
LOOK_EVERY: Final = 1.0


class MemberDead(Exception):
    """This member does nothing and won't again: the process must end, so that its supervisor starts another."""


class Subscriber(ConsumerRebalanceListener):  # type: ignore[misc]
    """The one reader of a service, or one of several members that share the partitions.

    Args:
        pool: of the service's database; positions and views are there.
        bootstrap: `host:port` of brokers, with commas.
        service: the consumer group, and the principal of due commands.
        ordinal: tells the members of a service apart, so that a restart moves nothing.
        due: called after each batch that led to due work. It must return at once.
        idle_limit: see `IDLE_LIMIT`.
    """

    def __init__(
        self,
        pool: Pool,
        bootstrap: str,
        service: str,
        views: Sequence[View],
        reactors: Sequence[Reactor] = (),
        *,
        topic: str = CASE_EVENTS,
        partitions: int = PARTITIONS,
        ordinal: int = 0,
        max_records: int = 5000,
        idle_limit: float = IDLE_LIMIT,
        due: Callable[[], None] = lambda: None,
    ) -> None:
        self._pool = pool
        self._bootstrap = bootstrap
        self._service = service
        self._views = tuple(views)
        self._reactors = tuple(reactors)
        self._topic = topic
        self._partitions = partitions
        self._idle_limit = idle_limit
        self._tell_due = due
        self._folder = Folder(pool, views, reactors, f"service:{service}")
        self._reading = Reading()
        self._turn = asyncio.Lock()
        self._leaving = False
        self._astray = asyncio.Event()
        self._failed: asyncio.Future[None] | None = None
        self._error: str | None = None
        self.turned_at = time.monotonic()
        """When it last folded, or had nothing to fold, by `time.monotonic`."""
        self.broker, self._consuming = broker_of(
            bootstrap, service, topic, ordinal=ordinal, max_records=max_records, listener=self, fold=self.fold
        )
        self._assignment = Assignment(topic, lambda: self._consuming.consumer)

    # -- life ------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Reads until cancelled. It waits for its broker first, and for its database always.

        Raises:
            RebuildNeeded: a view's tables have another version.
            StaleViews: they have got another one while this ran.
            MemberDead: nothing to read, or the consuming task gone, for `idle_limit` seconds.
        """
        quieten_aiokafka()
        collect_less_often()
        self._failed = asyncio.get_running_loop().create_future()
        await self._prepare()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._end_with_failure())
                tasks.create_task(self._find_places())
                tasks.create_task(self._look())
                await self._start()
                tasks.create_task(self._commit_offsets())
                tasks.create_task(self._watch())
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None
        finally:
            self._leaving = True
            await self.broker.stop()

    async def _prepare(self) -> None:
        async for _ in Tries():
            try:
                async with LogView(self._bootstrap, self._topic) as view:
                    ends = await view.ends(range(self._partitions))
                await prepare(self._pool, self._views, self._reactors, ends)
            except (KafkaError, OSError, TimeoutError) as error:
                self._error = f"waiting for the brokers: {error!r}"
                _log.warning("the member waits for the brokers", member=self._service, error=repr(error))
            else:
                self._error = None
                return

    async def _start(self) -> None:
        async for _ in Tries():
            try:
                await self.broker.start()
            except KafkaError as error:
                _log.warning("the member can't join its group yet", member=self._service, error=repr(error))
                await self.broker.stop()
            else:
                return

    async def _end_with_failure(self) -> None:
        assert self._failed is not None
        await self._failed

    async def _watch(self) -> None:
        """Ends the process when this member has had nothing to do for too long."""
        idle = 0.0
        while idle < self._idle_limit:
            await asyncio.sleep(LOOK_EVERY)
            tasks = self._consuming.tasks
            alive = bool(tasks) and not all(task.done() for task in tasks)
            idle = 0.0 if alive and self._reading.assigned else idle + LOOK_EVERY
        raise MemberDead(f"{self._service} has read nothing for {self._idle_limit:g} s")

    # -- assignment ------------------------------------------------------------------------------------------

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:  # noqa: ARG002
        """Waits for the batch in hand, or has it give up; then nothing is this member's."""
        self._leaving = True
        async with self._turn:
            self._reading.assign(())
        self._leaving = False

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """Pauses them; their places are found by a task, because heartbeats begin only after this returns."""
        partitions = {each.partition for each in assigned}
        self._assignment.pause(partitions)
        self._reading.assign(partitions)
        self._astray.set()

    async def _find_places(self) -> None:
        """Finds the places of lost partitions, seeks and resumes: for ever."""
        tries = Tries()
        while True:
            await self._astray.wait()
            self._astray.clear()
            lost = self._reading.lost
            if not lost:
                continue
            try:
                async with LogView(self._bootstrap, self._topic) as view:
                    found = await places(self._pool, view, lost, positions.LIVE)
            except Exception as error:  # noqa: BLE001  log or database: tried for ever
                _log.warning("the member can't find its place yet", member=self._service, error=repr(error))
                self._astray.set()
                await tries.pause()
                continue
            tries.reset()
            async with self._turn:
                for partition in self._reading.lost & found.keys():
                    if self._assignment.go_on(partition, found[partition]):
                        self._reading.find(partition, found[partition])

    def _read_again(self, partitions: set[int]) -> None:
        """What comes of these is dropped until their places are found anew."""
        if not partitions:
            return
        self._reading.lose(partitions)
        self._assignment.pause(partitions)
        self._astray.set()

    # -- folding ---------------------------------------------------------------------------------------------

    async def fold(self, records: Sequence[ConsumerRecord[bytes, bytes]]) -> None:
        """Folds what of the batch is this member's to fold. Never raises, but when cancelled."""
        async with self._turn:
            stretches, again = self._reading.stretches(records)
            self._read_again(again)
            self._stop_where_told()
            tries = Tries()
            while stretches:
                try:
                    made = await self._folder.fold(stretches)
                except MovedOn as moved:
                    self._read_again(set(moved.partitions))
                    stretches = [each for each in stretches if each.partition not in moved.partitions]
                except StaleViews as stale:
                    self._fail(stale)
                    return
                except Exception as error:  # noqa: BLE001  the database's, or a defect: either way tried for ever
                    self._error = f"{type(error).__name__}: {error}"
                    _log.warning("the member can't fold a batch yet", member=self._service, error=self._error)
                    if self._leaving:
                        self._read_again({each.partition for each in stretches})
                        return
                    await tries.pause()
                else:
                    self._reading.folded(stretches)
                    self.turned_at = time.monotonic()
                    self._error = None
                    if made.due:
                        self._tell_due()
                    return

    def _stop_where_told(self) -> None:
        for partition, reason in self._reading.stopped.items():
            if not self._assignment.is_paused(partition):
                _log.error("a partition is stopped", partition=partition, reason=str(reason))
                self._assignment.pause([partition])

    def _fail(self, error: Exception) -> None:
        if self._failed is not None and not self._failed.done():
            self._failed.set_exception(error)

    # -- looking ---------------------------------------------------------------------------------------------

    async def _look(self) -> None:
        """Every second: is the log still there, and the same? After an outage every place is found anew."""
        cluster_id: str | None = None
        async for _ in Tries(longest=LOOK_EVERY):
            try:
                async with LogView(self._bootstrap, self._topic) as view:
                    while True:
                        now = await view.cluster_id()
                        shorter = self._reading.look(await view.ends(range(self._partitions)))
                        if cluster_id not in (None, now):
                            shorter = set(self._reading.places)
                        cluster_id = now
                        self._read_again(shorter)
                        if not any(each.lag for each in self.partitions.values()):
                            self.turned_at = time.monotonic()
                        await asyncio.sleep(LOOK_EVERY)
            except (KafkaError, OSError, TimeoutError) as error:
                _log.warning("the member can't see the log", member=self._service, error=repr(error))
                self._read_again(set(self._reading.places))

    async def _commit_offsets(self) -> None:
        """Tells Kafka as well how far reading has come, for the usual lag tools; the database is the truth."""
        told: dict[int, int] = {}
        while True:
            await asyncio.sleep(LOOK_EVERY)
            here = self._reading.places
            if here and here != told and await self._assignment.commit(here):
                told = here

    @property
    def partitions(self) -> dict[int, PartitionStatus]:
        """How this member stands in each of its partitions, without asking the database."""
        return self._reading.status()

    async def offsets(self) -> dict[int, LogOffset]:
        """Where each partition of the service is folded next, whoever reads it: for `MarksReader`."""
        return await positions.offsets(self._pool)

    async def replay(self, key: object) -> str | None:
        """Folds what waits behind a parked key, after the fault is repaired.

        Returns:
            None when the key flows again (or wasn't parked); else why it still can't be folded.
        """
        made = await self._folder.replay(key)
        if made is None or not made.park:
            return None
        return "; ".join(error for _, error in made.park.values())

    async def status(self) -> SubscriberStatus:
        counts = self._folder.counts
        aside: tuple[int | None, int | None] = (None, None)
        with suppress(Exception):
            async with self._pool.acquire(timeout=1) as connection:
                row = await connection.fetchrow(_SQL.counts)
            assert row is not None
            aside = (row["parked"], row["held"])
        return SubscriberStatus(
            self._reading.status(),
            counts.applied,
            counts.repeats,
            dict(counts.unknown_types),
            *aside,
            self._error,
        )
