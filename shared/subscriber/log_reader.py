"""Reads the log from outside any group, partition by partition: for whoever compares, and folds nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from types import TracebackType
from typing import Final, Self

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CorruptRecordException, KafkaError

from shared.relay.topics import CASE_EVENTS
from shared.subscriber.received import Record

PATIENCE: Final = 30.0
"""Seconds to wait for records that the log says it has."""
_POLL_MS: Final = 500


class LogDamaged(Exception):  # noqa: N818  says what it is
    """From this offset on, a partition can't be read: what lies there is not what was written."""

    def __init__(self, partition: int, offset: int, reason: str) -> None:
        super().__init__(f"partition {partition} can't be read from offset {offset} on: {reason}")
        self.partition = partition
        self.offset = offset
        self.reason = reason


class LogReader:
    """A context manager; every method raises `KafkaError` or `OSError` when the brokers can't be reached."""

    def __init__(self, bootstrap: str, topic: str = CASE_EVENTS, *, patience: float = PATIENCE) -> None:
        self._topic = topic
        self._patience = patience
        self._consumer = AIOKafkaConsumer(
            bootstrap_servers=bootstrap.split(","),
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="none",
            check_crcs=True,
        )

    async def __aenter__(self) -> Self:
        try:
            await self._consumer.start()
        except BaseException:
            await self._consumer.stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._consumer.stop()

    async def bounds(self, partitions: Iterable[int]) -> dict[int, tuple[int, int]]:
        """The first offset of each partition, and the one that its next record will get."""
        wanted = [TopicPartition(self._topic, partition) for partition in partitions]
        first = await self._consumer.beginning_offsets(wanted)
        end = await self._consumer.end_offsets(wanted)
        return {at.partition: (first[at], end[at]) for at in wanted}

    async def read(self, partition: int, first: int, end: int) -> AsyncIterator[Sequence[Record]]:
        """The records from offset `first` to before `end`, batch by batch.

        Raises:
            LogDamaged: the rest can't be read.
        """
        at = TopicPartition(self._topic, partition)
        self._consumer.assign([at])
        self._consumer.seek(at, first)
        here = first
        while here < end:
            try:
                async with asyncio.timeout(self._patience):
                    records: Sequence[Record] = []
                    while not records:
                        records = (await self._consumer.getmany(at, timeout_ms=_POLL_MS)).get(at, [])
            except (CorruptRecordException, TimeoutError) as error:
                reason = str(error) or "nothing more comes"
                raise LogDamaged(partition, await self._consumer.position(at), reason) from error
            here = records[-1].offset + 1
            yield [record for record in records if record.offset < end]


__all__ = ["KafkaError", "LogDamaged", "LogReader"]
