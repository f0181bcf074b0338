"""Acknowledgements and answers: done when they have left, not when somebody pressed the button.

By email they are issued, sent by notifications, and then recorded with the day on which that happened. A
posted letter is recorded by the officer who posted it, at once.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from pydantic import Field

from services.intake.domain.case.command import OfficerCommand, check_day
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.kit.decider import Choice, Choices, Refused, Text

Means = Literal["email", "post"]
EMAIL: Final = "email"
POST: Final = "post"
MEANS: Final = (EMAIL, POST)
"""How a letter leaves."""
ACKNOWLEDGEMENT: Final = "acknowledgement"
RESPONSE: Final = "response"


class LetterCommand(OfficerCommand):
    """A letter of the current stage. It counts when it has left."""

    means: Means
    subject: Text
    text: Text
    sent_on: date | None = Field(default=None, description="For `post`: the day on which it was posted.")


def ways(state: CaseState, purpose: str) -> Choices:
    """How a letter of this purpose can leave now.

    Raises:
        Refused: it has left, or it can't leave.
    """
    letter = state.letter(purpose, state.stage)
    if letter is not None and letter.sent_on is not None:
        code = "already-acknowledged" if purpose == ACKNOWLEDGEMENT else "already-answered"
        raise Refused(code, f"The {purpose} of this stage left on {letter.sent_on.isoformat()}.")
    refusals = [_refusal(state, purpose, means) for means in MEANS]
    possible = tuple(means for means, refused in zip(MEANS, refusals, strict=True) if refused is None)
    if not possible:
        raise next(refused for refused in refusals if refused is not None)
    return (Choice({"means": possible}),)


def stage_for(command: LetterCommand, state: CaseState, given: Given, purpose: str) -> str:
    """The stage, if a letter of this purpose may leave that way.

    Raises:
        Refused: it may not.
    """
    refused = _refusal(state, purpose, command.means)
    if refused is not None:
        raise refused
    if (command.means == POST) != (command.sent_on is not None):
        raise Refused(
            "day-of-posting", "A posted letter needs the day on which it was posted, an email has none yet."
        )
    if command.sent_on is not None:
        check_day(command.sent_on, state, given, since=state.stage_since)
    assert state.stage is not None
    return state.stage


def _refusal(state: CaseState, purpose: str, means: str) -> Refused | None:
    """Why a letter of the current stage can't leave that way; None if it can."""
    if not state.may_use(means):
        return Refused("channel-unsafe", f"The contact plan doesn't allow {means}: use a safe channel.")
    if means == EMAIL:
        if not state.has_email:
            return Refused("no-email-address", "There is no email address: post the letter.")
        if state.letter(purpose, state.stage) is not None:
            return Refused("letter-on-its-way", "It is on its way already: wait, or post it instead.")
    return None
