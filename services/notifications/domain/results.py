"""What an attempt's result means.

A result that comes after `outcome-unknown` (the sender had only been frozen) is taken all the same, since it is
knowledge and no second sending; but then nothing is tried again.
"""

from __future__ import annotations

from services.notifications.domain.commands import (
    RecordAccepted,
    RecordNoAnswer,
    RecordRefusedForGood,
    RecordRefusedForNow,
)
from services.notifications.domain.state import Notification, NotificationEvent, Status
from shared.contracts.notifications import AttemptFailed, Failed, OutcomeUnknown, Requested, Sent
from shared.kit.decider import Refused
from shared.rules.calendar.london import london_day

Events = tuple[NotificationEvent, ...]


def accepted(command: RecordAccepted, state: Notification, requested: Requested) -> Events:
    """The message left: `sent`, on the London date of that moment."""
    if _known_already(command.attempt, state, Status.SENT):
        return ()
    return (
        Sent(
            notification=requested.notification,
            purpose=requested.purpose,
            attempt=command.attempt,
            sent_on=london_day(command.at),
            sent_at=command.at,
            message_id=requested.message_id,
            answer=command.answer,
            stage=requested.stage,
            clock=requested.clock,
            occurrence=requested.occurrence,
            proposal=requested.proposal,
        ),
    )


def refused_for_now(command: RecordRefusedForNow, state: Notification, requested: Requested) -> Events:
    """To be tried again after the back-off, or `failed` when the tries are used up."""
    if _known_already(command.attempt, state, Status.WAITING):
        return ()
    if state.status is Status.OUTCOME_UNKNOWN or command.attempt > len(command.waits):
        return (_failed(command.attempt, command.code, command.answer, requested),)
    return (
        AttemptFailed(
            purpose=requested.purpose,
            attempt=command.attempt,
            code=command.code,
            answer=command.answer,
            try_again_at=command.at + command.waits[command.attempt - 1],
        ),
    )


def refused_for_good(command: RecordRefusedForGood, state: Notification, requested: Requested) -> Events:
    """`failed`: a person has to act."""
    if _known_already(command.attempt, state, Status.FAILED):
        return ()
    return (_failed(command.attempt, command.code, command.answer, requested),)


def no_answer(command: RecordNoAnswer, state: Notification, requested: Requested) -> Events:
    """The sender itself says that it will never know."""
    if _known_already(command.attempt, state, Status.OUTCOME_UNKNOWN):
        return ()
    return (OutcomeUnknown(purpose=requested.purpose, attempt=command.attempt),)


def _known_already(attempt: int, state: Notification, outcome: Status) -> bool:
    """Whether the same result stands there. Raises `Refused` when the attempt awaits no result."""
    if state.attempt == attempt and state.status is outcome:
        return True
    if state.attempt != attempt or state.status not in {Status.CLAIMED, Status.OUTCOME_UNKNOWN}:
        raise Refused(
            "no-such-attempt", f"Attempt {attempt} awaits no result: the message is {state.status.value}."
        )
    return False


def _failed(attempt: int, code: int | None, answer: str, requested: Requested) -> Failed:
    return Failed(
        notification=requested.notification,
        purpose=requested.purpose,
        attempt=attempt,
        code=code,
        answer=answer,
        stage=requested.stage,
    )
