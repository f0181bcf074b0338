"""Which letters events ask for, and when each message is tried."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from services.notifications.application.letters import read_letter
from services.notifications.domain.message.owed import Send, WriteLetter
from services.notifications.reactor import NotificationsReactor
from shared.contracts.deadlines import ReminderDue
from shared.contracts.intake import AcknowledgementIssued, Assigned, ContributionRequested, NoteAdded
from shared.contracts.notifications import AttemptFailed, Sent
from shared.kit.due import DueRow
from shared.kit.events import Event, SealedValue, event_id
from shared.rules.calendar.office_hours import parse_office_hours
from tests.kit.heard import heard
from tests.unit.notifications.samples import NOON, NOTIFICATION, OFFICER, requested

CASE = UUID("00000000-0000-4000-8000-00000000000a")
UNIT = UUID("00000000-0000-4000-8000-00000000000b")
DUE = date(2026, 12, 4)
OFFICE = parse_office_hours("Mon-Fri 09:00-17:00")
SEALED = SealedValue(key_id=CASE, event_id=CASE, field="text", nonce="bm9uY2U=", ciphertext="c2VhbGVk")


def owed(event: Event, stream: str = f"case-{CASE}", at: datetime = NOON, version: int = 1) -> list[DueRow]:
    """What the service owes when it reads the event, recorded at that moment."""
    return list(NotificationsReactor(OFFICE).react(heard(event, stream, CASE, version, at=at)))


def letter(event: Event) -> WriteLetter:
    """The one letter that the event asks for."""
    [row] = owed(event)
    command = WriteLetter.model_validate(row.payload)
    assert (row.command, row.key, row.due_at) == ("write-letter", CASE, NOON)
    assert row.stream == f"notification-{command.notification}"
    assert command.about == row.causation_id == event_id(f"case-{CASE}", 1)
    return command


def reminder(rung: str) -> ReminderDue:
    """A rung of the ladder is reached."""
    return ReminderDue(
        clock="respond", occurrence=2, stage="stage1", rung=rung, offset=-2, due_on=DUE, department_id=UNIT
    )


def test_a_reminder_says_which_clock_and_whom_it_is_for() -> None:
    found = letter(reminder("officer"))
    assert (found.purpose, found.clock, found.occurrence, found.stage) == ("reminder", "respond", 2, "stage1")
    assert (found.rung, found.department_id, found.due_on) == ("officer", UNIT, DUE)


def test_whom_a_letter_is_for_may_stand_in_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"on": NoteAdded.wire_name, "to": "rung", "rung": "head-of-service", "words": ["rung"]}
    noted = read_letter("noted", row)
    monkeypatch.setattr("services.notifications.reactor.asked_for_by", lambda _: [noted])
    assert letter(NoteAdded(text=SEALED)).rung == "head-of-service"


def test_each_rung_is_a_message_of_its_own_and_the_same_one_is_the_same_message() -> None:
    assert letter(reminder("officer")) == letter(reminder("officer"))
    assert letter(reminder("officer")).notification != letter(reminder("head-of-service")).notification


def test_a_field_with_another_name_in_the_event_is_taken_as_the_row_says() -> None:
    found = letter(
        ContributionRequested(
            contribution=3, department_id=UNIT, department_name="Waste", question=SEALED, due_on=DUE
        )
    )
    assert (found.clock, found.occurrence, found.text) == ("contribution", 3, SEALED)


@pytest.mark.parametrize(("means", "letters"), [("email", 1), ("post", 0)])
def test_a_letter_that_was_posted_is_not_emailed(means: str, letters: int) -> None:
    issued = AcknowledgementIssued(stage="stage1", means=means, subject=SEALED, text=SEALED)
    assert len(owed(issued)) == letters


def test_an_event_that_no_letter_waits_for_asks_for_none() -> None:
    assert owed(NoteAdded(text=SEALED)) == []


def test_a_message_that_was_written_is_sent() -> None:
    [row] = owed(requested(), f"notification-{NOTIFICATION}")
    assert Send.model_validate(row.payload) == Send(notification=NOTIFICATION, purpose="response")
    assert row.due_at == NOON


def test_one_that_was_refused_for_now_is_tried_again_at_its_time() -> None:
    again = NOON + timedelta(minutes=5)
    failed = AttemptFailed(purpose="response", attempt=1, answer="451", try_again_at=again)
    [row] = owed(failed, f"notification-{NOTIFICATION}")
    assert (row.command, row.due_at) == ("send", again)


def test_one_that_left_is_over() -> None:
    sent = Sent(
        notification=NOTIFICATION,
        purpose="response",
        attempt=1,
        sent_on=DUE,
        sent_at=datetime(2026, 12, 4, tzinfo=UTC),
        message_id="<a@b.example>",
        answer="250 OK",
    )
    assert owed(sent, f"notification-{NOTIFICATION}") == []


def assigned(officer: UUID | None = OFFICER) -> Assigned:
    """A department has the case, perhaps through an officer."""
    return Assigned(department_id=UNIT, department_name="Waste", officer_id=officer)


def morning_after(at: datetime, version: int = 1) -> DueRow:
    """The morning that an assignment at that moment is the reason for."""
    [row] = [row for row in owed(assigned(), at=at, version=version) if row.command == "start-digests"]
    return row


@pytest.mark.parametrize(
    ("assigned_at", "begins"),
    [
        (datetime(2026, 12, 1, 12, tzinfo=UTC), datetime(2026, 12, 2, 9, tzinfo=UTC)),
        (datetime(2026, 12, 4, 12, tzinfo=UTC), datetime(2026, 12, 7, 9, tzinfo=UTC)),
        (datetime(2026, 12, 24, 12, tzinfo=UTC), datetime(2026, 12, 29, 9, tzinfo=UTC)),
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), datetime(2026, 7, 1, 8, tzinfo=UTC)),
        (datetime(2026, 6, 30, 23, 1, tzinfo=UTC), datetime(2026, 7, 2, 8, tzinfo=UTC)),
    ],
    ids=["the next day", "after a weekend", "after Christmas", "in summer time", "a day in London"],
)
def test_a_morning_begins_when_the_office_opens_on_the_next_working_day(
    assigned_at: datetime, begins: datetime
) -> None:
    row = morning_after(assigned_at)
    assert (row.due_at, row.payload) == (begins, {"on": begins.date().isoformat()})


def test_every_assignment_of_a_day_leads_to_the_same_morning() -> None:
    first, second = (morning_after(NOON + timedelta(hours=hour), version=hour + 1) for hour in range(2))
    assert first.id == second.id
    assert first.id != morning_after(NOON + timedelta(days=1)).id


def test_a_case_without_an_officer_is_no_reason_for_a_morning() -> None:
    assert owed(assigned(None)) == []
