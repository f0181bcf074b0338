"""Sends events to the log and waits until every one is acknowledged. Thrown away after any failure."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, Final

from aiokafka import AIOKafkaProducer
from aiokafka.partitioner import DefaultPartitioner

from shared.kit.eventstore import StoredRow
from shared.kit.log.identity import fingerprint_of
from shared.kit.log.relay.state import Acknowledged

MOST_BYTES: Final = 1_048_576
"""The largest record that producer and broker take; an append refuses anything over a quarter of it."""


class AnotherLog(Exception):
    """The log acknowledged a record where it had acknowledged one before: it was made anew."""


class Publisher:
    """An idempotent producer for the log, `acks=all`, one batch in flight a partition."""

    def __init__(self, producer: Any, topic: str, partitions: int) -> None:
        self._producer = producer
        self._topic = topic
        self.partitions = range(partitions)
        self._partition_of = lru_cache(maxsize=65_536)(_Partitioner(partitions))

    async def publish(self, rows: Sequence[StoredRow]) -> dict[int, Acknowledged]:
        """Sends the rows in order, keyed by their key, and waits for every acknowledgement.

        Returns:
            The last acknowledged record of each partition that got any.

        Raises:
            KafkaError: one wasn't acknowledged; nobody knows which others were.
            AnotherLog: the offsets of a partition don't ascend.
        """
        sending: list[asyncio.Future[Any]] = []
        sent_at = time.time_ns() // 1_000_000
        try:
            for row in rows:
                key = str(row.envelope.key).encode()
                sending.append(
                    await self._producer.send(
                        self._topic,
                        value=row.state,
                        key=key,
                        partition=self._partition_of(key),
                        headers=row.envelope.headers(),
                        timestamp_ms=sent_at,
                    )
                )
            metadata = [await each for each in sending]
        except BaseException:
            for each in sending:
                each.add_done_callback(_look_at)
            raise
        last: dict[int, Acknowledged] = {}
        for row, record in zip(rows, metadata, strict=True):
            before = last.get(record.partition)
            if before is not None and record.offset <= before.offset:
                raise AnotherLog(
                    f"offset {record.offset} after {before.offset} in partition {record.partition}"
                )
            known_by = fingerprint_of(row.envelope.event_id, sent_at)
            last[record.partition] = Acknowledged(record.offset, known_by)
        return last

    async def put(self, topic: str, key: str, value: bytes) -> None:
        """Sends one record to another topic and waits for it."""
        await self._producer.send_and_wait(topic, value=value, key=key.encode())


class _Partitioner:
    """Kafka's own choice of a partition by key (murmur2)."""

    def __init__(self, partitions: int) -> None:
        self._all = list(range(partitions))
        self._choose = DefaultPartitioner()

    def __call__(self, key: bytes) -> int:
        return int(self._choose(key, self._all, self._all))


@asynccontextmanager
async def publisher(bootstrap: str, topic: str, client_id: str) -> AsyncIterator[Publisher]:
    """A publisher for as long as the block runs; what it hasn't sent by the end of the block is never sent."""
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap.split(","),
        client_id=client_id,
        enable_idempotence=True,
        acks="all",
        max_request_size=MOST_BYTES,
        max_batch_size=131_072,
        request_timeout_ms=10_000,
    )
    try:
        await producer.start()
        partitions = await producer.partitions_for(topic)
        yield Publisher(producer, topic, len(partitions))
    finally:
        await _throw_away(producer)


async def _throw_away(producer: Any) -> None:
    # `stop` would first send what is waiting, while the next producer begins again before it.
    await producer._sender.close()  # noqa: SLF001
    await producer.client.close()
    producer._closed = True  # noqa: SLF001


def _look_at(sent: asyncio.Future[Any]) -> None:
    if not sent.cancelled():
        sent.exception()
