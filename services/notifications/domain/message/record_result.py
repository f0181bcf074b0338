"""What an attempt's result means.

A result that comes after `outcome-unknown` (the sender had only been frozen) is taken all the same, since it is
knowledge and no second sending; but then nothing is tried again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, assert_never

from services.notifications.domain.message.given import Given
from services.notifications.domain.message.result import (
    Accepted,
    NoAnswer,
    PermanentRefusal,
    Result,
    TemporaryRefusal,
)
from services.notifications.domain.message.state import Events, Notification, Status, named, requested_of
from shared.contracts.notifications import AttemptFailed, Failed, NotificationEvent, OutcomeUnknown, Sent
from shared.kit.decider import Command, Refused, Slice
from shared.rules.calendar.london import london_day

_LEADS_TO: Final[Mapping[type[Result], Status]] = {
    Accepted: Status.SENT,
    TemporaryRefusal: Status.WAITING,
    PermanentRefusal: Status.FAILED,
    NoAnswer: Status.OUTCOME_UNKNOWN,
}


class RecordResult(Command):
    """That attempt ended so."""

    verb = "record-result"
    attempt: int
    result: Result


def decide(command: RecordResult, state: Notification, given: Given) -> Events:
    """What follows from the result; nothing where the same one stands there."""
    requested_of(state)
    if state.attempt == command.attempt and state.status is _LEADS_TO[type(command.result)]:
        return ()
    if state.attempt != command.attempt or state.status not in {Status.UNDER_WAY, Status.OUTCOME_UNKNOWN}:
        raise Refused(
            "no-such-attempt",
            f"Attempt {command.attempt} awaits no result: the message is {state.status.value}.",
        )
    return (_event(command.attempt, command.result, state, given),)


def _event(attempt: int, result: Result, state: Notification, given: Given) -> NotificationEvent:
    requested = requested_of(state)
    match result:
        case Accepted(answer):
            return Sent(
                **named(requested),
                attempt=attempt,
                sent_on=london_day(given.now),
                sent_at=given.now,
                message_id=requested.message_id,
                answer=answer,
            )
        case TemporaryRefusal(code, answer):
            if state.status is Status.OUTCOME_UNKNOWN or attempt > len(given.waits):
                return _failed(attempt, code, answer, state)
            again = given.now + given.waits[attempt - 1]
            return AttemptFailed(
                purpose=requested.purpose, attempt=attempt, code=code, answer=answer, try_again_at=again
            )
        case PermanentRefusal(code, answer):
            return _failed(attempt, code, answer, state)
        case NoAnswer():
            return OutcomeUnknown(purpose=requested.purpose, attempt=attempt)
        case _:
            assert_never(result)


def _failed(attempt: int, code: int | None, answer: str, state: Notification) -> Failed:
    requested = requested_of(state)
    return Failed(
        notification=requested.notification,
        purpose=requested.purpose,
        attempt=attempt,
        code=code,
        answer=answer,
        stage=requested.stage,
    )


RECORD_RESULT: Final = Slice(RecordResult, decide)
