"""Departments' parts of one answer: asked for, received, withdrawn."""

from __future__ import annotations

from services.intake.domain.case.checks import check_day, reason_of, text_of
from services.intake.domain.case.commands import (
    ReceiveContribution,
    RequestContribution,
    WithdrawContribution,
)
from services.intake.domain.case.state import CaseState
from shared.contracts import intake
from shared.kit.decider import Refused
from shared.kit.events import Event


def request(command: RequestContribution, state: CaseState) -> tuple[Event, ...]:
    """A department is asked for its part; parts are numbered from 1."""
    if command.due_on < command.happened_on:
        raise Refused("due-in-the-past", "The day by which it is due has passed: give a later one.")
    return (
        intake.ContributionRequested(
            contribution=len(state.contributions) + 1,
            department_id=command.department_id,
            department_name=command.department_name,
            question=text_of(command.question, state),
            due_on=command.due_on,
        ),
    )


def end(command: ReceiveContribution | WithdrawContribution, state: CaseState) -> tuple[Event, ...]:
    """A part comes in, or isn't needed any more."""
    part = state.contributions.get(command.contribution)
    if part is None:
        raise Refused("no-such-contribution", f"No contribution {command.contribution} was asked for.")
    if not part.outstanding:
        raise Refused("contribution-ended", f"Contribution {command.contribution} has ended already.")
    if isinstance(command, WithdrawContribution):
        return (
            intake.ContributionWithdrawn(
                contribution=command.contribution, reason=reason_of(command.reason, state)
            ),
        )
    check_day(command.received_on, command, state)
    return (
        intake.ContributionReceived(
            contribution=command.contribution,
            department_id=part.department_id,
            text=text_of(command.text, state),
            received_on=command.received_on,
        ),
    )
