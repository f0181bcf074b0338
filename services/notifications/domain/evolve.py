"""How a message's state follows from its events."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from services.notifications.domain.state import Notification, NotificationEvent, Status
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


def evolve(state: Notification, event: NotificationEvent) -> Notification:  # noqa: PLR0911  one line an event
    """The state after `event`."""
    match event:
        case Requested():
            return replace(state, status=Status.REQUESTED, requested=event)
        case Claimed():
            return replace(
                state,
                status=Status.CLAIMED,
                attempt=event.attempt,
                claimed_at=event.claimed_at,
                answer_by=event.answer_by,
            )
        case AttemptFailed():
            return replace(state, status=Status.WAITING, try_again_at=event.try_again_at)
        case Sent():
            return replace(state, status=Status.SENT)
        case Failed():
            return replace(state, status=Status.FAILED)
        case Suppressed():
            return replace(state, status=Status.SUPPRESSED)
        case OutcomeUnknown():
            return replace(state, status=Status.OUTCOME_UNKNOWN)
        case OutcomeSettled():
            return replace(state, status=Status.SETTLED)
        case _:
            assert_never(event)
