"""One relay's stay in office: from taking the lock until anything fails."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Protocol

import asyncpg
import structlog

from shared.kit import sql
from shared.kit.eventstore import Position, StoredRow
from shared.kit.log.identity import LogView
from shared.kit.log.marks import LogOffset, Mark, Proof
from shared.kit.log.relay.lock import LockConnection, LockLost
from shared.kit.log.relay.publisher import AnotherLog, Publisher
from shared.kit.log.relay.state import Acknowledged, Progress, same_log

_SQL: Final = sql.Statements(__package__)
_log = structlog.get_logger(__name__)

POLL: Final = 0.5
"""Seconds between reads when nobody announces anything."""
GATHER: Final = 0.01
"""Seconds from one send to the next while little comes: each costs every reader a transaction, so under load
neighbours travel together. What comes after a silence leaves at once."""
_PATIENCE: Final = 4
"""What was announced is hidden while an older transaction still runs, in any database of the server: it is looked for
again after 10, 40 and 160 ms before the usual poll."""
MARK_EVERY: Final = 1.0


class Source(Protocol):
    """What the relay reads: the event store's notification log."""

    async def read_after(self, position: Position, limit: int) -> Sequence[StoredRow]:
        """Up to `limit` rows after a position, none ever missed."""
        ...


@dataclass(frozen=True, slots=True)
class Duty:
    """What is relayed, and how.

    Attributes:
        batch: rows read and sent at a time; as many may be repeated in the log after a crash.
        acknowledged: awaited between the acknowledgement of a batch and the saving of the position.
    """

    service: str
    store: Source
    marks_topic: str
    batch: int
    acknowledged: Callable[[], Awaitable[None]]


