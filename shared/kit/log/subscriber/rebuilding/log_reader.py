"""Reads the log from outside any group, partition by partition: for whoever compares, and folds nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from types import TracebackType
from typing import Final, Self

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CorruptRecordException

from shared.kit.log.identity import Record
from shared.kit.log.stopping import stop
from shared.kit.log.topics import CASE_EVENTS, PARTITIONS

PATIENCE: Final = 30.0
"""Seconds to wait for records that the log says it has."""
_POLL_MS: Final = 500
_WAIT_MS: Final = 20  # a fetch at the end of one partition is waited out before the next one is read


class LogDamaged(Exception):
    """From this offset on, a partition can't be read: what lies there is not what was written."""

    def __init__(self, partition: int, offset: int, reason: str) -> None:
        super().__init__(f"partition {partition} can't be read from offset {offset} on: {reason}")
        self.partition = partition
        self.offset = offset
        self.reason = reason


class LogReader:
    """A context manager; every method raises `KafkaError` or `OSError` when the brokers can't be reached."""

    def __init__(
        self,
        bootstrap: str,
        topic: str = CASE_EVENTS,
        partitions: int = PARTITIONS,
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._all = [TopicPartition(topic, partition) for partition in range(partitions)]
        self._patience = patience
        self._consumer = AIOKafkaConsumer(
            bootstrap_servers=bootstrap.split(","),
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="none",
            check_crcs=True,
            fetch_max_wait_ms=_WAIT_MS,
        )

    async def __aenter__(self) -> Self:
        try:
            await self._consumer.start()
        except BaseException:
            await stop(self._consumer)
            raise
        # Assigned once: a consumer that is stopped while it lets go of partitions waits for ever.
        self._consumer.assign(self._all)
        for at in self._all:
            self._consumer.seek(at, 0)
        self._consumer.pause(*self._all)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await stop(self._consumer)

    async def bounds(self) -> dict[int, tuple[int, int]]:
        """The first offset of each partition, and the one that its next record will get."""
        first = await self._consumer.beginning_offsets(self._all)
        end = await self._consumer.end_offsets(self._all)
        return {at.partition: (first[at], end[at]) for at in self._all}

    async def read(self, partition: int, first: int, end: int) -> AsyncIterator[Sequence[Record]]:
        """The records from offset `first` to before `end`, batch by batch.

        Raises:
            LogDamaged: the rest can't be read.
        """
        at = self._all[partition]
        self._consumer.seek(at, first)
        self._consumer.resume(at)
        try:
            here = first
            while here < end:
                records = await self._batch(at)
                here = records[-1].offset + 1
                yield [record for record in records if record.offset < end]
        finally:
            self._consumer.pause(at)

    async def _batch(self, at: TopicPartition) -> Sequence[Record]:
        try:
            async with asyncio.timeout(self._patience):
                while True:
                    records: Sequence[Record] = (await self._consumer.getmany(at, timeout_ms=_POLL_MS)).get(
                        at, []
                    )
                    if records:
                        return records
        except (CorruptRecordException, TimeoutError) as error:
            reason = str(error) or "nothing more comes"
            raise LogDamaged(at.partition, await self._consumer.position(at), reason) from error
