"""One message and its attempts. Above all: it is never sent twice, and what isn't known is settled by a person."""

from __future__ import annotations

from typing import Final

from services.notifications.domain.message.attempt import BEGIN_ATTEMPT, GIVE_UP_WAITING
from services.notifications.domain.message.evolve import evolve
from services.notifications.domain.message.given import Given
from services.notifications.domain.message.record_result import RECORD_RESULT
from services.notifications.domain.message.request import REQUEST
from services.notifications.domain.message.settle import SETTLE
from services.notifications.domain.message.state import INITIAL, Notification, Status
from services.notifications.domain.message.suppress import SUPPRESS
from shared.contracts.notifications import NotificationEvent
from shared.kit.decider import Command, Decider, decider

FOR_OFFICERS: Final = (SETTLE,)
"""What a person can do."""
MessageDecider = Decider[Command, Notification, NotificationEvent]


def message_decider(given: Given) -> MessageDecider:
    """The rules of a `notification-<uuid>` stream under these circumstances."""
    itself = (REQUEST, SUPPRESS, BEGIN_ATTEMPT, GIVE_UP_WAITING, RECORD_RESULT)
    return decider((*FOR_OFFICERS, *itself), evolve, INITIAL, given)


__all__ = [
    "FOR_OFFICERS",
    "INITIAL",
    "Given",
    "MessageDecider",
    "Notification",
    "Status",
    "evolve",
    "message_decider",
]
