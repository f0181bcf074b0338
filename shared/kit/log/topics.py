"""The two topics and the settings they must have. Nothing else makes a topic: auto-creation is off everywhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import TopicAlreadyExistsError, for_code

CASE_EVENTS: Final = "case-events"
RELAY_MARKS: Final = "relay-marks"
PARTITIONS: Final = 12
"""Of `case-events`, for ever: another number would send the later events of a case elsewhere."""

_HEALTHY: Final = 3
_PATIENCE: Final = 15.0
_FOUND_OK: Final = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it must be.

    Attributes:
        replication: copies of each partition: 3 in production, 1 on the embedded broker.
        settings: the configuration that is compared; everything else is the broker's default.
    """

    name: str
    partitions: int
    replication: int
    settings: dict[str, str] = field(hash=False)


def wanted_topics(
    replication: int, *, events: str = CASE_EVENTS, marks: str = RELAY_MARKS
) -> tuple[Topic, Topic]:
    """The log and the marks for a cluster that keeps `replication` (1 or 3) copies.

    Raises:
        ValueError: any other number of copies.
    """
    if replication not in (1, _HEALTHY):
        raise ValueError(f"replication is 1 (one broker) or 3, not {replication}")
    in_sync = "2" if replication == _HEALTHY else "1"
    log = {
        "retention.ms": "-1",
        "retention.bytes": "-1",
        "cleanup.policy": "delete",
        "min.insync.replicas": in_sync,
        "max.message.bytes": "1048588",
    }
    compacted = {"cleanup.policy": "compact", "min.insync.replicas": in_sync}
    return Topic(events, PARTITIONS, replication, log), Topic(marks, 1, replication, compacted)


async def create_topics(bootstrap: str, wanted: tuple[Topic, ...]) -> None:
    """Creates the topics that are missing, and waits until they can be seen; what exists is left as it is.

    Raises:
        KafkaError: the cluster refused or can't be reached.
        TimeoutError: a topic was made and can't be seen.
    """
    async with _admin(bootstrap) as admin:
        for topic in wanted:
            new = NewTopic(topic.name, topic.partitions, topic.replication, topic_configs=topic.settings)
            response = await admin.create_topics([new])
            for _, code, reason in response.topic_errors:
                error = for_code(code)
                if code != _FOUND_OK and error is not TopicAlreadyExistsError:
                    raise error(f"{topic.name}: {reason}")
        async with asyncio.timeout(_PATIENCE):
            while not {topic.name for topic in wanted} <= await _led(admin):  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def _led(admin: Any) -> set[str]:
    """The topics of which every partition has a leader: a new one is known to the controller first."""
    return {
        each["topic"]
        for each in await admin.describe_topics()
        if each["partitions"] and all(partition["leader"] >= 0 for partition in each["partitions"])
    }


async def topic_differences(bootstrap: str, wanted: tuple[Topic, ...]) -> tuple[str, ...]:
    """What differs from the wanted topics, one sentence each; empty when all is well.

    Raises:
        KafkaError: the cluster can't be reached.
    """
    async with _admin(bootstrap) as admin:
        found = {each["topic"]: each for each in await admin.describe_topics()}
        differing: list[str] = []
        for topic in wanted:
            if topic.name not in found:
                differing.append(f"{topic.name} does not exist")
                continue
            differing += _shape(topic, found[topic.name]["partitions"])
            differing += _settings(topic, await _configuration(admin, topic))
    return tuple(differing)


def _shape(topic: Topic, partitions: list[dict[str, Any]]) -> list[str]:
    differing = []
    if len(partitions) != topic.partitions:
        differing.append(f"{topic.name} has {len(partitions)} partitions, not {topic.partitions}")
    copies = sorted({len(each["replicas"]) for each in partitions})
    if copies != [topic.replication]:
        differing.append(f"{topic.name} has replication {copies}, not {topic.replication}")
    return differing


def _settings(topic: Topic, found: dict[str, str]) -> list[str]:
    return [
        f"{topic.name} has {name}={found.get(name)}, not {value}"
        for name, value in topic.settings.items()
        if found.get(name) != value
    ]


async def _configuration(admin: Any, topic: Topic) -> dict[str, str]:
    (response,) = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic.name)])
    ((code, reason, _, _, entries),) = response.resources
    if code != _FOUND_OK:
        raise for_code(code)(f"{topic.name}: {reason}")
    return {entry[0]: entry[1] for entry in entries}


@asynccontextmanager
async def _admin(bootstrap: str) -> AsyncIterator[Any]:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap.split(","), request_timeout_ms=10000)
    try:
        await admin.start()
        yield admin
    finally:
        await admin.close()
