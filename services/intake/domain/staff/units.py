"""Units: where somebody works, and as what."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final, Literal
from uuid import UUID

from pydantic import Field

from services.intake.domain.staff.given import END_DAY, FIRST_DAY, LAST_DAY, StaffCommand, StaffGiven
from services.intake.domain.staff.state import Events, StaffState, begun, ended
from shared.casework.staff.facts import StaffFacts
from shared.casework.staff.terms import UnitTerm
from shared.contracts.staff import JoinedUnit, LeftUnit
from shared.kit.decider import Line, Refused, Slice

Position = Literal["officer", "head-of-service"]


class JoinUnit(StaffCommand):
    """They belong to a team or a department."""

    verb = "join-unit"
    unit: Line = Field(description="The unit's code.")
    position: Position = "officer"
    from_on: date | None = FIRST_DAY
    until_on: date | None = LAST_DAY

    @property
    def names_units(self) -> tuple[str, ...]:
        return (self.unit,)


class LeaveUnit(StaffCommand):
    """They don't belong to the unit any more: no reminder goes to them there, and no case."""

    verb = "leave-unit"
    unit: Line = Field(description="The unit's code.")
    left_on: date | None = END_DAY

    @property
    def names_units(self) -> tuple[str, ...]:
        return (self.unit,)


def join(command: JoinUnit, state: StaffState, given: StaffGiven) -> Events:
    """Their joining, unless exactly that is known.

    Raises:
        Refused: they aren't of the staff, there is no such unit, or they are there on some of these days.
    """
    unit, from_on = given.unit(command.unit), command.from_on or given.today
    wanted = UnitTerm(
        unit_id=unit.unit_id, position=command.position, from_on=from_on, until_on=command.until_on
    )
    joined = JoinedUnit(person_id=given.person_id, unit_name=unit.name, **dict(wanted))
    taken = Refused("in-unit", f"They are in {unit.name} on some of these days already.")
    return begun(state, wanted, partial(_of, unit.unit_id), joined, taken)


def leave(command: LeaveUnit, state: StaffState, given: StaffGiven) -> Events:
    """Their leaving, unless they have left by then.

    Raises:
        Refused: there is no such unit, or they were never there.
    """
    unit, on = given.unit(command.unit), command.left_on or given.today
    left = LeftUnit(person_id=given.person_id, unit_id=unit.unit_id, left_on=on)
    none = Refused("not-in-unit", f"They never belonged to {unit.name}.")
    return ended(state, on, partial(_of, unit.unit_id), left, none)


def _of(unit_id: UUID, facts: StaffFacts) -> list[UnitTerm]:
    return [each for each in facts.units if each.unit_id == unit_id]


JOIN_UNIT: Final = Slice(JoinUnit, join)
LEAVE_UNIT: Final = Slice(LeaveUnit, leave)
