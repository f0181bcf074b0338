"""Whatever happens to members, broker or log, every event is applied once."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.embedded.supervisor import Embedded
from shared.kit.eventstore import Pool
from shared.kit.log import Subscriber
from shared.kit.log.subscriber import MemberDead
from tests.conftest import until
from tests.integration.kit.subscriber.log import PARTITIONS, Log, Stream, note
from tests.integration.kit.subscriber.test_reading import applied, subscriber
from tests.integration.kit.subscriber.views import Notes, Tallies, noted, tallied
from tests.kit.running import running

ROOT = Path(__file__).parents[4]
BACKLOG: Final = 100_000
"""Events in the log before a member starts."""


async def until_true(condition: Callable[[], Awaitable[bool]], seconds: float = 60) -> None:
    """Waits for what only asking can tell."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


@asynccontextmanager
async def program(dsn: str, log: Log, ordinal: int, *more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A member in a process, ended with the block."""
    arguments = (dsn, log.bootstrap, log.service, log.topic, str(ordinal), *more)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.kit.subscriber.program", *arguments, cwd=ROOT
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


class SlowToAssign(Subscriber):
    """A listener that dawdles before it pauses, while the consumer hands over what it has fetched."""

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """Late."""
        await asyncio.sleep(0.3)
        await super().on_partitions_assigned(assigned)


async def test_a_slow_assignment_on_a_backlog_loses_nothing(pool: Pool, log: Log) -> None:
    streams = [Stream.new() for _ in range(50)]
    for _ in range(BACKLOG // 1000):
        await log.send_all([note(stream) for _ in range(20) for stream in streams])
    reader = SlowToAssign(
        pool,
        log.bootstrap,
        log.service,
        [Notes(), Tallies()],
        topic=log.topic,
        partitions=PARTITIONS,
    )
    async with running(reader.run()):
        await until(lambda: reader._folder.counts.applied == BACKLOG, 120)
    assert await tallied(pool) == BACKLOG
    assert await noted(pool) == {stream.name: list(range(1, stream.version + 1)) for stream in streams}


async def test_a_batch_that_does_not_begin_where_it_should_is_read_again(pool: Pool, log: Log) -> None:
    stream = Stream.new()
    (first, *_) = await log.send(*[note(stream) for _ in range(10)])
    at = TopicPartition(log.topic, first.partition)
    reader = subscriber(pool, log)
    async with running(reader.run()):
        await applied(reader, 10)
        consumer = reader._consuming.consumer
        assert consumer is not None
        consumer.pause(at)
        await log.send(*[note(stream) for _ in range(10)])
        consumer.seek(at, 15)
        consumer.resume(at)
        await applied(reader, 20)
        assert reader._folder.counts.held == 0
        consumer.seek(at, 5)
        await log.send(note(stream))
        await applied(reader, 21)
        assert reader._folder.counts.repeats == 0
    assert await noted(pool) == {stream.name: list(range(1, 22))}


async def test_a_member_killed_between_write_and_commit_has_written_nothing(
    dsn: str, pool: Pool, log: Log
) -> None:
    streams = [Stream.new() for _ in range(10)]
    await log.send_all([note(stream) for _ in range(30) for stream in streams])
    async with program(dsn, log, 0, "die") as dying:
        assert await asyncio.wait_for(dying.wait(), 30) == -signal.SIGKILL
    assert 0 < await tallied(pool) < 300
    reader = subscriber(pool, log)
    async with running(reader.run()):
        await until_true(lambda: all_tallied(pool, 300))
    assert await noted(pool) == {stream.name: list(range(1, 31)) for stream in streams}
    assert reader._folder.counts.repeats == 0


async def all_tallied(pool: Pool, events: int) -> bool:
    """Whether so many have been applied."""
    try:
        return await tallied(pool) == events
    except Exception:  # noqa: BLE001  the first member hasn't made the tables yet
        return False


async def test_members_share_the_partitions_while_one_is_frozen_and_one_leaves(
    dsn: str, pool: Pool, log: Log
) -> None:
    streams = [Stream.new() for _ in range(20)]
    sent = 0

    async def write(rounds: int) -> None:
        nonlocal sent
        for _ in range(rounds):
            await log.send_all([note(stream) for stream in streams])
            sent += len(streams)

    async with program(dsn, log, 0) as first, program(dsn, log, 1) as second:
        await write(20)
        await until_true(lambda: all_tallied(pool, sent))
        first.send_signal(signal.SIGSTOP)
        await write(20)
        await until_true(lambda: all_tallied(pool, sent))
        first.send_signal(signal.SIGCONT)
        await write(20)
        await until_true(lambda: all_tallied(pool, sent))
        second.kill()
        await write(20)
        await until_true(lambda: all_tallied(pool, sent))
        assert first.returncode is None
    assert await noted(pool) == {stream.name: list(range(1, stream.version + 1)) for stream in streams}


async def test_the_broker_may_be_away_for_a_while(pool: Pool, log: Log, embedded: Embedded) -> None:
    stream = Stream.new()
    await log.send(note(stream))
    reader = subscriber(pool, log)
    async with running(reader.run()):
        await applied(reader, 1)
        (broker,) = embedded.brokers
        await broker.kill()
        await until(lambda: bool(reader._reading.lost))
        await broker.start()
        await log.send(note(stream), note(stream))
        await applied(reader, 3)
    assert await noted(pool) == {stream.name: [1, 2, 3]}


async def test_a_table_may_be_away_for_a_while(pool: Pool, log: Log) -> None:
    stream = Stream.new()
    await log.send(note(stream))
    reader = subscriber(pool, log)
    async with running(reader.run()):
        await applied(reader, 1)
        await pool.execute("ALTER TABLE views.notes RENAME TO away")
        await log.send(note(stream), note(stream))
        await until(lambda: reader._error is not None)
        await pool.execute("ALTER TABLE views.away RENAME TO notes")
        await applied(reader, 3)
        assert (await reader.status()).parked == 0
    assert await noted(pool) == {stream.name: [1, 2, 3]}


@pytest.mark.parametrize("again", [2, 30])
async def test_a_topic_made_anew_is_read_from_its_beginning(pool: Pool, log: Log, again: int) -> None:
    """Whether the new log is shorter than the old one was, or longer, by the time the member looks."""
    stream = Stream.new()
    old = [note(stream) for _ in range(20)]
    await log.send(*old)
    reader = subscriber(pool, log)
    async with running(reader.run()):
        await applied(reader, 20)
        await until(lambda: reader._reading.lost == set() and sum(reader._reading.places.values()) == 20)
    admin = AIOKafkaAdminClient(bootstrap_servers=log.bootstrap)
    await admin.start()
    await admin.delete_topics([log.topic])
    await admin.create_topics([NewTopic(log.topic, PARTITIONS, 1)])
    await admin.close()
    # The relay publishes everything again; meanwhile another stream's event has come before it.
    other = Stream.new(prefix="clock", key=stream.key)
    await log.send(*[note(other) for _ in range(again)], *old, note(stream))
    second = subscriber(pool, log)
    async with running(second.run()):
        await applied(second, again + 1)
        await until(lambda: second._folder.counts.repeats == 20)
    assert await noted(pool) == {
        stream.name: list(range(1, 22)),
        other.name: list(range(1, again + 1)),
    }


async def test_a_topic_made_anew_while_a_member_reads_is_read_from_its_beginning(
    pool: Pool, log: Log
) -> None:
    stream = Stream.new()
    old = [note(stream) for _ in range(20)]
    await log.send(*old)
    reader = subscriber(pool, log)
    admin = AIOKafkaAdminClient(bootstrap_servers=log.bootstrap)
    await admin.start()
    async with running(reader.run()):
        await applied(reader, 20)
        await admin.delete_topics([log.topic])
        await admin.create_topics([NewTopic(log.topic, PARTITIONS, 1)])
        await log.send(*old, note(stream))
        await applied(reader, 21)
    await admin.close()
    assert await noted(pool) == {stream.name: list(range(1, 22))}


async def test_a_member_without_partitions_gives_up_its_process(pool: Pool, log: Log) -> None:
    first = subscriber(pool, log)
    async with running(first.run()):
        await until(lambda: len(first._reading.assigned) == PARTITIONS)
        crowd = [
            Subscriber(
                pool,
                log.bootstrap,
                log.service,
                [Notes(), Tallies()],
                topic=log.topic,
                partitions=PARTITIONS,
                ordinal=ordinal,
                idle_limit=3,
            )
            for ordinal in range(1, PARTITIONS + 1)
        ]
        lives = [asyncio.create_task(each.run()) for each in crowd]
        done, pending = await asyncio.wait(lives, timeout=40, return_when=asyncio.FIRST_COMPLETED)
        for life in pending:
            life.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        assert any(isinstance(life.exception(), MemberDead) for life in done)
