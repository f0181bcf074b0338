"""Acknowledgements and answers: done when they have left, not when somebody pressed the button.

By email they are issued, sent by notifications, and then recorded with the day on which that happened. A
posted letter is recorded by the officer who posted it, at once.
"""

from __future__ import annotations

from services.intake.domain.case.checks import check_day, text_of
from services.intake.domain.case.commands import Acknowledge, RecordNotSent, RecordSent, Respond
from services.intake.domain.case.policy import ACKNOWLEDGEMENT, RESPONSE, means_refusal
from services.intake.domain.case.state import CaseState
from shared.contracts import intake
from shared.kit.decider import Refused
from shared.kit.events import Event

POST = "post"


def acknowledge(command: Acknowledge, state: CaseState) -> tuple[Event, ...]:
    """The acknowledgement of the current stage."""
    stage = _check(command, state, ACKNOWLEDGEMENT)
    issued = intake.AcknowledgementIssued(
        stage=stage,
        means=command.means,
        subject=text_of(command.subject, state),
        text=text_of(command.text, state),
    )
    if command.sent_on is None:
        return (issued,)
    return (issued, intake.Acknowledged(stage=stage, sent_on=command.sent_on, means=command.means))


def respond(command: Respond, state: CaseState) -> tuple[Event, ...]:
    """The answer of the current stage."""
    stage = _check(command, state, RESPONSE)
    issued = intake.ResponseIssued(
        stage=stage,
        outcome=command.outcome,
        means=command.means,
        subject=text_of(command.subject, state),
        text=text_of(command.text, state),
        answered_by=command.who,
    )
    if command.sent_on is None:
        return (issued,)
    return (issued, intake.Responded(stage=stage, sent_on=command.sent_on, means=command.means))


def record(command: RecordSent | RecordNotSent, state: CaseState) -> tuple[Event, ...]:
    """What notifications say of a letter that is on its way; of any other there is nothing to record."""
    letter = state.letter(command.purpose, command.stage)
    if letter is None or letter.sent_on is not None:
        return ()
    if isinstance(command, RecordNotSent):
        return (
            intake.LetterNotSent(
                purpose=command.purpose, stage=command.stage, notification=command.notification
            ),
        )
    recorded = intake.Acknowledged if command.purpose == ACKNOWLEDGEMENT else intake.Responded
    return (
        recorded(
            stage=command.stage,
            sent_on=command.sent_on,
            means=letter.means,
            notification=command.notification,
        ),
    )


def _check(command: Acknowledge | Respond, state: CaseState, purpose: str) -> str:
    """The stage, if a letter of this purpose may leave that way."""
    refused = means_refusal(state, purpose, command.means)
    if refused is not None:
        raise refused
    if (command.means == POST) != (command.sent_on is not None):
        raise Refused(
            "day-of-posting", "A posted letter needs the day on which it was posted, an email has none yet."
        )
    if command.sent_on is not None:
        check_day(command.sent_on, command, state, since=state.stage_since)
    assert state.stage is not None
    return state.stage
