"""A department is asked for its part of the answer."""

from __future__ import annotations

from datetime import date
from typing import Final

from pydantic import Field

from services.intake.domain.case.checks import needs_triage, text_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.letters import needs_no_refusal
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import ContributionRequested
from shared.kit.decider import ANYTHING, Choices, Line, Refused, Text


class RequestContribution(OfficerCommand):
    """A department is asked for its part of the answer, by a day."""

    verb = "request-contribution"
    department: Line = Field(description="The unit's code.")
    question: Text
    due_on: date

    @property
    def names_units(self) -> tuple[str, ...]:
        return (self.department,)


def may(state: CaseState, _given: Given) -> Choices:
    """Any department, any number of times, while the case isn't being refused."""
    needs_triage(state)
    needs_no_refusal(state)
    return ANYTHING


def decide(command: RequestContribution, state: CaseState, given: Given) -> Events:
    """Parts are numbered from 1; the department is named as it is today."""
    unit = given.unit(command.department)
    if command.due_on < command.happened_on(given):
        raise Refused("due-in-the-past", "The day by which it is due has passed: give a later one.")
    return (
        ContributionRequested(
            contribution=len(state.contributions) + 1,
            department_id=unit.unit_id,
            department_name=unit.name,
            question=text_of(command.question, state),
            due_on=command.due_on,
        ),
    )


REQUEST_CONTRIBUTION: Final = for_officers(RequestContribution, decide, may)
