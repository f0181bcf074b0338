"""Relay against bare aiokafka, in one run: DSN and BOOTSTRAP from the command line, events from the third.

    python -m tests.bench.bench_relay postgresql://... 127.0.0.1:9092 [100000]

Makes a database and topics of its own. Prints one JSON line.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from uuid import uuid4

import asyncpg
from aiokafka import AIOKafkaProducer

from shared.kit.eventstore import PostgresEventStore, connect_pool
from shared.kit.log import Relay, create_topics, wanted_topics
from tests.bench.filling import BYTES, fill, fresh_database, half_kilobyte
from tests.bench.rate import Instant, Rate


async def main(admin_dsn: str, bootstrap: str, events: int) -> dict[str, float]:
    """Events a second of both, and their ratio."""
    dsn = await fresh_database(admin_dsn)
    await fill(dsn, events)
    mark = uuid4().hex[:8]
    wanted = wanted_topics(1, events=f"bench-events-{mark}", marks=f"bench-marks-{mark}")
    bare = wanted_topics(1, events=f"bench-bare-{mark}", marks=f"bench-bare-marks-{mark}")
    await create_topics(bootstrap, wanted + bare)
    ceiling = await _bare(bootstrap, bare[0].name, events)
    pool = await connect_pool(dsn)
    store = PostgresEventStore(pool, "/redress/bench")
    relay = Relay(dsn, store, bootstrap, "bench", wanted[0].name, wanted[1].name)
    rate = await relayed(relay, dsn, "bench", events)
    await pool.close()
    return {
        "events": events,
        "bytes": BYTES,
        "aiokafka": round(ceiling),
        "relay": round(rate.clock),
        "ratio": round(rate.clock / ceiling, 3),
    }


async def _bare(bootstrap: str, topic: str, events: int) -> float:
    value = half_kilobyte()
    keys = [str(uuid4()).encode() for _ in range(1000)]
    headers = [(f"ce_{number}", b"x" * 30) for number in range(12)]
    async with AIOKafkaProducer(
        bootstrap_servers=bootstrap.split(","), enable_idempotence=True, acks="all", max_batch_size=131_072
    ) as producer:
        began = time.perf_counter()
        for first in range(0, events, 2000):
            sending = [
                await producer.send(topic, value=value, key=keys[number % 1000], headers=headers)
                for number in range(first, min(first + 2000, events))
            ]
            await asyncio.gather(*sending)
        return events / (time.perf_counter() - began)


async def relayed(relay: Relay, dsn: str, service: str, events: int) -> Rate:
    """How fast a service's relay publishes so many events, from its first batch on."""
    running = asyncio.create_task(relay.run())
    while relay.status.published == 0:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    before = Instant.now(relay.status.published)
    while relay.status.published < events:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    rate = Instant.now(relay.status.published).since(before)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    async with asyncio.timeout(10):
        connection = await asyncpg.connect(dsn)
        saved = await connection.fetchval("SELECT epoch FROM relay_state WHERE service = $1", service)
        await connection.close()
    assert saved == 1, "the relay had to begin again: the rate is not to be trusted"
    return rate


if __name__ == "__main__":
    arguments = sys.argv[1:]
    result = asyncio.run(main(arguments[0], arguments[1], int(arguments[2]) if arguments[2:] else 100_000))
    sys.stdout.write(json.dumps(result) + "\n")
