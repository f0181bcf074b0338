"""Acknowledgements, answers and refusals: done when they have left, not when somebody pressed the button.

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
from shared.kit.decider import Refused, Text

Means = Literal["email", "post"]
EMAIL: Final = "email"
POST: Final = "post"
MEANS: Final = (EMAIL, POST)
"""How a letter leaves."""
ACKNOWLEDGEMENT: Final = "acknowledgement"
RESPONSE: Final = "response"
REFUSAL: Final = "refusal"
_ALREADY: Final = {
    ACKNOWLEDGEMENT: "already-acknowledged",
    RESPONSE: "already-answered",
    REFUSAL: "already-refused",
}
PURPOSES: Final = frozenset(_ALREADY)
"""The letters of a stage, by the words that notifications knows them by."""
ANSWERS: Final = frozenset({RESPONSE, REFUSAL})
"""Either answers a stage."""


class LetterCommand(OfficerCommand):
    """A letter of the current stage. It counts when it has left."""

    means: Means
    subject: Text
    text: Text
    sent_on: date | None = Field(default=None, description="For `post`: the day on which it was posted.")


def ways(state: CaseState, purpose: str) -> tuple[str, ...]:
    """How a letter of this purpose can leave now.

    Raises:
        Refused: it has left, or it can't leave.
    """
    needs_unsent(state, purpose)
    refusals = [_refusal(state, purpose, means) for means in MEANS]
    possible = tuple(means for means, refused in zip(MEANS, refusals, strict=True) if refused is None)
    if not possible:
        raise next(refused for refused in refusals if refused is not None)
    return possible


def needs_unsent(state: CaseState, purpose: str) -> None:
    """No letter of this purpose has left in the current stage. Raises `Refused`."""
    letter = state.letter(purpose, state.stage)
    if letter is not None and letter.sent_on is not None:
        raise Refused(_ALREADY[purpose], f"The {purpose} of this stage left on {letter.sent_on.isoformat()}.")


def needs_no_refusal(state: CaseState) -> None:
    """No refusal of the current stage is on its way. Raises `Refused`."""
    refusal = state.letter(REFUSAL, state.stage)
    if refusal is not None and refusal.sent_on is None:
        raise Refused("refusal-on-its-way", "A refusal is on its way: wait until it has left, or never left.")


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
