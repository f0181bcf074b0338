"""The relay publishes each event once and in order, and proves how far it has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg

from shared.kit.eventstore import Pool
from shared.kit.log import MarksReader, Relay
from tests.conftest import until
from tests.integration.kit.relay.conftest import Topics
from tests.kit.log import first_occurrences, records
from tests.kit.notes import Writer
from tests.kit.running import running


async def test_every_event_is_published_once_in_order_and_unchanged(
    dsn: str, pool: Pool, writer: Writer, topics: Topics, kafka_bootstrap: str
) -> None:
    streams = [writer.stream() for _ in range(20)]
    for number in range(5):
        for stream in streams:
            await writer.note(stream, f"before {number}")
    relay = Relay(dsn, writer.store, kafka_bootstrap, "tests", topics.events, topics.marks, batch=30)
    async with running(relay.run()):
        for number in range(5):
            for stream in streams:
                await writer.note(stream, f"after {number}")
            relay.wake()
        await until(lambda: relay.status.published == 200)

    log = await records(kafka_bootstrap, topics.events)
    assert len(log) == 200
    assert first_occurrences(log) == writer.written()
    stored = await pool.fetch("SELECT event_id, key, state FROM stored_events")
    by_id = {str(row["event_id"]): row for row in stored}
    for record in log:
        row = by_id[dict(record.headers)["ce_id"].decode()]
        assert (record.key, record.value) == (str(row["key"]).encode(), row["state"])


async def test_a_mark_waits_for_a_transaction_that_is_still_running(
    dsn: str, writer: Writer, topics: Topics, kafka_bootstrap: str
) -> None:
    stream = writer.stream()
    relay = Relay(dsn, writer.store, kafka_bootstrap, "tests", topics.events, topics.marks)
    reader = MarksReader(kafka_bootstrap, ["tests"], topics.marks)
    async with running(relay.run(), reader.run()):
        await until(lambda: "tests" in reader.marks)
        other = await asyncpg.connect(dsn)
        transaction = other.transaction()
        await transaction.start()
        await other.execute("SELECT pg_current_xact_id()")
        begun = await other.fetchval("SELECT clock_timestamp()")
        await writer.note(stream, "held back by the open transaction")
        at = reader.marks["tests"].at
        await until(lambda: relay.status.marked_at is not None)
        marked = relay.status.marked_at
        # Two marks' worth of time: the proven moment must not pass the open transaction.
        await other.fetchval("SELECT pg_sleep(2.2)")
        assert reader.marks["tests"].at <= begun
        assert marked is not None
        assert at <= begun
        await transaction.rollback()
        await other.close()
        await until(lambda: reader.marks["tests"].at > begun)
        await until(lambda: bool(reader.marks["tests"].ends))
        assert relay.status.published == 1


async def test_a_reader_is_level_when_it_has_read_up_to_a_young_mark(
    dsn: str, writer: Writer, topics: Topics, kafka_bootstrap: str
) -> None:
    stream = writer.stream()
    await writer.note(stream, "one", "two", "three")
    relay = Relay(dsn, writer.store, kafka_bootstrap, "tests", topics.events, topics.marks)
    reader = MarksReader(kafka_bootstrap, ["tests"], topics.marks)
    async with running(relay.run(), reader.run()):
        await until(lambda: "tests" in reader.marks and bool(reader.marks["tests"].ends))
    ((partition, last),) = reader.marks["tests"].ends.items()
    assert last.offset == 2
    read = {partition: replace(last, offset=3)}
    assert reader.level(read, timedelta(minutes=1))
    assert not reader.level({partition: last}, timedelta(minutes=1))
    late = MarksReader(
        kafka_bootstrap,
        ["tests"],
        topics.marks,
        now=lambda: datetime.now(UTC) + timedelta(minutes=2),
    )
    async with running(late.run()):
        await until(lambda: "tests" in late.marks)
    assert not late.level(read, timedelta(minutes=1))
