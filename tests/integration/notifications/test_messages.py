"""From an event of another service to an e-mail that a real mail server took."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from services.notifications.adapters.folder import FolderSender
from services.notifications.adapters.smtp import SmtpSender
from shared.contracts.deadlines import (
    ClockPaused,
    ClockStopped,
    DueDateMoved,
    ExtensionProposed,
    Met,
    Missed,
)
from shared.contracts.intake import (
    AcknowledgementIssued,
    Closed,
    ContactPlanSet,
    ContributionReceived,
    ContributionRequested,
    PersonErased,
    RefusalIssued,
    Reopened,
    Representative,
)
from shared.contracts.notifications import Sent
from shared.contracts.staff import LeftUnit
from tests.integration.notifications.conftest import FROM
from tests.integration.notifications.mail_server import MailServer
from tests.integration.notifications.matters import EVERY_DAY, Department, Matter, due, proclaim
from tests.integration.notifications.world import World
from tests.kit.day import today


def refusal_issued(matter: Matter) -> RefusalIssued:
    """An officer issued the refusal of stage 1."""
    return RefusalIssued(
        stage="stage1",
        ground="before-a-court",
        citation="LGSCO Code 2.1-2.5",
        ombudsman="Local Government and Social Care Ombudsman",
        means="email",
        subject=matter.plain("Not accepted"),
        text=matter.plain("A court has the matter."),
    )


async def test_an_answer_leaves_as_the_officer_wrote_it(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    asked_by = await matter.answer("Dear Ana\n\nWe are sorry.\n.\nThe bins will be emptied.")
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("sent")
    [email] = mail.handed
    assert mail.recipients == [["ana@example.com"]]
    assert email["Subject"] == f"{matter.reference}: Our answer"
    assert email["Message-ID"] == row.message_id == f"<{matter.reference}.{row.notification}@anytown.example>"
    assert email["Auto-Submitted"] == "auto-generated"
    assert (
        email.get_content().replace("\r\n", "\n")
        == "Dear Ana\n\nWe are sorry.\n.\nThe bins will be emptied.\n"
    )
    assert await world.kinds(row.notification) == ["requested", "attempt-began", "sent"]
    requested = (await world.store.load(f"notification-{row.notification}"))[0]
    assert requested.envelope.key == matter.case
    assert requested.envelope.causation_id == asked_by
    await world.until_idle()


async def test_an_acknowledgement_goes_to_the_representative_where_there_is_no_customer(
    world: World, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    matter = Matter(world, department)
    advocate = Representative(
        person_id=matter.customer,
        name=matter.plain("Avi"),
        email=matter.plain("avi@advocates.example"),
        relation="advocate",
    )
    await matter.open(customer=False, representative=advocate)
    await matter.intake(
        AcknowledgementIssued(
            stage="stage1", means="email", subject=matter.plain("Received"), text=matter.plain("Thank you")
        )
    )
    async with world.at_work(world.service(sender)):
        await world.until_state("sent")
    assert mail.recipients == [["avi@advocates.example"]]


async def test_a_refusal_leaves_as_the_officer_wrote_it_and_nobody_is_reminded_of_an_answer(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    asked_by = await matter.intake(refusal_issued(matter))
    await matter.remind()
    async with world.at_work(world.service(sender)):
        rows = await world.until_state("sent", "suppressed")
    [email] = mail.handed
    assert email["Subject"] == f"{matter.reference}: Not accepted"
    assert email.get_content().strip() == "A court has the matter."
    [sent] = [row for row in rows if row.state == "sent"]
    left = (await world.store.load(f"notification-{sent.notification}"))[-1]
    assert isinstance(left.event, Sent)
    assert (left.event.purpose, left.event.stage) == ("refusal", "stage1")
    assert (await world.store.load(f"notification-{sent.notification}"))[0].envelope.causation_id == asked_by


@pytest.mark.parametrize("means", ["post", "none"])
async def test_a_refusal_that_was_posted_or_owes_no_notice_is_not_emailed(
    world: World, matter: Matter, means: str
) -> None:
    await matter.intake(refusal_issued(matter).model_copy(update={"means": means}))
    assert await world.letters_owed() == 0


async def test_a_letter_that_was_posted_is_not_emailed(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    await matter.answer(means="post")
    assert await world.letters_owed() == 0
    assert mail.handed == []
    assert sender.longest > 0


@pytest.mark.parametrize(
    ("rung", "address"), [("officer", "olu@anytown.example"), ("head-of-service", "hana@anytown.example")]
)
async def test_a_reminder_climbs(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender, *, rung: str, address: str
) -> None:
    await matter.remind(rung)
    async with world.at_work(world.service(sender)):
        await world.until_state("sent")
    assert mail.recipients == [[address]]
    assert "Ana" not in mail.handed[0].as_string()


async def test_a_reminder_falls_back_to_the_departments_address_when_the_officer_left(
    world: World, matter: Matter, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    officer = department.officer
    await department.staff(officer, LeftUnit(person_id=officer, unit_id=department.unit, left_on=today()))
    await matter.remind("officer")
    async with world.at_work(world.service(sender)):
        await world.until_state("sent")
    assert mail.recipients == [["waste@anytown.example"]]
    assert "No address is recorded for the officer" in mail.handed[0].get_content()


async def test_a_reminder_of_a_case_without_a_department_needs_a_person(
    world: World, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    matter = await Matter(world, department).open(assigned=False)
    await matter.start()
    await matter.remind()
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("suppressed")
    assert row.ground == "no-address"
    assert mail.handed == []


async def test_a_department_is_asked_for_its_part_with_the_date(
    world: World, matter: Matter, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    await matter.intake(
        ContributionRequested(
            contribution=1,
            department_id=department.unit,
            department_name="Waste and recycling",
            question=matter.plain("Why were the bins missed?"),
            due_on=due(),
        )
    )
    async with world.at_work(world.service(sender)):
        await world.until_state("sent")
    [email] = mail.handed
    assert mail.recipients == [["waste@anytown.example"]]
    assert "Why were the bins missed?" in email.get_content()
    assert f"{due().day} {due():%B %Y}" in email.get_content()


async def test_reminders_of_a_part_stop_when_it_arrived(
    world: World, matter: Matter, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    await matter.start("contribution", department=department.unit)
    await matter.intake(
        ContributionReceived(
            contribution=1, department_id=department.unit, text=matter.plain("Lorry"), received_on=today()
        )
    )
    await matter.remind(clock="contribution", department=department.unit)
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("suppressed")
    assert row.ground == "answered"
    assert mail.handed == []


async def test_a_delay_notice_names_the_ombudsman_where_the_code_wants_it(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    await matter.deadlines(Missed(clock="stage1_respond", occurrence=1, due_on=due()))
    async with world.at_work(world.service(sender)):
        await world.until_state("sent")
    text = mail.handed[0].get_content()
    assert mail.recipients == [["ana@example.com"]]
    assert "Local Government and Social Care Ombudsman" in text
    assert "Dear Ana Green" in text


async def test_adult_care_is_told_of_delay_under_regulation_14(
    world: World, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    matter = await Matter(world, department, regime="adult-care").open()
    await matter.start("respond")
    await matter.deadlines(Missed(clock="respond", occurrence=1, due_on=due()))
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("sent")
    assert row.purpose == "delay-notice"
    assert mail.handed[0]["Subject"] == f"{matter.reference}: our answer is late"


async def test_a_customer_whose_case_nobody_acknowledged_is_told_that_the_answer_is_late(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    await matter.start("stage1_backstop", role="backstop")
    await matter.deadlines(Missed(clock="stage1_backstop", occurrence=1, due_on=due()))
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("sent")
    assert row.purpose == "delay-notice"
    assert "Local Government and Social Care Ombudsman" in mail.handed[0].get_content()


async def test_a_missed_acknowledgement_brings_no_notice(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    await matter.start("stage1_acknowledge")
    await matter.deadlines(Missed(clock="stage1_acknowledge", occurrence=1, due_on=due()))
    async with world.at_work(world.service(sender)):
        await world.until_idle()
    assert await world.outbox() == []
    assert mail.handed == []


async def test_an_extension_is_told_with_reason_new_date_and_ombudsman(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    new = due() + timedelta(days=7)
    await matter.deadlines(
        ExtensionProposed(
            regime="corporate",
            stage="stage1",
            due_on=due(),
            clock="stage1_respond",
            occurrence=1,
            proposal=3,
            new_due_on=new,
            ceiling=new,
            notice_by=due(),
            reason=matter.plain("The contractor is being asked."),
            citation="LGSCO Code 6.4",
        )
    )
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("sent")
    text = mail.handed[0].get_content()
    assert "The contractor is being asked." in text
    assert f"{new.day} {new:%B %Y}" in text
    assert "www.lgo.org.uk" in text
    sent = (await world.store.load(f"notification-{row.notification}"))[-1].event.model_dump()
    assert (sent["proposal"], sent["clock"], sent["stage"]) == (3, "stage1_respond", "stage1")


async def test_an_extension_notice_that_came_too_late_does_not_leave(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    yesterday = today() - timedelta(days=1)
    await matter.deadlines(
        ExtensionProposed(
            regime="corporate",
            stage="stage1",
            due_on=due(),
            clock="stage1_respond",
            occurrence=1,
            proposal=1,
            new_due_on=due(),
            ceiling=due(),
            notice_by=yesterday,
            reason=matter.plain("x"),
            citation="LGSCO Code 6.4",
        )
    )
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("suppressed")
    assert row.ground == "too-late"
    assert mail.handed == []


def paused() -> ClockPaused:
    """Its clock stands still."""
    return ClockPaused(
        regime="corporate", kind="fee", paused_on=today(), clocks=("stage1_respond",), citation="test"
    )


def met() -> Met:
    """What it waits for happened."""
    return Met(clock="stage1_respond", occurrence=1, due_on=due(), met_on=today(), late=False)


def stopped() -> ClockStopped:
    """It waits for nothing any more."""
    return ClockStopped(clock="stage1_respond", occurrence=1, cause="withdrawn")


def moved() -> DueDateMoved:
    """It is due later."""
    return DueDateMoved(
        clock="stage1_respond",
        occurrence=1,
        cause="extended",
        base_event="received",
        base_date=today(),
        previous_due_on=due(),
        due_on=due() + timedelta(days=7),
        working={},
        calendar_version="england-2026-11-21",
    )


@pytest.mark.parametrize(
    ("event", "ground"),
    [(paused, "paused"), (met, "answered"), (stopped, "clock-stopped"), (moved, "date-moved")],
)
async def test_a_reminder_whose_clock_changed_does_not_leave(
    world: World,
    matter: Matter,
    mail: MailServer,
    sender: SmtpSender,
    *,
    event: Callable[[], ClockPaused | Met | ClockStopped | DueDateMoved],
    ground: str,
) -> None:
    await matter.remind()
    await matter.deadlines(event())
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("suppressed")
    assert row.ground == ground
    assert mail.handed == []


async def test_nobody_is_reminded_of_a_closed_case(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    await matter.remind()
    await matter.intake(Closed(ground="withdrawn", closed_on=today()))
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("suppressed")
    assert row.ground == "case-closed"
    assert mail.handed == []


async def test_a_reopened_case_is_chased_again(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    await matter.intake(Closed(ground="withdrawn", closed_on=today()))
    await matter.intake(Reopened())
    await matter.remind()
    async with world.at_work(world.service(sender)):
        await world.until_state("sent")
    assert len(mail.handed) == 1


async def test_a_reminder_that_was_written_and_waits_is_dropped_when_the_answer_arrives(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    mail.answers = ("451 later",)
    await matter.remind()
    waiting = world.service(sender, waits=(timedelta(seconds=1),))
    async with world.at_work(waiting):
        await world.until_state("waiting")
        mail.answers = ("250 OK",)
        await matter.answer(means="post")
        [row] = await world.until_state("suppressed")
    assert row.ground == "answered"
    assert len(mail.handed) == 1
    assert await world.kinds(row.notification) == [
        "requested",
        "attempt-began",
        "attempt-failed",
        "suppressed",
    ]


async def test_nothing_is_sent_about_a_historic_case(
    world: World, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    matter = await Matter(world, department).open(historic=True)
    await matter.answer()
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("suppressed")
    assert row.ground == "historic"
    assert mail.handed == []


async def test_a_customer_is_not_emailed_when_email_is_unsafe(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    await matter.answer()
    await matter.intake(ContactPlanSet(safe_channels=("phone",)))
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("suppressed")
    assert row.ground == "contact-unsafe"
    assert mail.handed == []
    assert row.address is None


async def test_an_erased_person_gets_nothing_and_nothing_breaks(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    await matter.answer()
    await world.keyring.destroy(owner=matter.customer)
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("suppressed")
    assert row.ground == "erased"
    assert mail.handed == []


async def test_an_erasure_heard_of_before_the_sending_stops_it(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    mail.answers = ("451 later",)
    await matter.answer()
    async with world.at_work(world.service(sender, waits=(timedelta(milliseconds=300),) * 3)):
        await world.until_state("waiting")
        await world.hear(
            f"person-{matter.customer}",
            matter.customer,
            PersonErased(person_id=matter.customer, ground="asked"),
        )
        [row] = await world.until_state("suppressed")
    assert row.ground == "erased"
    assert len(mail.handed) <= 2


async def test_a_customer_is_written_to_only_when_every_mark_was_read_up_to(
    world: World, matter: Matter, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    fresh = asyncio.Event()
    asked = 0

    async def read_up() -> bool:
        nonlocal asked
        asked += 1
        return fresh.is_set()

    await matter.answer()
    other = await Matter(world, department).open()
    await other.start()
    await other.remind()
    async with world.at_work(world.service(sender, read_up=read_up)):
        [reminder] = await world.until_state("sent")
        assert reminder.purpose == "reminder"
        assert asked > 0
        await matter.intake(ContactPlanSet(safe_channels=()))
        fresh.set()
        rows = await world.until_state("sent", "suppressed")
    assert {row.purpose: row.ground for row in rows} == {"reminder": None, "response": "contact-unsafe"}
    assert len(mail.handed) == 1


async def test_a_reminder_waits_for_office_hours_and_a_customers_letter_does_not(
    world: World, matter: Matter, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    closed_now = f"{days[(today().weekday() + 2) % 7]} 09:00-09:01"
    await matter.answer()
    other = await Matter(world, department).open()
    await other.start()
    await other.remind()
    async with world.at_work(world.service(sender, hours=closed_now)):
        [row] = await world.until_state("sent")
        await world.until_owed_later()
    assert row.purpose == "response"
    assert mail.recipients == [["ana@example.com"]]


async def test_nobody_is_reminded_on_a_bank_holiday_however_late_it_was_proclaimed(
    world: World, matter: Matter, mail: MailServer, sender: SmtpSender
) -> None:
    for day in (today(), today() + timedelta(days=1)):
        await proclaim(world, day)
    await matter.remind()
    async with world.at_work(world.service(sender, hours=EVERY_DAY)):
        await world.until_owed_later()
    assert mail.handed == []


async def test_an_email_from_hell(
    world: World, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    name = "Siân O'Brien\r\nBcc: everyone@example.com\r\n\r\n<b>{{ council }}</b> 王小明"
    matter = await Matter(world, department).open(name=name)
    await matter.start()
    async with world.at_work(world.service(sender)):
        await matter.deadlines(Missed(clock="stage1_respond", occurrence=1, due_on=due()))
        await world.until_state("sent")
        await matter.answer(
            subject="Hello\r\nBcc: everyone@example.com", text="From me\n.\n..\n" + "long " * 2000
        )
        await world.until_state("sent", "sent")
    for email in mail.handed:
        assert email["Bcc"] is None
        assert email["From"].addresses[0].addr_spec == FROM
        assert email["To"] == "ana@example.com"
    assert mail.recipients == [["ana@example.com"]] * 2
    notice, answer = (email.get_content().replace("\r\n", "\n") for email in mail.handed)
    assert "Dear Siân O'Brien Bcc: everyone@example.com <b>{{ council }}</b> 王小明\n" in notice
    assert answer.startswith("From me\n.\n..\nlong long ")


async def test_an_address_that_is_none_needs_a_person(
    world: World, department: Department, mail: MailServer, sender: SmtpSender
) -> None:
    matter = await Matter(world, department).open(email="ana@example.com\r\nRCPT TO:<bob@example.com>")
    await matter.answer()
    async with world.at_work(world.service(sender)):
        [row] = await world.until_state("failed")
    assert mail.handed == []
    assert row.answer is not None
    assert "@" not in row.answer


async def test_a_dry_run_keeps_messages_in_a_folder(
    world: World, matter: Matter, mail: MailServer, tmp_path: Path
) -> None:
    folder = tmp_path / "outgoing"
    await matter.answer()
    async with world.at_work(world.service(FolderSender(folder, "Anytown Council", FROM))):
        [row] = await world.until_state("sent")
    [kept] = list(folder.iterdir())
    assert kept.name == f"{row.message_id.strip('<>')}.eml"
    assert b"Subject: " in kept.read_bytes()
    assert mail.handed == []
