"""A look at the whole log."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition


async def records(bootstrap: str, topic: str, partitions: int = 4) -> list[Any]:
    """Every record that lies in a topic now, partition by partition, in order."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=bootstrap, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        every = [TopicPartition(topic, partition) for partition in range(partitions)]
        ends = await consumer.end_offsets(every)
        consumer.assign(every)
        await consumer.seek_to_beginning()
        found: dict[TopicPartition, list[Any]] = {at: [] for at in every}
        waiting = {at for at in every if ends[at] > 0}
        async with asyncio.timeout(30):
            while waiting:
                for at, batch in (await consumer.getmany(*waiting, timeout_ms=200)).items():
                    found[at] += batch
                    if batch[-1].offset >= ends[at] - 1:
                        waiting.discard(at)
        return [record for at in every for record in found[at]]
    finally:
        await consumer.stop()


def first_occurrences(log: Sequence[Any]) -> dict[str, list[int]]:
    """Per stream the versions in the order in which each is first met."""
    met: dict[str, list[int]] = {}
    for record in log:
        headers = dict(record.headers)
        versions = met.setdefault(headers["ce_stream"].decode(), [])
        version = int(headers["ce_sequence"])
        if version not in versions:
            versions.append(version)
    return met
