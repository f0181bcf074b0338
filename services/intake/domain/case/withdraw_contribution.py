"""A department's part isn't needed any more."""

from __future__ import annotations

from typing import Final

from services.intake.domain.case.checks import reason_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.contributions import outstanding, part_of
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import ContributionWithdrawn
from shared.kit.decider import Text


class WithdrawContribution(OfficerCommand):
    """A department's part isn't needed any more."""

    verb = "withdraw-contribution"
    contribution: int
    reason: Text | None = None


def decide(command: WithdrawContribution, state: CaseState, _given: Given) -> Events:
    """It is waited for no longer."""
    part_of(command.contribution, state)
    return (
        ContributionWithdrawn(contribution=command.contribution, reason=reason_of(command.reason, state)),
    )


WITHDRAW_CONTRIBUTION: Final = for_officers(WithdrawContribution, decide, outstanding)
