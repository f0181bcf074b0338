"""Folds this service's own events into a row for each message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from services.notifications.domain.message import Status
from services.notifications.domain.message.identity import message_of, stream_of
from shared.contracts.notifications import (
    AttemptBegan,
    AttemptFailed,
    Failed,
    OutcomeSettled,
    OutcomeUnknown,
    Requested,
    Sent,
    Suppressed,
)
from shared.kit import sql
from shared.kit.events import Envelope, Event, SealedValue
from shared.kit.keyring import Place, SourceEvent
from shared.kit.log import Received, Row, Rows, RowView, sealed


class OutboxRow(Row):
    """A message and what became of it; `state` as in the domain's `Status`.

    `key` is the case's id; a digest has the officer's, and no reference.
    """

    notification: UUID
    key: UUID
    version: int
    reference: str | None
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


_STATES: Final[Mapping[type[Event], Status]] = {
    AttemptBegan: Status.UNDER_WAY,
    Sent: Status.SENT,
    AttemptFailed: Status.WAITING,
    Failed: Status.FAILED,
    Suppressed: Status.SUPPRESSED,
    OutcomeUnknown: Status.OUTCOME_UNKNOWN,
    OutcomeSettled: Status.SETTLED,
}
_SAID_LATER: Final = {"sent_on", "sent_at", "try_again_at", "ground", "code", "answer", "arrived"}


def places_of(row: OutboxRow) -> dict[str, Place]:
    """Where the sealed columns of a row come from: the message's first event."""
    requested = SourceEvent.at(stream_of(row.notification), 1, row.key)
    return {
        "address": requested.field("to"),
        "subject": requested.field("subject"),
        "body": requested.field("text"),
    }


def _requested(received: Received, event: Requested) -> OutboxRow:
    return OutboxRow.said_by(
        event,
        key=received.envelope.key,
        version=received.envelope.version,
        state=Status.REQUESTED,
        address=sealed(event.to),
        body=sealed(event.text),
        attempts=0,
        requested_at=received.envelope.recorded_at,
        changed_at=received.envelope.recorded_at,
    )


def _changes(envelope: Envelope, event: Event) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "state": _STATES[type(event)],
        "version": envelope.version,
        "changed_at": envelope.recorded_at,
        "try_again_at": None,
    }
    if isinstance(event, AttemptBegan):
        changes["attempts"] = event.attempt
    return changes | event.model_dump(include=_SAID_LATER)


def evolve(rows: Rows[OutboxRow], received: Received) -> None:
    envelope, event = received.envelope, received.event
    if isinstance(event, Requested):
        rows[event.notification] = _requested(received, event)
    elif isinstance(event, Event) and (row := rows.get(message_of(envelope.stream))) is not None:
        rows[row.notification] = row.model_copy(update=_changes(envelope, event))


OUTBOX = RowView(
    "outbox",
    OutboxRow,
    primary_key=("notification",),
    key="key",
    indexes=sql.load(__package__, "indexes.sql"),
    kinds=(Requested, *_STATES),
    evolve=evolve,
)
