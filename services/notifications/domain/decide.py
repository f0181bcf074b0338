"""The rules of one message. Above all: it is never sent twice, and what isn't known is settled by a person."""

from __future__ import annotations

from typing import assert_never

from services.notifications.domain.commands import (
    Claim,
    Command,
    GiveUpWaiting,
    RecordAccepted,
    RecordNoAnswer,
    RecordRefusedForGood,
    RecordRefusedForNow,
    Request,
    Settle,
    Suppress,
)
from services.notifications.domain.results import accepted, no_answer, refused_for_good, refused_for_now
from services.notifications.domain.settling import settle
from services.notifications.domain.state import Notification, NotificationEvent, Status
from shared.contracts.notifications import Claimed, OutcomeUnknown, Requested, Suppressed
from shared.kit.decider import Refused

Events = tuple[NotificationEvent, ...]


def decide(command: Command, state: Notification) -> Events:  # noqa: C901, PLR0911  one line a command
    """The events that the command leads to. Raises `Refused`."""
    if isinstance(command, Request):
        return _request(command, state)
    if state.requested is None:
        raise Refused("no-such-notification", "There is no such message.")
    match command:
        case Claim():
            return _claim(command, state)
        case RecordAccepted():
            return accepted(command, state, state.requested)
        case RecordRefusedForNow():
            return refused_for_now(command, state, state.requested)
        case RecordRefusedForGood():
            return refused_for_good(command, state, state.requested)
        case RecordNoAnswer():
            return no_answer(command, state, state.requested)
        case Suppress():
            return _suppress(command, state, state.requested)
        case GiveUpWaiting():
            return _give_up(command, state, state.requested)
        case Settle():
            return settle(command, state, state.requested)
        case _:
            assert_never(command)


def _request(command: Request, state: Notification) -> Events:
    if state.requested is not None:
        return ()
    if command.ground is None:
        return (command.message,)
    return (command.message, _suppressed(command.message, command.ground))


def _claim(command: Claim, state: Notification) -> Events:
    if state.status is Status.CLAIMED:
        raise Refused("claimed-already", "Another attempt is under way, or ended without a result.")
    if state.status not in {Status.REQUESTED, Status.WAITING}:
        raise Refused("not-to-be-sent", f"The message is {state.status.value}: it is not sent again.")
    if state.try_again_at is not None and command.now < state.try_again_at:
        raise Refused("too-early", "The server refused the message for now; the next try is later.")
    return (Claimed(attempt=state.attempt + 1, claimed_at=command.now, answer_by=command.answer_by),)


def _suppress(command: Suppress, state: Notification, requested: Requested) -> Events:
    if state.status is Status.SUPPRESSED:
        return ()
    if state.status not in {Status.REQUESTED, Status.WAITING}:
        raise Refused("too-late-to-suppress", f"The message is {state.status.value} already.")
    return (_suppressed(requested, command.ground),)


def _give_up(command: GiveUpWaiting, state: Notification, requested: Requested) -> Events:
    if state.status is not Status.CLAIMED or state.answer_by is None:
        return ()
    if command.now < state.answer_by:
        raise Refused("answer-may-come", "The result of the attempt may still come.")
    return (OutcomeUnknown(purpose=requested.purpose, attempt=state.attempt),)


def _suppressed(requested: Requested, ground: str) -> Suppressed:
    return Suppressed(
        notification=requested.notification, purpose=requested.purpose, ground=ground, stage=requested.stage
    )
