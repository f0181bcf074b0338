"""Three embedded brokers are one cluster: every topic, also Kafka's own, survives the loss of one."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.embedded.supervisor import Embedded
from deploy.embedded.wire import known_brokers
from tests.conftest import free_ports

TOPIC = "replicated"


@pytest.fixture
async def cluster(tmp_path: Path) -> AsyncIterator[Embedded]:
    ports = free_ports(7)
    async with Embedded(tmp_path, kafka_port=ports, smtp_port=ports + 6, brokers=3) as running:
        yield running


async def led_partition(admin: AIOKafkaAdminClient) -> dict[str, Any]:
    """The topic's one partition, once the broker that is asked has heard of it and of its leader."""
    async with asyncio.timeout(60):
        while True:
            (described,) = await admin.describe_topics([TOPIC])
            match described["partitions"]:
                case [{"leader": leader} as partition] if leader > 0:
                    return dict(partition)
            await asyncio.sleep(0.02)


async def test_acknowledged_records_and_a_group_survive_the_loss_of_one_broker_of_three(
    cluster: Embedded,
) -> None:
    for broker in cluster.brokers:
        assert await known_brokers(broker.port) == {1, 2, 3}
    admin = AIOKafkaAdminClient(bootstrap_servers=cluster.bootstrap)
    await admin.start()
    settings = {"min.insync.replicas": "2"}
    await admin.create_topics([NewTopic(TOPIC, 1, 3, topic_configs=settings)])
    partition = await led_partition(admin)
    assert len(partition["replicas"]) == 3
    await admin.close()

    producer = AIOKafkaProducer(bootstrap_servers=cluster.bootstrap, enable_idempotence=True)
    consumer = AIOKafkaConsumer(
        TOPIC, bootstrap_servers=cluster.bootstrap, group_id="readers", auto_offset_reset="earliest"
    )
    async with producer, consumer:
        await producer.send_and_wait(TOPIC, b"before")
        assert (await consumer.getone()).value == b"before"
        await consumer.commit()

        leader = cluster.brokers[partition["leader"] - 1]
        await leader.kill()
        async with asyncio.timeout(60):
            await producer.send_and_wait(TOPIC, b"while one is away")
            assert (await consumer.getone()).value == b"while one is away"
            await consumer.commit()

        await leader.start()
        assert await known_brokers(leader.port) == {1, 2, 3}
