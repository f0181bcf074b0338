"""What has become of one message so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from shared.contracts.notifications import NotificationEvent, Requested
from shared.kit.decider import Refused

Events = tuple[NotificationEvent, ...]


class Status(StrEnum):
    """Where a message stands. `waiting`: refused for now, to be tried again."""

    NEW = "new"
    REQUESTED = "requested"
    UNDER_WAY = "under-way"
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
        attempt: how many attempts were begun.
        began_at: when the last of them was.
        answer_by: until when its result is waited for.
        try_again_at: from when on a `waiting` message may be tried again.
    """

    status: Status = Status.NEW
    requested: Requested | None = None
    attempt: int = 0
    began_at: datetime | None = None
    answer_by: datetime | None = None
    try_again_at: datetime | None = None

    @property
    def to_be_sent(self) -> bool:
        """Whether an attempt may begin, now or later."""
        return self.status in {Status.REQUESTED, Status.WAITING}


INITIAL = Notification()


def requested_of(state: Notification) -> Requested:
    """The message.

    Raises:
        Refused: `no-such-notification`.
    """
    if state.requested is None:
        raise Refused("no-such-notification", "There is no such message.")
    return state.requested


def named(requested: Requested) -> dict[str, Any]:
    """The fields by which other services recognise the letter that they wait for."""
    fields = {"notification", "purpose", "stage", "clock", "occurrence", "proposal"}
    return requested.model_dump(include=fields)
