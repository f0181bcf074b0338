"""A department answers for a case, perhaps through one of its officers."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from pydantic import Field

from services.intake.domain.case.checks import needs_open
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import Assigned
from shared.kit.decider import ANYTHING, Choices, Line, Refused


class Assign(OfficerCommand):
    """The department that answers for the case, and perhaps one of its officers."""

    verb = "assign"
    department: Line = Field(description="The unit's code.")
    officer: UUID | None = None

    @property
    def names_units(self) -> tuple[str, ...]:
        return (self.department,)

    @property
    def names_officers(self) -> tuple[UUID, ...]:
        return () if self.officer is None else (self.officer,)


def may(state: CaseState, _given: Given) -> Choices:
    """Any department, while the case goes on."""
    needs_open(state)
    return ANYTHING


def decide(command: Assign, state: CaseState, given: Given) -> Events:
    """A department answers for the case, named as it is today."""
    unit = given.unit(command.department)
    if command.officer is not None and command.officer not in unit.officers:
        raise Refused("no-such-officer", f"No such officer works in {unit.name}: choose another.")
    if (state.department_id, state.officer_id) == (unit.unit_id, command.officer):
        return ()
    return (Assigned(department_id=unit.unit_id, department_name=unit.name, officer_id=command.officer),)


ASSIGN: Final = for_officers(Assign, decide, may)
