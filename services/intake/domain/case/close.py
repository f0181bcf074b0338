"""A case ends."""

from __future__ import annotations

from typing import Final

from services.intake.domain.case.checks import needs_open, reason_of, regime_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.letters import RESPONSE
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import Closed
from shared.kit.decider import Choice, Choices, Text, Word, chosen

ANSWERED: Final = "answered"
"""The ground that there is only once the answer has left."""


class Close(OfficerCommand):
    """The case ends. `answered` is a ground only once the answer has left."""

    verb = "close"
    ground: Word
    reason: Text | None = None


def may(state: CaseState, given: Given) -> Choices:
    """The grounds of the case's regime that there are now; before the triage, those of the council's policy."""
    needs_open(state)
    rules = given.rules.policy if state.regime is None else regime_of(state, given)
    answer = state.letter(RESPONSE, state.stage)
    answered = answer is not None and answer.sent_on is not None
    return (
        Choice(
            {"ground": tuple(ground for ground in rules.closing_grounds if answered or ground != ANSWERED)}
        ),
    )


def decide(command: Close, state: CaseState, given: Given) -> Events:
    """The end, on the day on which it happened."""
    chosen(command.ground, may(state, given), "ground", "ground-not-open")
    return (
        Closed(
            ground=command.ground,
            reason=reason_of(command.reason, state),
            closed_on=command.happened_on(given),
        ),
    )


CLOSE: Final = for_officers(Close, decide, may)
