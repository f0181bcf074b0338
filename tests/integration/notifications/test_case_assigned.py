"""An officer is told by e-mail that a case was assigned to them."""

from __future__ import annotations

import pytest

from services.audit.application.timeline.sentences import tell
from services.notifications.adapters.smtp import SmtpSender
from shared.contracts.intake import Closed
from shared.contracts.notifications import Requested
from shared.contracts.staff import StaffLeft
from shared.kit.keyring import SourceEvent
from tests.integration.notifications.mail_server import MailServer
from tests.integration.notifications.matters import Department, Matter
from tests.integration.notifications.world import World
from tests.kit.day import today


@pytest.fixture
async def untaken(world: World, department: Department) -> Matter:
    """A restricted case that nobody has: the e-mail must say nothing of it but its reference."""
    return await Matter(world, department).open(assigned=False, restricted=True)


async def test_the_officer_is_told_which_case_is_theirs_and_nothing_else_of_it(
    world: World, untaken: Matter, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    asked_by = await untaken.assign(department.officer)
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("sent")
    [email] = mail.handed
    assert mail.recipients == [["olu@anytown.example"]]
    assert email["Subject"] == f"{untaken.reference}: this case is yours"
    assert f"{untaken.reference} was assigned to you in Waste and recycling." in email.get_content()
    assert "Ana" not in email.as_string()
    first = (await world.store.load(f"notification-{row.notification}"))[0]
    assert (first.envelope.key, first.envelope.causation_id) == (untaken.case, asked_by)


async def test_the_case_s_timeline_says_so(
    world: World, untaken: Matter, department: Department, sender: SmtpSender
) -> None:
    await untaken.assign(department.officer)
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("sent")
    recorded = (await world.store.load(f"notification-{row.notification}"))[0]
    first = recorded.event
    assert isinstance(first, Requested)
    shown = await world.sealer.unseal_all(first, SourceEvent.of(recorded.envelope))
    told = tell(first.wire_name, shown, lambda _: "Waste and recycling", lambda _: None)
    assert told.sentence == (
        "A message was asked for: case assigned to the officer, Waste and recycling: "
        f"{untaken.reference}: this case is yours."
    )


async def test_who_takes_a_case_themselves_is_not_told(
    world: World, untaken: Matter, department: Department
) -> None:
    await untaken.assign(department.officer, by=department.officer)
    await untaken.assign(None)
    assert await world.letters_owed() == 0


async def test_who_has_the_case_no_more_is_not_told(
    world: World, untaken: Matter, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    await untaken.assign(department.officer)
    await untaken.assign(department.head)
    async with world.at_work(world.service(sender)):
        rows = await world.until_state("sent", "suppressed")
    assert {row.recipient: row.ground for row in rows} == {
        department.officer: "assigned-elsewhere",
        department.head: None,
    }
    assert mail.recipients == [["hana@anytown.example"]]


async def test_who_left_cannot_be_told_and_a_closed_case_is_nobodys(
    world: World, untaken: Matter, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    await untaken.assign(department.officer)
    await department.staff(department.officer, StaffLeft(person_id=department.officer, left_on=today()))
    closed = await Matter(world, department).open(assigned=False)
    await closed.assign(department.head)
    await closed.intake(Closed(ground="withdrawn", closed_on=today()))
    async with world.at_work(world.service(sender)):
        rows = await world.until_state("suppressed", "suppressed")
    assert {row.ground for row in rows} == {"no-address", "case-closed"}
    assert mail.handed == []
