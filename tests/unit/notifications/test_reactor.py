"""Which letters events ask for, and when each message is tried."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from services.notifications.domain.message.owed import Send, WriteLetter
from services.notifications.reactor import NotificationsReactor
from shared.contracts.deadlines import ReminderDue
from shared.contracts.intake import AcknowledgementIssued, ContributionRequested, NoteAdded
from shared.contracts.notifications import AttemptFailed, Sent
from shared.kit.due import DueRow
from shared.kit.events import Envelope, Event, SealedValue, event_id
from shared.kit.log import Received
from tests.unit.notifications.samples import NOON, NOTIFICATION, requested

CASE = UUID("00000000-0000-4000-8000-00000000000a")
UNIT = UUID("00000000-0000-4000-8000-00000000000b")
DUE = date(2026, 12, 4)
SEALED = SealedValue(key_id=CASE, event_id=CASE, field="text", nonce="bm9uY2U=", ciphertext="c2VhbGVk")


def owed(event: Event, stream: str = f"case-{CASE}") -> list[DueRow]:
    """What the service owes when it reads the event."""
    envelope = Envelope(
        event_id=event_id(stream, 1),
        stream=stream,
        version=1,
        wire_name=event.wire_name,
        source="/redress/tests",
        key=CASE,
        happened_at=NOON,
        recorded_at=NOON,
        principal="service:tests",
        correlation_id=CASE,
        causation_id=None,
    )
    return list(NotificationsReactor().react(Received(envelope, event, 0, 1, 0, (), b"")))


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
