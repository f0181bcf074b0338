"""An attempt begins, or nobody is left to learn its result. A message is never sent twice."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services.notifications.domain.message.given import Given
from services.notifications.domain.message.state import Events, Notification, Status, requested_of
from shared.contracts.notifications import AttemptBegan, OutcomeUnknown
from shared.kit.decider import Command, Refused, Slice


class BeginAttempt(Command):
    """Begin the next attempt; its result is waited for until `answer_by`."""

    verb = "begin-attempt"
    answer_by: datetime


class GiveUpWaiting(Command):
    """Nobody is left to learn the result of the attempt under way."""

    verb = "give-up-waiting"


def begin(command: BeginAttempt, state: Notification, given: Given) -> Events:
    """The attempt, recorded before its first byte leaves."""
    requested_of(state)
    if state.status is Status.UNDER_WAY:
        raise Refused("under-way-already", "Another attempt is under way, or ended without a result.")
    if not state.to_be_sent:
        raise Refused("not-to-be-sent", f"The message is {state.status.value}: it is not sent again.")
    if state.try_again_at is not None and given.now < state.try_again_at:
        raise Refused("too-early", "The server refused the message for now; the next try is later.")
    return (AttemptBegan(attempt=state.attempt + 1, began_at=given.now, answer_by=command.answer_by),)


def give_up(_command: GiveUpWaiting, state: Notification, given: Given) -> Events:
    """Whether it arrived is for a person to find out."""
    requested = requested_of(state)
    if state.status is not Status.UNDER_WAY or state.answer_by is None:
        return ()
    if given.now < state.answer_by:
        raise Refused("answer-may-come", "The result of the attempt may still come.")
    return (OutcomeUnknown(purpose=requested.purpose, attempt=state.attempt),)


BEGIN_ATTEMPT: Final = Slice(BeginAttempt, begin)
GIVE_UP_WAITING: Final = Slice(GiveUpWaiting, give_up)
