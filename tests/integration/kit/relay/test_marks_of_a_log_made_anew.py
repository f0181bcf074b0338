"""A reader that hasn't noticed yet that the log was lost doesn't believe that it has read what the new one holds."""

from __future__ import annotations

from datetime import UTC, datetime

from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from shared.kit.eventstore import Pool
from shared.kit.log import MarksReader, Relay, Subscriber
from tests.conftest import until
from tests.integration.kit.relay.conftest import Topics
from tests.integration.kit.subscriber.log import Log, Stream, note
from tests.integration.kit.subscriber.test_reading import applied
from tests.integration.kit.subscriber.views import Notes
from tests.kit.notes import Writer
from tests.kit.running import running


async def test_old_places_are_behind_the_marks_of_the_log_made_anew(
    dsn: str, pool: Pool, writer: Writer, topics: Topics, kafka_bootstrap: str
) -> None:
    stream = writer.stream()
    await writer.note(stream, "on both logs")
    other = Stream.new(prefix="clock", key=writer.keys[stream])
    relay = Relay(dsn, writer.store, kafka_bootstrap, "tests", topics.events, topics.marks)
    marks = MarksReader(kafka_bootstrap, ["tests"], topics.marks)
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka_bootstrap)
    await admin.start()
    try:
        async with running(relay.run(), marks.run()):
            async with Log(kafka_bootstrap, topics.events) as log:
                await log.send(*[note(other) for _ in range(100)])
            reader = Subscriber(pool, kafka_bootstrap, "reader", [Notes()], topic=topics.events, partitions=4)
            async with running(reader.run()):
                await applied(reader, 101)
            await admin.delete_topics([topics.events])
            await admin.create_topics([NewTopic(topics.events, 4, 1)])
            await writer.note(stream, "not on the old log")
            recorded = datetime.now(UTC)
            await until(lambda: marks.marks["tests"].at > recorded)
            assert not marks.reached(await reader.offsets(), recorded)

            again = Subscriber(pool, kafka_bootstrap, "reader", [Notes()], topic=topics.events, partitions=4)
            async with running(again.run()):
                await applied(again, 1)
                assert marks.reached(await again.offsets(), recorded)
    finally:
        await admin.close()
