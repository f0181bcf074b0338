"""A service's database with everything that stores, relays and reads; small events; a look at the whole log."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.kit.events import Event, event
from shared.kit.eventstore import Cause, NewEvent, Pool, PostgresEventStore, StreamWrite
from shared.kit.runtime import migrations
from tests.conftest import Databases

ROLE: Final = "log_tester"
PACKAGES: Final = ("shared.kit.eventstore", "shared.kit.due", "shared.kit.log.relay")
CAUSE: Final = Cause("service:tests", UUID(int=7), None)


@event("redress.test.noted.v1")
class Noted(Event):
    """Something was noted: the events that relay and subscriber are tried with."""

    text: str


async def service_database(postgres: Databases) -> str:
    """A fresh database; gives the DSN of a role that has a service's rights and owns schema `views`."""
    owner = await postgres.fresh_database("log")
    connection = await asyncpg.connect(owner)
    try:
        for role, kind in (("redress_service", "NOLOGIN"), ("redress_auditor", "NOLOGIN"), (ROLE, "LOGIN")):
            if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role):
                await connection.execute(f"CREATE ROLE {role} {kind}")
        await connection.execute(f"GRANT redress_service TO {ROLE}")
        name = await connection.fetchval("SELECT current_database()")
        await connection.execute(f'GRANT CREATE ON DATABASE "{name}" TO {ROLE}')
        await connection.execute(f"CREATE SCHEMA views AUTHORIZATION {ROLE}")
    finally:
        await connection.close()
    await migrations.apply(owner, PACKAGES)
    return postgres.dsn(name, ROLE)


@dataclass
class Writer:
    """Appends notes to streams, one event a time, and remembers what it was told was stored."""

    pool: Pool
    source: str = "/redress/tests"

    def __post_init__(self) -> None:
        self.store = PostgresEventStore(self.pool, self.source)
        self.keys: dict[str, UUID] = {}
        self.versions: dict[str, int] = {}

    def stream(self, name: str = "case") -> str:
        """A new stream with a key of its own."""
        key = uuid4()
        stream = f"{name}-{key}"
        self.keys[stream], self.versions[stream] = key, 0
        return stream

    async def note(self, stream: str, *texts: str) -> None:
        """Appends one event a text."""
        events = tuple(NewEvent(Noted(text=text), datetime.now(UTC)) for text in texts)
        write = StreamWrite(stream, self.keys[stream], self.versions[stream], events)
        await self.store.append([write], CAUSE)
        self.versions[stream] += len(events)

    def written(self) -> dict[str, list[int]]:
        """Every stream's versions, as they must be met."""
        return {stream: list(range(1, version + 1)) for stream, version in self.versions.items()}


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


@asynccontextmanager
async def running(*coroutines: Any) -> AsyncIterator[None]:
    """Runs these beside the block, and cancels them after it."""
    tasks = [asyncio.create_task(each) for each in coroutines]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
