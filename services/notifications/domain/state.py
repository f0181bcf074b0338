"""What has become of one message so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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

NotificationEvent = (
    Requested | Claimed | Sent | AttemptFailed | Failed | Suppressed | OutcomeUnknown | OutcomeSettled
)


class Status(StrEnum):
    """Where a message stands. `waiting`: refused for now, to be tried again."""

    NEW = "new"
    REQUESTED = "requested"
    CLAIMED = "claimed"
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    OUTCOME_UNKNOWN = "outcome-unknown"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Notification:
    """The state of a message.

    Attributes:
        attempt: how many attempts were claimed.
        claimed_at: when the last of them was claimed.
        answer_by: until when the last claim's result is waited for.
        try_again_at: when a `waiting` message may be claimed again.
    """

    status: Status = Status.NEW
    requested: Requested | None = None
    attempt: int = 0
    claimed_at: datetime | None = None
    answer_by: datetime | None = None
    try_again_at: datetime | None = None


INITIAL = Notification()
