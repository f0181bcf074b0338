"""Each working morning an officer with something due gets one e-mail, and each case that it names says so."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from services.audit.application.timeline.sentences import tell
from services.notifications.adapters.smtp import SmtpSender
from services.notifications.application.dependencies import PRINCIPAL
from services.notifications.application.digests import morning
from services.notifications.domain.message.identity import digest_id
from services.notifications.due import due_work
from shared.contracts.deadlines import ClockPaused, Met
from shared.contracts.intake import Closed, Responded
from shared.contracts.notifications import NamedInDigest
from shared.contracts.staff import StaffLeft
from shared.kit.due import DueRow, insert_due
from tests.integration.notifications.conftest import sender_to
from tests.integration.notifications.mail_server import MailServer, serving
from tests.integration.notifications.matters import EVERY_DAY, Department, Matter, proclaim
from tests.integration.notifications.test_sending import sending
from tests.integration.notifications.world import World, opened
from tests.kit.databases import Places
from tests.kit.day import today, tomorrow, yesterday


async def begins(world: World, day: date | None = None) -> None:
    """The morning of that day, or of today, begins now."""
    day = day or today()
    row = morning(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    assert row.payload == {"on": day.isoformat()}
    async with world.pool.acquire() as connection:
        await insert_due(connection, [replace(row, due_at=datetime.now(UTC))], PRINCIPAL)


async def named(world: World, matter: Matter) -> list[NamedInDigest]:
    """What the case says of digests."""
    found = [recorded.event for recorded in await world.store.load(f"digest-{matter.case}")]
    assert all(isinstance(event, NamedInDigest) for event in found)
    return [event for event in found if isinstance(event, NamedInDigest)]


async def mornings_owed(world: World) -> list[str]:
    """The days whose mornings are owed."""
    rows = await world.pool.fetch(
        "SELECT payload ->> 'on' AS day FROM due_work WHERE command = 'start-digests' ORDER BY 1"
    )
    return [row["day"] for row in rows]


@pytest.fixture
async def late(world: World, department: Department) -> Matter:
    """A case of the officer's whose answer was due yesterday."""
    matter = await Matter(world, department).open()
    await matter.start(due_on=yesterday())
    return matter


