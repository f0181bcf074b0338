"""A live view catching up, and a rebuild, against bare aiokafka + pydantic + COPY, in one run.

Rates are events a second by the clock; those named `cpu` are events a second of this process's own processor time,
which other work on the machine disturbs less.

    python -m tests.bench.bench_subscriber postgresql://... 127.0.0.1:9092 [100000]

Makes a database and topics of its own. Prints one JSON line; memory is the peak of the whole process.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from collections.abc import Sequence
from uuid import UUID, uuid4

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from pydantic import TypeAdapter

from shared.kit.events import Envelope
from shared.kit.eventstore import connect_pool
from shared.kit.log import PARTITIONS, Connection, Rebuild, Received, Subscriber, create_topics, wanted_topics
from tests.bench.filling import STREAMS, Weighed, fresh_database, half_kilobyte
from tests.bench.rate import Instant, Rate
from tests.integration.kit.subscriber.log import HAPPENED
from tests.kit.heard import enveloped


class Weights:
    """One row an event, by COPY."""

    name = "weights"
    version = 1
    tables: tuple[str, ...] = ("weights",)
    schema_sql = "CREATE TABLE weights (stream text, version bigint, key uuid, text text, number integer)"

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """Copies them."""
        await connection.copy_records_to_table(
            "weights",
            records=[
                (
                    each.envelope.stream,
                    each.envelope.version,
                    each.envelope.key,
                    each.event.text,
                    each.event.number,
                )
                for each in events
                if isinstance(each.event, Weighed)
            ],
        )


async def main(admin_dsn: str, bootstrap: str, events: int) -> dict[str, float]:
    """Events a second of all three, and the ratios to the bare one."""
    dsn = await fresh_database(admin_dsn)
    mark = uuid4().hex[:8]
    wanted = wanted_topics(1, events=f"bench-events-{mark}", marks=f"bench-marks-{mark}")
    await create_topics(bootstrap, wanted)
    await _publish(bootstrap, wanted[0].name, events)
    ceiling = await _bare(dsn, bootstrap, wanted[0].name, events)
    live, rebuilt = await _subscriber(dsn, bootstrap, wanted[0].name, events)
    return {
        "events": events,
        "bare": round(ceiling.clock),
        "catching_up": round(live.clock),
        "catching_up_ratio": round(live.clock / ceiling.clock, 3),
        "rebuild": round(rebuilt.clock),
        "rebuild_ratio": round(rebuilt.clock / ceiling.clock, 3),
        "bare_cpu": round(ceiling.cpu),
        "catching_up_cpu_ratio": round(live.cpu / ceiling.cpu, 3),
        "rebuild_cpu_ratio": round(rebuilt.cpu / ceiling.cpu, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


async def _publish(bootstrap: str, topic: str, events: int) -> None:
    value = half_kilobyte()
    keys = [uuid4() for _ in range(STREAMS)]
    async with AIOKafkaProducer(
        bootstrap_servers=bootstrap.split(","), enable_idempotence=True, max_batch_size=131_072
    ) as producer:
        for version in range(1, events // STREAMS + 1):
            await asyncio.gather(
                *[
                    await producer.send(
                        topic, value=value, key=str(key).encode(), headers=_envelope(key, version).headers()
                    )
                    for key in keys
                ]
            )


def _envelope(key: UUID, version: int) -> Envelope:
    return enveloped(f"case-{key}", version, Weighed.wire_name, key, at=HAPPENED)


async def _bare(dsn: str, bootstrap: str, topic: str, events: int) -> Rate:
    connection = await asyncpg.connect(dsn)
    await connection.execute("CREATE TABLE bare (key uuid, text text, number integer)")
    adapter = TypeAdapter(Weighed)
    consumer = AIOKafkaConsumer(
        bootstrap_servers=bootstrap.split(","), auto_offset_reset="earliest", enable_auto_commit=False
    )
    await consumer.start()
    consumer.assign([TopicPartition(topic, partition) for partition in range(PARTITIONS)])
    await consumer.seek_to_beginning()
    done, began = 0, Instant.now(0)
    while done < events:
        batches = await consumer.getmany(timeout_ms=100, max_records=5000)
        records = [
            (UUID(record.key.decode()), event.text, event.number)
            for batch in batches.values()
            for record in batch
            for event in [adapter.validate_json(record.value)]
        ]
        if records:
            async with connection.transaction():
                await connection.copy_records_to_table("bare", records=records)
        done += len(records)
    rate = Instant.now(done).since(began)
    await consumer.stop()
    await connection.close()
    return rate


async def _subscriber(dsn: str, bootstrap: str, topic: str, events: int) -> tuple[Rate, Rate]:
    pool = await connect_pool(dsn)
    reader = Subscriber(pool, bootstrap, f"bench-{topic}", [Weights()], topic=topic)
    counts = reader._folder.counts
    running = asyncio.create_task(reader.run())
    while counts.applied == 0:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    began = Instant.now(counts.applied)
    while counts.applied < events:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    live = Instant.now(events).since(began)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    progress: list[Instant] = []
    rebuild = Rebuild(
        pool,
        bootstrap,
        f"bench-{topic}",
        [Weights()],
        topic=topic,
        progress=lambda applied: progress.append(Instant.now(applied)),
    )
    await rebuild.run()
    await pool.close()
    return live, progress[-1].since(progress[0])


if __name__ == "__main__":
    arguments = sys.argv[1:]
    result = asyncio.run(main(arguments[0], arguments[1], int(arguments[2]) if arguments[2:] else 100_000))
    sys.stdout.write(json.dumps(result) + "\n")