@dataclass(slots=True)
class RelayStatus:
    """What a relay can say of itself.

    Attributes:
        published: events acknowledged since the process started.
        marked_at: everything recorded before this is on the log; None until the first proof.
        error: why the last session ended; None while one runs well.
        turned_at: when it last read, or stood by, by `time.monotonic`.
    """

    epoch: int = 0
    position: Position | None = None
    published: int = 0
    marked_at: datetime | None = None
    error: str | None = None
    turned_at: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class Session:
    """Publishes, marks and watches with one producer, under one epoch. `awake` ends a wait for new rows.

    `lock` saves the position, `reading` tells the database's time, `view` looks at the log from outside.
    """

    duty: Duty
    epoch: int
    lock: LockConnection
    sending: Publisher
    view: LogView
    reading: asyncpg.Connection[Any]
    awake: asyncio.Event
    status: RelayStatus
    progress: Progress = field(default_factory=Progress)
    proof: Proof = field(default_factory=Proof)
    proved: asyncio.Event = field(default_factory=asyncio.Event)
    first_records: dict[int, str] = field(default_factory=dict)

    async def recognise(self, saved: Progress) -> None:
        """Goes on from the saved progress, or from the first event when the log is another one."""
        cluster_id = await self.view.cluster_id()
        found = await self.view.read_back(saved.offsets())
        if same_log(saved, cluster_id, found):
            self.progress = replace(saved, cluster_id=cluster_id)
        else:
            _log.warning("another log than before: everything is published again", relay=self.duty.service)
            self.progress = Progress(cluster_id=cluster_id)
        await self._save(self.progress)

    async def publish(self) -> None:
        """Reads, sends, awaits, saves: for ever. While one batch is under way, the next is read."""
        ahead: asyncio.Task[Sequence[StoredRow]] | None = None
        patience = POLL
        loop = asyncio.get_running_loop()
        try:
            while True:
                began = loop.time()
                self.status.turned_at = time.monotonic()
                self.awake.clear()
                oldest = self.proof.oldest_running
                rows = await (ahead or self._read(self.progress.position))
                ahead = None
                drained = len(rows) < self.duty.batch
                if not drained:
                    ahead = asyncio.create_task(self._read(rows[-1].position))
                if rows:
                    await self._send(rows)
                self.status.position = self.progress.position
                self.proof.published(
                    self.progress.position, self.progress.offsets(), drained=drained, oldest_running=oldest
                )
                if self.proof.wants_a_moment:
                    self.proved.set()
                if drained:
                    patience = GATHER if await self._awoken(patience) else min(_PATIENCE * patience, POLL)
                    if rows:
                        await asyncio.sleep(began + GATHER - loop.time())
        finally:
            if ahead is not None:
                ahead.cancel()

    async def _awoken(self, within: float) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                return await self.awake.wait()
        return False

    async def _read(self, position: Position) -> Sequence[StoredRow]:
        return await self.duty.store.read_after(position, self.duty.batch)

    async def _send(self, rows: Sequence[StoredRow]) -> None:
        self.lock.must_be_fresh()
        last = await self.sending.publish(rows)
        for partition, record in last.items():
            before = self.progress.acknowledged.get(partition)
            if before is not None and record.offset <= before.offset:
                raise AnotherLog(f"offset {record.offset} after {before.offset} in partition {partition}")
        await self.duty.acknowledged()
        together: dict[int, Acknowledged] = {**self.progress.acknowledged, **last}
        progress = Progress(rows[-1].position, self.progress.cluster_id, together)
        await self._save(progress)
        self.progress = progress
        self.status.published += len(rows)

    async def _save(self, progress: Progress) -> None:
        saved = await self.lock.fetch(
            _SQL.save,
            self.duty.service,
            self.epoch,
            progress.position.transaction_id,
            progress.position.notification_id,
            progress.cluster_id,
            progress.acknowledged_json(),
        )
        if not saved:
            raise LockLost(f"epoch {self.epoch} is over: another relay has taken over")

    async def mark(self) -> None:
        """Every second: the latest proven time and offsets, as a record on the marks' topic."""
        loop = asyncio.get_running_loop()
        while True:
            next_at = loop.time() + MARK_EVERY
            if self.proof.wants_a_moment:
                row = await self.reading.fetchrow(_SQL.moment)
                assert row is not None
                self.proof.try_moment(row["at"], row["transaction_id"])
                self.proved.clear()
            self.proof.ended_below(await self.reading.fetchval(_SQL.oldest_running))
            self.awake.set()
            with suppress(TimeoutError):
                async with asyncio.timeout_at(next_at):
                    await self.proved.wait()
            if self.proof.proven is not None:
                at, offsets = self.proof.proven
                mark = Mark(self.duty.service, self.epoch, at, await self._ends(offsets))
                await self.sending.put(self.duty.marks_topic, self.duty.service, mark.to_json())
                self.status.marked_at = at
            await asyncio.sleep(next_at - loop.time())

    async def _ends(self, offsets: Mapping[int, int]) -> dict[int, LogOffset]:
        new = offsets.keys() - self.first_records.keys()
        for partition, first in (await self.view.read_back(dict.fromkeys(new, 0))).items():
            if first is None:
                raise AnotherLog(f"partition {partition} is empty, and had something acknowledged")
            self.first_records[partition] = first
        return {
            partition: LogOffset(offset, self.first_records[partition])
            for partition, offset in offsets.items()
        }

    async def watch(self) -> None:
        """Every second: is this still the same cluster, and does every partition reach as far as it did?

        All partitions, whoever wrote there: in a log made anew the other relays may soon have written more than a
        quiet service ever had, and then nothing of its own would be missed.
        """
        reached: Mapping[int, int] = {}
        while True:
            await asyncio.sleep(MARK_EVERY)
            acknowledged = self.progress.offsets()
            if await self.view.cluster_id() != self.progress.cluster_id:
                raise AnotherLog("the cluster has another id")
            ends = await self.view.ends(self.sending.partitions)
            if any(ends[partition] <= offset for partition, offset in acknowledged.items()):
                raise AnotherLog("the log is shorter than what it acknowledged")
            if any(ends[partition] < before for partition, before in reached.items()):
                raise AnotherLog("the log is shorter than it was")
            reached = ends
