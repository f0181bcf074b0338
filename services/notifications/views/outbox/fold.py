"""Folds this service's own events into a row for each message."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from shared.contracts.notifications import (
    AttemptFailed,
    Claimed,
    Failed,
    OutcomeSettled,
    OutcomeUnknown,
    Requested,
    Sent,
    Suppressed,
)
from shared.kit import sql
from shared.kit.events import Event, SealedValue
from shared.kit.log import Received, Row, Rows, RowView, sealed


class OutboxRow(Row):
    """A message and what became of it; `state` as in the domain's `Status`."""

    notification: UUID
    case_id: UUID
    version: int
    reference: str
    state: str
    purpose: str
    audience: str
    stage: str | None
    clock: str | None
    occurrence: int | None
    rung: str | None
    recipient: UUID | None
    address: SealedValue | None
    subject: SealedValue | None
    body: SealedValue | None
    message_id: str
    attempts: int
    requested_at: datetime
    changed_at: datetime
    sent_on: date | None = None
    sent_at: datetime | None = None
    try_again_at: datetime | None = None
    ground: str | None = None
    code: int | None = None
    answer: str | None = None
    arrived: bool | None = None


def _requested(received: Received, event: Requested) -> OutboxRow:
    return OutboxRow(
        notification=event.notification,
        case_id=received.envelope.key,
        version=received.envelope.version,
        reference=event.reference,
        state="requested",
        purpose=event.purpose,
        audience=event.audience,
        stage=event.stage,
        clock=event.clock,
        occurrence=event.occurrence,
        rung=event.rung,
        recipient=event.recipient,
        address=sealed(event.to),
        subject=sealed(event.subject),
        body=sealed(event.text),
        message_id=event.message_id,
        attempts=0,
        requested_at=received.envelope.recorded_at,
        changed_at=received.envelope.recorded_at,
    )


def _changes(event: Event) -> dict[str, Any] | None:  # noqa: PLR0911  one line an event
    """The columns that the event changes; None: the event is none of ours."""
    match event:
        case Claimed():
            return {"state": "claimed", "attempts": event.attempt, "try_again_at": None}
        case Sent():
            return {
                "state": "sent",
                "sent_on": event.sent_on,
                "sent_at": event.sent_at,
                "answer": event.answer,
            }
        case AttemptFailed():
            return {
                "state": "waiting",
                "code": event.code,
                "answer": event.answer,
                "try_again_at": event.try_again_at,
            }
        case Failed():
            return {"state": "failed", "code": event.code, "answer": event.answer}
        case Suppressed():
            return {"state": "suppressed", "ground": event.ground}
        case OutcomeUnknown():
            return {"state": "outcome-unknown"}
        case OutcomeSettled():
            return {"state": "settled", "arrived": event.arrived, "sent_on": event.sent_on}
        case _:
            return None


def evolve(rows: Rows[OutboxRow], received: Received) -> None:
    """The messages of a case after the event."""
    envelope, event = received.envelope, received.event
    if isinstance(event, Requested):
        rows[event.notification] = _requested(received, event)
    elif isinstance(event, Event) and (changes := _changes(event)) is not None:
        notification = UUID(envelope.stream.removeprefix("notification-"))
        if notification in rows:
            stamp = {"version": envelope.version, "changed_at": envelope.recorded_at}
            rows[notification] = rows[notification].model_copy(update=changes | stamp)


OUTBOX = RowView(
    "outbox",
    OutboxRow,
    primary_key=("notification",),
    key="case_id",
    indexes=sql.load(__package__, "indexes.sql"),
    kinds=(Requested, Claimed, Sent, AttemptFailed, Failed, Suppressed, OutcomeUnknown, OutcomeSettled),
    evolve=evolve,
)
"""The view `outbox`."""
