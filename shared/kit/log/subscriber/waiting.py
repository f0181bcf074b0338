"""How FastStream's subscriber waits for its next batch."""

from __future__ import annotations

import asyncio
from itertools import chain
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, ConsumerRecord

_WAIT_MS: Final = 1000
GATHER: Final = 0.01
"""Seconds from one batch to the next while little comes: each costs a transaction. What comes after a silence is
folded at once."""


def wait_for_batches(subscriber: Any, max_records: int) -> None:
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
