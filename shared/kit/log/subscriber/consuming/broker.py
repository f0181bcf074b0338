"""FastStream's broker for one member, and what Redress does in its place: waiting, decoding, acknowledging."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import chain
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage

_WAIT_MS: Final = 1000
_DAY_MS: Final = 86_400_000
GATHER: Final = 0.01
"""Seconds from one batch to the next while little comes: each costs a transaction. What comes after a silence is
folded at once."""


Fold = Callable[[Sequence[ConsumerRecord[bytes, bytes]]], Awaitable[None]]


def broker_of(
    bootstrap: str,
    service: str,
    topic: str,
    *,
    ordinal: int,
    max_records: int,
    listener: ConsumerRebalanceListener,
    fold: Fold,
) -> tuple[KafkaBroker, Any]:
    """The broker of a member, not yet started, and its subscriber, whose batches go to `fold`."""
    broker = KafkaBroker(
        bootstrap.split(","),
        consumer_only=True,
        allow_auto_create_topics=False,
        apply_types=False,
        logger=None,
        graceful_timeout=10.0,
        request_timeout_ms=10_000,
        metadata_max_age_ms=5_000,  # a topic made anew is seen by then, and assigned
        description=f"The events that {service} reads",
    )
    consuming = broker.subscriber(
        topic,
        batch=True,
        group_id=f"redress-{service}",
        group_instance_id=f"redress-{service}-{ordinal}",
        auto_offset_reset="earliest",
        session_timeout_ms=6000,
        heartbeat_interval_ms=1500,
        rebalance_timeout_ms=15_000,
        max_poll_interval_ms=_DAY_MS,  # a batch is tried for as long as the database is away
        max_records=max_records,
        ack_policy=AckPolicy.MANUAL,
        no_reply=True,
        parser=_untouched,
        decoder=_records_of,
        listener=listener,
        title=topic,
    )
    consuming(fold)
    _wait_for_batches(consuming, max_records)
    return broker, consuming


def _wait_for_batches(subscriber: Any, max_records: int) -> None:
    """Has it wait until something comes.

    Its own way is to wait for `batch_timeout_ms` and then to sleep as long, whatever comes meanwhile: with a short time
    six services that have nothing to do wake five hundred times a second, with a long one an event lies about.
    """
    loop = asyncio.get_running_loop()
    last = loop.time()

    async def next_batch(consumer: AIOKafkaConsumer) -> tuple[ConsumerRecord[bytes, bytes], ...]:
        nonlocal last
        await asyncio.sleep(last + GATHER - loop.time())
        batches = await consumer.getmany(timeout_ms=_WAIT_MS, max_records=max_records)
        last = loop.time()
        return tuple(chain(*batches.values()))

    subscriber.get_msg = next_batch


async def _untouched(records: tuple[ConsumerRecord[bytes, bytes], ...]) -> KafkaMessage:
    """FastStream's own parser decodes every header, and one that isn't UTF-8 would drop the whole batch."""
    return KafkaMessage(body=b"", raw_message=records, headers={}, batch_headers=[], consumer=_NOBODY)


async def _records_of(message: KafkaMessage) -> Any:
    """The records themselves: each is decoded in the fold, so that a bad one fails nobody but itself."""
    return message.raw_message


class _Nobody:
    """Stands where FastStream keeps a consumer to acknowledge with: positions are the database's."""

    async def commit(self) -> None:
        """Nothing."""

    def seek(self, partition: TopicPartition, offset: int) -> None:
        """Nothing."""


_NOBODY: Final = _Nobody()
