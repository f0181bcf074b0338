"""Stopping a consumer for certain."""

from __future__ import annotations

import asyncio
from typing import Final

from aiokafka import AIOKafkaConsumer

_PATIENCE: Final = 1.0


async def stop(consumer: AIOKafkaConsumer) -> None:
    """Stops the consumer.

    aiokafka's fetching task swallows the cancellation of `stop()` when the assignment has changed just before, and
    `stop()` then waits for ever. So it is cancelled again, until it has ended.
    """
    stopping = asyncio.ensure_future(consumer.stop())
    while not (await asyncio.wait({stopping}, timeout=_PATIENCE))[0]:
        consumer._fetcher._fetch_task.cancel()  # noqa: SLF001  there is no other way to it
    await stopping
