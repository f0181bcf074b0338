"""Attempts and back-off: never two mails, and what isn't known is left to a person."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from services.notifications.adapters.sender import Message
from services.notifications.adapters.smtp import SmtpSender
from services.notifications.domain.message.owed import Send
from services.notifications.domain.message.result import Accepted, Result
from services.notifications.due import due_work, gate
from shared.kit.due import DueRow
from shared.kit.events import command_id
from shared.kit.eventstore import Conflict, StoreUnavailable
from tests.integration.notifications.conftest import sender_to
from tests.integration.notifications.mail_server import MailServer, serving
from tests.integration.notifications.matters import Department, Matter
from tests.integration.notifications.world import World, opened
from tests.kit.databases import Places

ROOT = Path(__file__).parents[3]


async def test_a_refusal_for_now_is_tried_again_and_every_attempt_is_on_the_timeline(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    mail.answers = ("451 4.3.0 <ana@example.com> later", "250 OK")
    await matter.answer()
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("sent")
    assert await world.kinds(row.notification) == [
        "requested",
        "attempt-began",
        "attempt-failed",
        "attempt-began",
        "sent",
    ]
    assert row.attempts == 2
    assert {email["Message-ID"] for email in mail.handed} == {row.message_id}
    failed = (await world.store.load(f"notification-{row.notification}"))[2].event.model_dump()
    assert failed["answer"] == "451 4.3.0 <address> later"


async def test_the_wait_grows_as_the_setting_says(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    mail.answers = ("451 later",)
    await matter.answer()
    async with world.at_work(world.service(sender, waits=(timedelta(hours=2),))):
        [row] = await world.until_state("waiting")
        await world.until_owed_later()
    assert row.try_again_at is not None
    assert timedelta(minutes=119) < row.try_again_at - datetime.now(UTC) <= timedelta(hours=2)
    assert len(mail.handed) == 1


async def test_when_the_tries_are_used_up_it_is_a_persons(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    mail.answers = ("451 later",)
    await matter.answer()
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("failed")
        await world.until_idle()
    assert len(mail.handed) == 3
    assert (row.code, row.attempts) == (451, 3)


async def test_a_refusal_for_good_is_a_persons_at_once(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    mail.refuse_recipient = "550 5.1.1 ana: no such mailbox"
    await matter.answer()
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("failed")
        await world.until_idle()
    assert (row.code, row.answer, row.attempts) == (550, "550 5.1.1 <address>: no such mailbox", 1)


async def test_a_lost_answer_ends_as_unknown_and_nothing_is_sent_again(
    world: World, matter: Matter, mail: MailServer
) -> None:
    mail.hold = asyncio.Event()
    await matter.answer()
    async with world.at_work(world.service(sender_to(mail, longest=1.5))):
        [row] = await world.until_state("outcome-unknown")
        mail.hold.set()
        await world.until_idle()
    assert len(mail.handed) == 1
    assert await world.kinds(row.notification) == ["requested", "attempt-began", "outcome-unknown"]


async def sending(places: Places, port: int) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.integration.notifications.sending_process",
        places.service,
        places.keyring,
        str(places.blobs),
        str(port),
        stdin=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin is not None
    process.stdin.write(places.master.encode() + b"\n")
    await process.stdin.drain()
    return process


async def test_a_process_killed_while_the_answer_was_due_leaves_exactly_one_mail_and_an_unknown(
    places: Places,
) -> None:
    async with serving(MailServer(hold=asyncio.Event())) as mail:
        async with opened(places) as world:
            matter = await Matter(world, await Department(world).register()).open()
            await matter.answer()
        process = await sending(places, mail.port)
        await asyncio.wait_for(mail.arrived.wait(), 60)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        assert mail.hold is not None
        mail.hold.set()
        async with opened(places) as world:
            [row] = await world.outbox()
            assert (await world.kinds(row.notification))[-1] == "attempt-began"
            async with world.at_work(world.service(sender_to(mail, 3.0))):
                await world.until_idle()
        async with opened(places) as world:
            assert await world.kinds(row.notification) == ["requested", "attempt-began", "outcome-unknown"]
        assert len(mail.handed) == 1


async def test_the_second_process_waits_until_no_answer_can_come(
    world: World, matter: Matter, mail: MailServer
) -> None:
    mail.hold = asyncio.Event()
    first, second = (world.service(sender_to(mail, longest=10.0)) for _ in range(2))
    await matter.answer()
    async with world.at_work(first):
        await asyncio.wait_for(mail.arrived.wait(), 60)
        row = await _row(world)
        until = await gate(second)(row)
        assert isinstance(until, datetime)
        assert until > datetime.now(UTC)
        with pytest.raises(Conflict):
            await due_work(second)(row)
        mail.hold.set()
        await world.until_state("sent")
    assert len(mail.handed) == 1


async def test_messages_leave_one_after_another(
    world: World, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    """A process that dies leaves at most one message of which nobody knows whether it left."""
    mail.hold = asyncio.Event()
    for _ in range(4):
        await (await Matter(world, department).open()).answer()
    async with world.at_work(world.service(sender)):
        await asyncio.wait_for(mail.arrived.wait(), 60)
        await world.until(lambda rows: len(rows) == 4)
        mail.hold.set()
        await world.until_state("sent", "sent", "sent", "sent")
    order = await world.pool.fetch(
        "SELECT split_part(topic, '.', 3) AS what FROM stored_events"
        " WHERE topic ~ 'notifications.(attempt-began|sent)' ORDER BY notification_id"
    )
    assert [row["what"] for row in order] == ["attempt-began", "sent"] * 4


async def _row(world: World) -> DueRow:
    """The `send` that is under way."""
    row = await world.pool.fetchrow(
        "SELECT id, key, stream, command, payload, due_at, correlation_id, causation_id FROM due_work"
        " WHERE command = 'send'"
    )
    assert row is not None
    return DueRow(**{**dict(row), "payload": json.loads(row["payload"])})


async def test_an_attempt_begun_by_another_process_is_not_sent_here(
    world: World, matter: Matter, mail: MailServer
) -> None:
    """Both were asked to do the same row: one begins and sends, the other looks again."""
    service = world.service(sender_to(mail, longest=10.0))
    await matter.answer()
    async with world.at_work(world.service(sender_to(mail), hours="all")):
        await world.until_state("sent")
    [row] = await world.outbox()
    again = DueRow(
        id=command_id(Send.verb, str(uuid4())),
        key=matter.case,
        stream=f"notification-{row.notification}",
        command=Send.verb,
        payload={"notification": str(row.notification), "purpose": "response"},
        due_at=datetime.now(UTC),
        correlation_id=uuid4(),
        causation_id=uuid4(),
    )
    await due_work(service)(again)
    assert len(mail.handed) == 1


class Interrupted:
    """A sender during whose work the service is stopped."""

    longest = 2.0

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()
        self.sent = 0

    async def send(self, message: Message) -> Result:
        """Takes its time."""
        assert message.to
        self.begun.set()
        await self.go_on.wait()
        self.sent += 1
        return Accepted("250 OK")


async def test_a_service_that_is_stopped_finishes_the_message_in_hand(world: World, matter: Matter) -> None:
    sender = Interrupted()
    await matter.answer()

    async def let_it_end() -> None:
        await sender.begun.wait()
        asyncio.get_running_loop().call_later(0.1, sender.go_on.set)

    async with world.at_work(world.service(sender)):
        await asyncio.wait_for(let_it_end(), 60)
    [row] = await world.outbox()
    assert sender.sent == 1
    assert (await world.kinds(row.notification))[-1] == "sent"


async def test_a_result_is_written_when_the_database_is_back(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    append, away = world.store.append, 2

    async def sometimes_away(*arguments: object, **named: object) -> object:
        nonlocal away
        if mail.handed and away:
            away -= 1
            raise StoreUnavailable("the database is away")
        return await append(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(world.store, "append", sometimes_away)
    await matter.answer()
    async with world.at_work(world.service(sender)):
        await world.until_state("sent")
    assert len(mail.handed) == 1
    assert away == 0


class Broken:
    """A sender with a defect."""

    longest = 1.0

    async def send(self, message: Message) -> Result:
        """Fails as nobody foresaw."""
        raise RuntimeError(f"{len(message.text)} characters")


async def test_a_sender_that_breaks_may_have_sent_and_is_not_asked_again(
    world: World, matter: Matter
) -> None:
    await matter.answer()
    async with world.at_work(world.service(Broken())):
        [row] = await world.until_state("outcome-unknown")
        await world.until_idle()
    assert row.attempts == 1
