"""The topics are made with their settings, and what differs is said."""

from __future__ import annotations

from uuid import uuid4

from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from shared.kit.log import create_topics, topic_differences, wanted_topics


async def test_topics_are_made_once_and_differ_from_nothing(kafka_bootstrap: str) -> None:
    mark = uuid4().hex
    wanted = wanted_topics(1, events=f"case-events-{mark}", marks=f"relay-marks-{mark}")
    assert await topic_differences(kafka_bootstrap, wanted) == tuple(
        f"{each.name} does not exist" for each in wanted
    )
    await create_topics(kafka_bootstrap, wanted)
    await create_topics(kafka_bootstrap, wanted)
    assert await topic_differences(kafka_bootstrap, wanted) == ()


async def test_every_difference_is_named_and_nothing_is_changed(kafka_bootstrap: str) -> None:
    mark = uuid4().hex
    log, marks = wanted_topics(1, events=f"case-events-{mark}", marks=f"relay-marks-{mark}")
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka_bootstrap)
    await admin.start()
    await admin.create_topics(
        [
            NewTopic(log.name, 3, 1, topic_configs={**log.settings, "retention.ms": "1000"}),
            NewTopic(marks.name, 1, 1),
        ]
    )
    await admin.close()
    await create_topics(kafka_bootstrap, (log, marks))
    assert await topic_differences(kafka_bootstrap, (log, marks)) == (
        f"{log.name} has 3 partitions, not 12",
        f"{log.name} has retention.ms=1000, not -1",
        f"{marks.name} has cleanup.policy=delete, not compact",
    )
