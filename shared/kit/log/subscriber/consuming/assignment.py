"""The hand on the consumer: pauses, seeks and resumes partitions, which may be another member's at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from aiokafka import TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError

_PATIENCE: Final = 5.0


class Assignment:
    """Works on the partitions of one topic; on what isn't this member's any more it does nothing.

    Args:
        consumer: gives FastStream's consumer, None while it has none.
    """

    def __init__(self, topic: str, consumer: Callable[[], Any | None]) -> None:
        self._topic = topic
        self._consumer = consumer

    def pause(self, partitions: Iterable[int]) -> None:
        """Nothing more is fetched from these."""
        consumer = self._consumer()
        mine = self._mine(partitions)
        if consumer is not None and mine:
            consumer.pause(*mine)

    def go_on(self, partition: int, offset: int) -> bool:
        """Fetches a partition from this offset; False when it isn't this member's."""
        consumer = self._consumer()
        mine = self._mine([partition])
        if consumer is None or not mine:
            return False
        consumer.seek(mine[0], offset)
        consumer.resume(mine[0])
        return True

    def is_paused(self, partition: int) -> bool:
        consumer = self._consumer()
        return consumer is None or TopicPartition(self._topic, partition) in consumer.paused()

    async def commit(self, offsets: Mapping[int, int]) -> bool:
        """Tells Kafka how far reading has come; False when it didn't listen."""
        consumer = self._consumer()
        if consumer is None:
            return False
        with suppress(KafkaError, IllegalStateError, TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await consumer.commit(
                    {TopicPartition(self._topic, p): offset for p, offset in offsets.items()}
                )
            return True
        return False

    def _mine(self, partitions: Iterable[int]) -> list[TopicPartition]:
        consumer = self._consumer()
        if consumer is None:
            return []
        assigned = consumer.assignment()
        return [at for p in partitions if (at := TopicPartition(self._topic, p)) in assigned]
