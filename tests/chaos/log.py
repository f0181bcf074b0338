"""The log as it lies: every record of the topic, read once, with what is out of order and what is there twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.kit.events import event_id
from shared.kit.log import CASE_EVENTS, PARTITIONS, envelope_of

_PATIENCE: Final = 60.0
_PARTITIONS: Final = [TopicPartition(CASE_EVENTS, number) for number in range(PARTITIONS)]


@dataclass(slots=True)
class Log:
    """What has been read of the log so far.

    Attributes:
        versions: the last version of each stream, by first occurrences.
        repeats: records that had been there before, by source.
        early: records that came before their predecessors, by source. A relay may send some to a log that was made
            anew before it finds out that it is another one; readers hold them. Anywhere else they are wrong.
        wrong: what no log may hold, a sentence each.
    """

    bootstrap: str
    versions: dict[str, int] = field(default_factory=dict)
    repeats: Counter[str] = field(default_factory=Counter)
    early: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    _made_anew: bool = False
    _ahead: dict[str, set[int]] = field(default_factory=dict)
    _next: dict[TopicPartition, int] = field(default_factory=dict)
    _partition_of: dict[str, int] = field(default_factory=dict)

    def begin_again(self) -> None:
        """The log was lost: the next reading begins with its first record."""
        self._made_anew = True
        self.versions.clear()
        self._ahead.clear()
        self._next.clear()
        self._partition_of.clear()

    async def read_on(self) -> None:
        """Reads up to where the log ends now."""
        async with asyncio.timeout(_PATIENCE):
            consumer = _consumer(self.bootstrap)
            try:
                await consumer.start()
                await self._read(consumer)
            finally:
                await consumer.stop()
        self._made_anew = False

    async def _read(self, consumer: Any) -> None:
        ends = await consumer.end_offsets(_PARTITIONS)
        behind = {at for at in _PARTITIONS if self._next.get(at, 0) < ends[at]}
        if not behind:
            return
        consumer.assign(list(behind))
        for at in behind:
            consumer.seek(at, self._next.get(at, 0))
        while behind:
            for at, records in (await consumer.getmany(*behind, timeout_ms=500)).items():
                self._take(at, records)
                if self._next[at] >= ends[at]:
                    behind.discard(at)

    def _take(self, at: TopicPartition, records: Sequence[Any]) -> None:
        for record in records:
            expected = self._next.get(at, 0)
            if record.offset != expected:
                self.wrong.append(f"partition {at.partition} goes on at {record.offset}, not at {expected}")
            self._next[at] = record.offset + 1
            self._look(at.partition, record)

    def _look(self, partition: int, record: Any) -> None:
        envelope = envelope_of(dict(record.headers))
        stream, version = envelope.stream, envelope.version
        here = f"{stream} {version} (partition {partition}, offset {record.offset})"
        if envelope.event_id != event_id(stream, version):
            self.wrong.append(f"{here} has the id {envelope.event_id}")
        if record.key != str(envelope.key).encode():
            self.wrong.append(f"{here} has the key {record.key!r}, not {envelope.key}")
        if self._partition_of.setdefault(stream, partition) != partition:
            self.wrong.append(f"{here}: the stream began in partition {self._partition_of[stream]}")
        last, ahead = self.versions.get(stream, 0), self._ahead.setdefault(stream, set())
        if version <= last or version in ahead:
            self.repeats[envelope.source] += 1
            return
        ahead.add(version)
        if version != last + 1:
            self.early[envelope.source] += 1
            if not self._made_anew:
                self.wrong.append(f"{here} follows {last}")
        while last + 1 in ahead:
            last += 1
            ahead.remove(last)
        self.versions[stream] = last


async def ends(bootstrap: str) -> dict[int, int]:
    """The offset that the next record of each partition will get."""
    consumer = _consumer(bootstrap)
    try:
        await consumer.start()
        found = await consumer.end_offsets(_PARTITIONS)
    finally:
        await consumer.stop()
    return {at.partition: offset for at, offset in found.items()}


def _consumer(bootstrap: str) -> Any:
    return AIOKafkaConsumer(
        bootstrap_servers=bootstrap.split(","),
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        request_timeout_ms=5000,
        max_partition_fetch_bytes=4 * 1024 * 1024,
    )
