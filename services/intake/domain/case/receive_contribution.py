"""A department's part came in."""

from __future__ import annotations

from datetime import date
from typing import Final

from services.intake.domain.case.checks import text_of
from services.intake.domain.case.command import Events, OfficerCommand, check_day, for_officers
from services.intake.domain.case.contributions import outstanding, part_of
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import ContributionReceived
from shared.kit.decider import Text


class ReceiveContribution(OfficerCommand):
    """A department's part came in."""

    verb = "receive-contribution"
    contribution: int
    text: Text
    received_on: date


def decide(command: ReceiveContribution, state: CaseState, given: Given) -> Events:
    """The part, with the day on which it came."""
    part = part_of(command.contribution, state)
    check_day(command.received_on, state, given)
    return (
        ContributionReceived(
            contribution=command.contribution,
            department_id=part.department_id,
            text=text_of(command.text, state),
            received_on=command.received_on,
        ),
    )


RECEIVE_CONTRIBUTION: Final = for_officers(ReceiveContribution, decide, outstanding)
