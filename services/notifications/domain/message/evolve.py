"""How a message's state follows from its events."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from services.notifications.domain.message.state import Notification, Status
from shared.contracts import notifications as e


def evolve(state: Notification, event: e.NotificationEvent) -> Notification:  # noqa: PLR0911  one line an event
    match event:
        case e.Requested():
            return replace(state, status=Status.REQUESTED, requested=event)
        case e.AttemptBegan():
            return replace(
                state,
                status=Status.UNDER_WAY,
                attempt=event.attempt,
                began_at=event.began_at,
                answer_by=event.answer_by,
            )
        case e.AttemptFailed():
            return replace(state, status=Status.WAITING, try_again_at=event.try_again_at)
        case e.Sent():
            return replace(state, status=Status.SENT)
        case e.Failed():
            return replace(state, status=Status.FAILED)
        case e.Suppressed():
            return replace(state, status=Status.SUPPRESSED)
        case e.OutcomeUnknown():
            return replace(state, status=Status.OUTCOME_UNKNOWN)
        case e.OutcomeSettled():
            return replace(state, status=Status.SETTLED)
        case _:
            assert_never(event)
