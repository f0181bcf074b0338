"""The whole way: intake's relay, Kafka, deadlines' subscriber, its due work, its own relay, and back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from services.deadlines.application.calendar import CalendarSource
from services.deadlines.application.dependencies import Dependencies
from services.deadlines.due import PRINCIPAL, due_work, gate
from services.deadlines.main import VIEWS
from shared.contracts.intake import Acknowledged, Assigned, CaseOpened, Receipt, Triaged
from shared.kit.due import Poller
from shared.kit.events import Plain, SealedBlob
from shared.kit.eventstore import Cause, NewEvent, PostgresEventStore, StreamWrite, connect_pool
from shared.kit.log import PARTITIONS, MarksReader, Relay, Subscriber, wanted_topics
from shared.rules.calendar import Region, load_calendar
from shared.rules.calendar.office_hours import parse_office_hours
from shared.rules.regimes import load_regimes
from tests.conftest import Databases, MakeTopic
from tests.integration.deadlines.world import DEPARTMENT, World
from tests.kit.databases import service_database
from tests.kit.day import today
from tests.kit.running import running

WITHIN = timedelta(seconds=60)
CALENDAR = load_calendar()


@asynccontextmanager
async def deadlines_at_work(world: World, kafka: str, log: str, marks_topic: str) -> AsyncIterator[None]:
    """The service as its `main.py` puts it together, on topics of the test's own."""
    subscriber = Subscriber(world.pool, kafka, "deadlines", VIEWS, (world.reactor,), topic=log)
    marks = MarksReader(kafka, ("intake", "deadlines"), marks_topic)

    async def level() -> bool:
        return marks.level(await subscriber.offsets(), WITHIN)

    dependencies = Dependencies(
        store=world.store,
        pool=world.pool,
        calendar=CalendarSource(world.store, world.known),
        regimes=load_regimes(),
        hours=parse_office_hours("all"),
        level=level,
    )
    poller = Poller(
        world.pool,
        PRINCIPAL,
        due_work(dependencies),
        may_run=gate(dependencies),
        lease=timedelta(seconds=1),
    )
    relay = Relay(world.dsn, world.store, kafka, "deadlines", log, marks_topic)
    async with running(subscriber.run(), marks.run(), poller.run(), relay.run()):
        yield


async def record(store: PostgresEventStore, case: UUID, expected: int, *events: object) -> None:
    """What intake records of a case."""
    now = datetime.now(UTC)
    await store.append(
        [StreamWrite(f"case-{case}", case, expected, tuple(NewEvent(event, now) for event in events))],  # type: ignore[arg-type]
        Cause("person:00000000-0000-4000-8000-000000000009", uuid4(), None),
    )


async def test_a_missed_date_goes_through_kafka_and_back_once_and_is_found_met(
    world: World, postgres: Databases, topic: MakeTopic, kafka_bootstrap: str
) -> None:
    log_settings, marks_settings = wanted_topics(1)
    log = await topic("case-events", partitions=PARTITIONS, **_named(log_settings.settings))
    marks_topic = await topic("relay-marks", **_named(marks_settings.settings))
    last = CALENDAR.on_or_before(today(), Region.ENGLAND_AND_WALES)
    received = CALENDAR.add_working_days(last, -6, Region.ENGLAND_AND_WALES)
    case, customer = uuid4(), uuid4()

    async def kinds() -> list[str]:
        return await world.kinds(case)

    async def missed() -> bool:
        return "missed" in await kinds() and "reminder-due" in await kinds()

    async def found() -> bool:
        return "found-met" in await kinds()

    async with AsyncExitStack() as stack:
        intake_dsn = await service_database(postgres)
        intake_pool = await connect_pool(intake_dsn)
        stack.push_async_callback(intake_pool.close)
        intake = PostgresEventStore(intake_pool, "/redress/intake", world.sealer)
        relay = Relay(intake_dsn, intake, kafka_bootstrap, "intake", log, marks_topic)
        await stack.enter_async_context(running(relay.run()))
        await record(
            intake,
            case,
            0,
            CaseOpened(
                reference="CASE-2026-000001",
                channel="web",
                adapter="json",
                sender="system:web",
                receipt=Receipt(received_on=received, precision="day", said_by="sender"),
                text=Plain("The bin was not emptied.", customer),
                original=SealedBlob(key_id=customer, sha256="0" * 64, size=1, media_type="text/plain"),
            ),
            Triaged(regime="corporate", regime_version="2024-02", stage="stage1", received_on=received),
            Assigned(department_id=DEPARTMENT, department_name="Waste"),
        )
        async with deadlines_at_work(world, kafka_bootstrap, log, marks_topic):
            await world.until(missed, within=60)
        async with deadlines_at_work(world, kafka_bootstrap, log, marks_topic):
            posted = CALENDAR.add_working_days(received, 2, Region.ENGLAND_AND_WALES)
            await record(intake, case, 3, Acknowledged(stage="stage1", sent_on=posted, means="post"))
            await world.until(found, within=60)

            async def shown() -> bool:
                answer = await world.client().get("/due", params={"state": "met"})
                return [item["clock"] for item in answer.json()["items"]] == ["stage1_acknowledge"]

            await world.until(shown, within=60)
    recorded = await kinds()
    assert recorded.count("missed") == 1
    assert recorded.count("reminder-due") == 1


def _named(settings: dict[str, str]) -> dict[str, str]:
    """Settings as the fixture takes them."""
    return {name.replace(".", "_"): value for name, value in settings.items()}
