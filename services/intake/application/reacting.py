"""What intake owes when it reads the log: the days on which letters left, referrals, keys to destroy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from shared.contracts import intake, notifications, ombudsman
from shared.kit.due import DueRow
from shared.kit.events import derive
from shared.kit.log import Received

LETTERS = frozenset({"acknowledgement", "response"})
RETENTION = "retention"


class IntakeReactor:
    """Turns others' events, and some of intake's own, into commands that intake owes."""

    name = "intake"
    from_beginning = True

    def __init__(self, keep_quarantined: timedelta) -> None:
        """`keep_quarantined`: how long an unreadable message may wait for somebody to mend it."""
        self._keep_quarantined = keep_quarantined

    def react(self, received: Received) -> Sequence[DueRow]:
        """The commands that this event makes due."""
        match received.event:
            case notifications.Sent() | notifications.OutcomeSettled() as event:
                return _letter(received, event)
            case ombudsman.ReferralOpened() as event:
                return [_referral(received, event)]
            case intake.ContactQuarantined():
                due = _row(received, "discard", {"reason": RETENTION}, stream=received.envelope.stream)
                return [_later(due, self._keep_quarantined)]
            case intake.ContactSentThrough() | intake.ContactDiscarded():
                return [_row(received, "destroy-message-key", {}, stream=received.envelope.stream)]
            case intake.PersonErased():
                return [_row(received, "destroy-person-keys", {}, stream=received.envelope.stream)]
            case _:
                return []


def _letter(received: Received, event: notifications.Sent | notifications.OutcomeSettled) -> Sequence[DueRow]:
    """Only letters that a stage waits for; a reminder or a notice is not intake's business."""
    if event.purpose not in LETTERS or event.stage is None:
        return []
    payload: dict[str, Any] = {
        "purpose": event.purpose,
        "stage": event.stage,
        "notification": str(event.notification),
    }
    stream = f"case-{received.envelope.key}"
    if isinstance(event, notifications.OutcomeSettled) and not event.arrived:
        return [_row(received, "record-not-sent", payload, stream=stream)]
    sent_on = event.sent_on
    if sent_on is None:
        return []
    return [_row(received, "record-sent", {**payload, "sent_on": sent_on.isoformat()}, stream=stream)]


def _referral(received: Received, event: ombudsman.ReferralOpened) -> DueRow:
    payload = {
        "ombudsman": event.ombudsman,
        "referral": str(event.referral),
        "their_reference": event.their_reference,
        "referred_on": event.referred_on.isoformat(),
    }
    return _row(received, "record-referral", payload, stream=f"case-{event.case_id}", key=event.case_id)


def _row(
    received: Received, command: str, payload: dict[str, Any], *, stream: str, key: UUID | None = None
) -> DueRow:
    envelope = received.envelope
    return DueRow(
        id=derive.command_id(command, str(envelope.event_id)),
        key=key or envelope.key,
        stream=stream,
        command=command,
        payload=payload,
        due_at=envelope.recorded_at,
        correlation_id=envelope.correlation_id,
        causation_id=envelope.event_id,
    )


def _later(row: DueRow, wait: timedelta) -> DueRow:
    return replace(row, due_at=row.due_at + wait)
