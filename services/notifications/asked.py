"""What asks for messages: events of the other services, and of this one for the sending itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.notifications.domain.identity import notification_id, stream_of
from services.notifications.domain.purposes import CONTRIBUTION, EMAIL, Purpose
from shared.contracts.deadlines import ExtensionProposed, Missed, ReminderDue
from shared.contracts.intake import AcknowledgementIssued, ContributionRequested, ResponseIssued
from shared.contracts.notifications import AttemptFailed, Requested
from shared.kit.due import DueRow
from shared.kit.events import Envelope, Event, SealedValue, UnknownEvent, command_id
from shared.kit.log import Received

REQUEST: Final = "request"
"""Writes a message down, with its text."""
SEND: Final = "send"
"""Tries once to send it."""


class Asked(BaseModel):
    """What the event says of the message that it asks for; the payload of a `request`.

    `subject` and `text` are an officer's letter, a department's question or the reason of an extension.
    """

    model_config = ConfigDict(frozen=True)

    notification: UUID
    purpose: Purpose
    about: UUID
    stage: str | None = None
    clock: str | None = None
    occurrence: int | None = None
    proposal: int | None = None
    rung: str | None = None
    department_id: UUID | None = None
    due_on: date | None = None
    new_due_on: date | None = None
    leave_by: date | None = None
    subject: SealedValue | None = None
    text: SealedValue | None = None


class ToSend(BaseModel):
    """The payload of a `send`."""

    model_config = ConfigDict(frozen=True)

    notification: UUID
    purpose: Purpose


class AsksForMessages:
    """The reactor of this service."""

    name = "messages"
    from_beginning = False  # a service new to an old log must not send years of letters

    def react(self, received: Received) -> Sequence[DueRow]:
        """The due work that follows from an event, the same each time."""
        event, envelope = received.event, received.envelope
        match event:
            case Requested():
                return [_send(envelope, event.notification, event.purpose, envelope.recorded_at)]
            case AttemptFailed():
                notification = UUID(envelope.stream.removeprefix("notification-"))
                return [_send(envelope, notification, event.purpose, event.try_again_at)]
            case _:
                asked = _asked(envelope, event)
                return [] if asked is None else [_request(envelope, asked)]


def _asked(envelope: Envelope, event: Event | UnknownEvent) -> Asked | None:  # noqa: PLR0911  one an event
    match event:
        case ReminderDue():
            return _of(
                envelope,
                Purpose.REMINDER,
                stage=event.stage,
                clock=event.clock,
                occurrence=event.occurrence,
                rung=event.rung,
                department_id=event.department_id,
                due_on=event.due_on,
            )
        case ContributionRequested():
            return _of(
                envelope,
                Purpose.CONTRIBUTION_REQUEST,
                clock=CONTRIBUTION,
                occurrence=event.contribution,
                department_id=event.department_id,
                due_on=event.due_on,
                text=event.question,
            )
        case AcknowledgementIssued(means=means) if means == EMAIL:
            return _letter(envelope, Purpose.ACKNOWLEDGEMENT, event)
        case ResponseIssued(means=means) if means == EMAIL:
            return _letter(envelope, Purpose.RESPONSE, event)
        case ExtensionProposed(means=means) if means == EMAIL:
            return _of(
                envelope,
                Purpose.EXTENSION_NOTICE,
                stage=event.stage,
                clock=event.clock,
                occurrence=event.occurrence,
                proposal=event.proposal,
                due_on=event.due_on,
                new_due_on=event.new_due_on,
                leave_by=event.notice_by,
                text=event.reason,
            )
        case Missed():
            return _of(
                envelope,
                Purpose.DELAY_NOTICE,
                clock=event.clock,
                occurrence=event.occurrence,
                due_on=event.due_on,
            )
        case _:
            return None


def _letter(envelope: Envelope, purpose: Purpose, event: AcknowledgementIssued | ResponseIssued) -> Asked:
    return _of(envelope, purpose, stage=event.stage, subject=event.subject, text=event.text)


def _of(envelope: Envelope, purpose: Purpose, **facts: Any) -> Asked:
    notification = notification_id(envelope.event_id, purpose, purpose.audience, facts.get("rung"))
    return Asked(notification=notification, purpose=purpose, about=envelope.event_id, **facts)


def _request(envelope: Envelope, asked: Asked) -> DueRow:
    return DueRow(
        id=command_id(REQUEST, str(asked.notification)),
        key=envelope.key,
        stream=stream_of(asked.notification),
        command=REQUEST,
        payload=asked.model_dump(mode="json", exclude_none=True),
        due_at=envelope.recorded_at,
        correlation_id=envelope.correlation_id,
        causation_id=envelope.event_id,
    )


def _send(envelope: Envelope, notification: UUID, purpose: str, due_at: datetime) -> DueRow:
    return DueRow(
        id=command_id(SEND, str(envelope.event_id)),
        key=envelope.key,
        stream=envelope.stream,
        command=SEND,
        payload=ToSend(notification=notification, purpose=Purpose(purpose)).model_dump(mode="json"),
        due_at=due_at,
        correlation_id=envelope.correlation_id,
        causation_id=envelope.event_id,
    )
