"""Whatever happens to a relay or to its log, every event is met, and each stream's in order."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.embedded.supervisor import Embedded
from shared.kit.eventstore import Pool
from shared.kit.log import Relay
from tests.conftest import free_ports, until
from tests.integration.kit.relay.conftest import Topics
from tests.kit.log import first_occurrences, records
from tests.kit.notes import Writer
from tests.kit.running import running

ROOT = Path(__file__).parents[4]


async def until_true(condition: Callable[[], Awaitable[bool]], seconds: float = 30) -> None:
    """Waits for what only asking can tell."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


@asynccontextmanager
async def program(*arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A relay in a process, ended with the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.kit.relay.program", *arguments, cwd=ROOT
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def all_published(writer: Writer, bootstrap: str, topics: Topics) -> bool:
    """Whether every event lies in the log, each stream's in order."""
    return first_occurrences(await records(bootstrap, topics.events)) == writer.written()


async def test_killed_between_acknowledgement_and_saved_position_repeats_one_batch_at_most(
    dsn: str, pool: Pool, writer: Writer, topics: Topics, kafka_bootstrap: str
) -> None:
    streams = [writer.stream() for _ in range(10)]
    for _ in range(30):
        for stream in streams:
            await writer.note(stream, "noted")
    arguments = (dsn, kafka_bootstrap, topics.events, topics.marks)
    async with program(*arguments, "3") as dying:
        assert await asyncio.wait_for(dying.wait(), 30) == -signal.SIGKILL
    relay = Relay(dsn, writer.store, kafka_bootstrap, "tests", topics.events, topics.marks, batch=50)
    async with running(relay.run()):
        await until_true(lambda: all_published(writer, kafka_bootstrap, topics))
        await until(lambda: relay.status.published == 200)
    log = await records(kafka_bootstrap, topics.events)
    assert len(log) == 350
    assert await pool.fetchval("SELECT epoch FROM relay_state") == 2


async def test_a_frozen_relay_loses_its_office_and_repeats_only_when_it_wakes(
    dsn: str, pool: Pool, writer: Writer, topics: Topics, kafka_bootstrap: str
) -> None:
    streams = [writer.stream() for _ in range(5)]
    arguments = (dsn, kafka_bootstrap, topics.events, topics.marks)
    stop = asyncio.Event()

    async def write() -> None:
        while not stop.is_set():
            for stream in streams:
                await writer.note(stream, "noted")

    async def epoch_is(number: int) -> bool:
        return bool(await pool.fetchval("SELECT max(epoch) FROM relay_state") == number)

    async with program(*arguments) as frozen, running(write()):
        await until_true(lambda: epoch_is(1))
        frozen.send_signal(signal.SIGSTOP)
        relay = Relay(dsn, writer.store, kafka_bootstrap, "tests", topics.events, topics.marks, batch=50)
        async with running(relay.run()):
            await until(lambda: relay.status.published > 0)
            assert await epoch_is(2)
            frozen.send_signal(signal.SIGCONT)
            published = relay.status.published
            await until(lambda: relay.status.published > published + 200)
            stop.set()
            await until_true(lambda: all_published(writer, kafka_bootstrap, topics))
            assert relay.status.epoch == 2


async def test_the_broker_may_be_away_for_a_while(
    dsn: str, writer: Writer, topics: Topics, embedded: Embedded, kafka_bootstrap: str
) -> None:
    stream = writer.stream()
    relay = Relay(dsn, writer.store, kafka_bootstrap, "tests", topics.events, topics.marks, batch=50)
    async with running(relay.run()):
        await writer.note(stream, "before")
        await until(lambda: relay.status.published == 1)
        (broker,) = embedded.brokers
        await broker.kill()
        for _ in range(100):
            await writer.note(stream, "while it was away")
        await until(lambda: relay.status.error is not None)
        await broker.start()
        await until_true(lambda: all_published(writer, kafka_bootstrap, topics))


async def test_a_topic_made_anew_gets_everything_again(
    dsn: str, writer: Writer, topics: Topics, kafka_bootstrap: str
) -> None:
    streams = [writer.stream() for _ in range(10)]
    relay = Relay(dsn, writer.store, kafka_bootstrap, "tests", topics.events, topics.marks, batch=50)
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka_bootstrap)
    await admin.start()
    try:
        async with running(relay.run()):
            for stream in streams:
                await writer.note(stream, "one", "two", "three")
            await until_true(lambda: all_published(writer, kafka_bootstrap, topics))
            await admin.delete_topics([topics.events])
            await admin.create_topics([NewTopic(topics.events, 4, 1)])
            await until_true(lambda: all_published(writer, kafka_bootstrap, topics))
            for stream in streams:
                await writer.note(stream, "four")
            await until_true(lambda: all_published(writer, kafka_bootstrap, topics))
    finally:
        await admin.close()


@pytest.fixture
async def other_cluster(tmp_path: Path) -> AsyncIterator[Embedded]:
    """A cluster that may be destroyed."""
    ports = free_ports(3)
    async with Embedded(tmp_path / "other", kafka_port=ports, smtp_port=ports + 2) as servers:
        yield servers


async def test_a_cluster_formatted_anew_gets_everything_again(
    dsn: str, writer: Writer, topics: Topics, kafka_bootstrap: str, other_cluster: Embedded
) -> None:
    stream = writer.stream()
    await writer.note(stream, "one", "two", "three")
    first = Relay(dsn, writer.store, kafka_bootstrap, "tests", topics.events, topics.marks)
    async with running(first.run()):
        await until_true(lambda: all_published(writer, kafka_bootstrap, topics))
    admin = AIOKafkaAdminClient(bootstrap_servers=other_cluster.bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(topics.events, 4, 1), NewTopic(topics.marks, 1, 1)])
    await admin.close()
    second = Relay(dsn, writer.store, other_cluster.bootstrap, "tests", topics.events, topics.marks)
    async with running(second.run()):
        await until_true(lambda: all_published(writer, other_cluster.bootstrap, topics))
        await writer.note(stream, "four")
        await until_true(lambda: all_published(writer, other_cluster.bootstrap, topics))