async def test_an_officer_gets_one_email_that_names_each_case_with_what_is_due(
    world: World, late: Matter, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    soon = await Matter(world, department).open()
    await soon.start("stage1_backstop", due_on=today() + timedelta(days=3), role="backstop")
    far = await Matter(world, department).open()
    await far.start(due_on=today() + timedelta(days=4))
    heads = await Matter(world, department).open(assigned=False)
    await heads.assign(department.head, by=department.head)
    await heads.start(due_on=today())
    await begins(world)
    async with world.at_work(world.service(sender)):
        rows = await world.until_state("sent", "sent")
    assert {row.notification for row in rows} == {
        digest_id(officer, today()) for officer in (department.officer, department.head)
    }
    by_address = {to: email for [to], email in zip(mail.recipients, mail.handed, strict=True)}
    assert set(by_address) == {"olu@anytown.example", "hana@anytown.example"}
    email = by_address["olu@anytown.example"]
    assert email["Subject"].endswith(": 1 late, 0 due today, 1 due soon")
    text = email.get_content()
    assert late.reference in text
    assert soon.reference in text
    assert "Answer stage 1 (not acknowledged)" in text
    assert far.reference not in text
    assert heads.reference not in text
    assert "Ana" not in text


async def test_each_case_s_timeline_says_that_the_digest_named_it(
    world: World, late: Matter, department: Department, sender: SmtpSender
) -> None:
    await begins(world)
    async with world.at_work(world.service(sender)):
        await world.until_state("sent")
    [event] = await named(world, late)
    assert (event.officer_id, event.digest_on) == (department.officer, today())
    told = tell(event.wire_name, event.model_dump(mode="json"), lambda _: None, lambda _: "Olu")
    day = f"{yesterday().day} {yesterday():%B} {yesterday().year}"
    assert told.sentence.endswith(f"to Olu named this case: stage1 respond due on {day}.")
    [stored] = await world.store.stream_rows(f"digest-{late.case}")
    [requested, *_] = await world.store.stream_rows(f"notification-{event.notification}")
    assert (stored.envelope.key, requested.envelope.key) == (late.case, department.officer)


async def test_of_a_restricted_case_only_the_reference_is_said(
    world: World, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    matter = await Matter(world, department).open(restricted=True)
    await matter.start(due_on=yesterday())
    await begins(world)
    async with world.at_work(world.service(sender)):
        await world.until_state("sent")
    text = mail.handed[0].get_content().replace("\r\n", "\n")
    assert f"\n- {matter.reference}\n" in text
    assert len(await named(world, matter)) == 1


Change = Callable[[Matter], Awaitable[object]]
NOT_DUE: dict[str, Change] = {
    "closed": lambda matter: matter.intake(Closed(ground="withdrawn", closed_on=today())),
    "answered": lambda matter: matter.intake(Responded(stage="stage1", sent_on=today(), means="post")),
    "met": lambda matter: matter.deadlines(
        Met(clock="stage1_respond", occurrence=1, due_on=yesterday(), met_on=yesterday(), late=False)
    ),
    "paused": lambda matter: matter.deadlines(
        ClockPaused(
            regime="corporate", kind="fee", paused_on=today(), clocks=("stage1_respond",), citation="test"
        )
    ),
    "taken from them": lambda matter: matter.assign(None),
    "somebody who left": lambda matter: matter.department.staff(
        matter.department.officer, StaffLeft(person_id=matter.department.officer, left_on=today())
    ),
}


@pytest.mark.parametrize("change", NOT_DUE.values(), ids=NOT_DUE)
async def test_nobody_is_written_to_when_nothing_is_theirs_to_do(
    world: World, late: Matter, mail: MailServer, sender: SmtpSender, *, change: Change
) -> None:
    await change(late)
    await begins(world)
    async with world.at_work(world.service(sender)):
        await world.until_idle()
        await _until_mornings(world, tomorrow())
    assert mail.handed == []
    assert await named(world, late) == []


async def test_a_limit_and_another_departments_part_are_not_the_officers(
    world: World, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    matter = await Matter(world, department).open()
    await matter.start(due_on=yesterday(), role="limit")
    await matter.start("contribution", due_on=yesterday(), department=uuid4())
    historic = await Matter(world, department).open(historic=True)
    await historic.start(due_on=yesterday())
    await begins(world)
    async with world.at_work(world.service(sender)):
        await _until_mornings(world, tomorrow())
        await world.until_idle()
    assert mail.handed == []


async def _until_mornings(world: World, *days: date) -> None:
    async with asyncio.timeout(60):
        while await mornings_owed(world) != [day.isoformat() for day in days]:  # noqa: ASYNC110  the database is looked at
            await asyncio.sleep(0.02)


async def test_each_morning_owes_the_next_and_one_that_is_over_owes_no_digest(
    world: World, late: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    await begins(world, yesterday())
    async with world.at_work(world.service(sender)):
        await world.until_state("sent")
        await _until_mornings(world, tomorrow())
        await world.until_idle()
    [event] = await named(world, late)
    assert event.digest_on == today()
    assert len(mail.handed) == 1


async def test_a_bank_holiday_has_no_digests_however_late_it_was_proclaimed(
    world: World, late: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    await begins(world)
    for day in (today(), tomorrow()):
        await proclaim(world, day)
    async with world.at_work(world.service(sender, hours=EVERY_DAY)):
        await _until_mornings(world, tomorrow(), today() + timedelta(days=2))
        await world.until_idle()
    assert await named(world, late) == []
    assert mail.handed == []


async def test_a_digest_waits_until_everything_is_read(
    world: World, late: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    fresh = asyncio.Event()
    asked = asyncio.Event()

    async def read_up() -> bool:
        asked.set()
        return fresh.is_set()

    await begins(world)
    async with world.at_work(world.service(sender, read_up=read_up)):
        await asyncio.wait_for(asked.wait(), 60)
        await late.intake(Closed(ground="withdrawn", closed_on=today()))
        fresh.set()
        await _until_mornings(world, tomorrow())
        await world.until_idle()
    assert mail.handed == []


async def test_a_digest_that_could_not_leave_on_its_day_does_not_leave(
    world: World, late: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    mail.answers = ("451 later",)
    await begins(world)
    async with world.at_work(world.service(sender, waits=(timedelta(seconds=1),))):
        await world.until_state("waiting")
    service = world.service(sender, now=lambda: datetime.now(UTC) + timedelta(days=1))
    async with world.at_work(service):
        [row] = await world.until_state("suppressed")
    assert row.ground == "too-late"
    assert len(mail.handed) == 1
    assert len(await named(world, late)) == 1


def digest_work(officer: UUID) -> DueRow:
    """The digest of today that is owed to the officer, under another command's id."""
    notification = digest_id(officer, today())
    return DueRow(
        id=uuid4(),
        key=officer,
        stream=f"notification-{notification}",
        command="write-digest",
        payload={
            "notification": str(notification),
            "officer_id": str(officer),
            "on": today().isoformat(),
        },
        due_at=datetime.now(UTC),
        correlation_id=uuid4(),
        causation_id=uuid4(),
    )


async def test_an_officer_gets_one_digest_a_day_whoever_asks_for_it_again(
    world: World, late: Matter, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    service = world.service(sender)
    await begins(world)
    async with world.at_work(service):
        await world.until_state("sent")
        await asyncio.gather(*[due_work(service)(digest_work(department.officer)) for _ in range(3)])
        await begins(world)
        await world.until_idle()
    assert len(mail.handed) == 1
    assert len(await named(world, late)) == 1


async def test_a_process_killed_while_a_digest_leaves_sends_no_second_one(places: Places) -> None:
    async with serving(MailServer(hold=asyncio.Event())) as mail:
        async with opened(places) as world:
            matter = await Matter(world, await Department(world).register()).open()
            await matter.start(due_on=yesterday())
            await begins(world)
        process = await sending(places, mail.port)
        await asyncio.wait_for(mail.arrived.wait(), 60)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        assert mail.hold is not None
        mail.hold.set()
        async with opened(places) as world, world.at_work(world.service(sender_to(mail, 3.0))):
            await begins(world)
            [row] = await world.until_state("outcome-unknown")
            await world.until_idle()
            assert await world.kinds(row.notification) == ["requested", "attempt-began", "outcome-unknown"]
            assert len(await named(world, matter)) == 1
        assert len(mail.handed) == 1
