"""Which log is this? A topic that was deleted and made anew looks the same to a client but for what lies in it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Protocol, Self
from uuid import UUID

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from shared.kit.log.stopping import stop

_PATIENCE: Final = 10.0
"""Seconds to wait for records that the log says it has."""


class Record(Protocol):
    """What Kafka's client hands over."""

    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def key(self) -> bytes | None: ...
    @property
    def headers(self) -> Sequence[tuple[str, bytes]]: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def timestamp(self) -> int: ...


def fingerprint(record: Record) -> str:
    """What a record is recognised by: see `fingerprint_of`; a hash of the whole where it carries no event id."""
    for name, value in record.headers:
        if name == "ce_id":
            try:
                return fingerprint_of(UUID(value.decode()), record.timestamp)
            except ValueError:
                break
    digest = hashlib.sha256(record.value or b"")
    for name, value in record.headers:
        digest.update(name.encode() + b"\x00" + value + b"\x00")
    return f"sha256-{digest.hexdigest()}"


def fingerprint_of(event: UUID, timestamp: int) -> str:
    """An event's id, and when it was sent (Kafka's timestamp of the record, in milliseconds).

    Relays that publish everything again do so in another order beside each other: by chance the same event may lie
    where it lay in the log that was lost, with others before it. But it was sent at another time.
    """
    return f"{event}@{timestamp}"


class LogView:
    """Looks at one topic from outside any group: the cluster's id, where partitions end, what lies at an offset.

    A context manager; every method raises `aiokafka.errors.KafkaError` or `TimeoutError` while the brokers
    are away, and the view can be used again when they are back.
    """

    def __init__(self, bootstrap: str, topic: str) -> None:
        self._servers = bootstrap.split(",")
        self._topic = topic
        self._admin: Any = None
        self._consumer: Any = None

    async def __aenter__(self) -> Self:
        admin = AIOKafkaAdminClient(bootstrap_servers=self._servers, request_timeout_ms=5000)
        consumer = _consumer(self._servers)
        try:
            await admin.start()
            await consumer.start()
        except BaseException:
            await stop(consumer)
            await admin.close()
            raise
        self._admin, self._consumer = admin, consumer
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await stop(self._consumer)
        await self._admin.close()

    async def cluster_id(self) -> str:
        """The id that the cluster was formatted with."""
        described = await self._admin.describe_cluster()
        return str(described["cluster_id"])

    async def ends(self, partitions: Iterable[int]) -> dict[int, int]:
        """The offset that the next record of each partition will get."""
        wanted = [TopicPartition(self._topic, partition) for partition in partitions]
        found = await self._consumer.end_offsets(wanted)
        return {at.partition: offset for at, offset in found.items()}

    async def read_back(self, offsets: Mapping[int, int]) -> dict[int, str | None]:
        """The fingerprint of the record at one offset of each partition, None where the log has no such offset.

        Reads with a consumer of its own, which lives as long as this call.
        """
        found: dict[int, str | None] = dict.fromkeys(offsets)
        if not offsets:
            return found
        consumer = _consumer(self._servers)
        try:
            async with asyncio.timeout(_PATIENCE):
                await consumer.start()
                partitions = [TopicPartition(self._topic, partition) for partition in offsets]
                first = await consumer.beginning_offsets(partitions)
                end = await consumer.end_offsets(partitions)
                waiting = {at for at in partitions if first[at] <= offsets[at.partition] < end[at]}
                if waiting:  # an empty assignment never ends
                    consumer.assign(list(waiting))
                for at in waiting:
                    consumer.seek(at, offsets[at.partition])
                while waiting:
                    for at, records in (await consumer.getmany(*waiting, timeout_ms=500)).items():
                        found[at.partition] = fingerprint(records[0])
                        waiting.discard(at)
        finally:
            await stop(consumer)
        return found


def _consumer(servers: Sequence[str]) -> Any:
    return AIOKafkaConsumer(
        bootstrap_servers=list(servers),
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=1,
        request_timeout_ms=5000,
    )
