"""Which slice decides on which command."""

from __future__ import annotations

from typing import Final, assert_never

from services.intake.domain.staff.absence import EndAbsence, RecordAbsence, end_absence, record_absence
from services.intake.domain.staff.groups import JoinGroup, LeaveGroup, join_group, leave_group
from services.intake.domain.staff.registering import LeaveStaff, RegisterStaff, leave, register
from services.intake.domain.staff.roles import EndRole, GiveRole, end_role, give_role
from services.intake.domain.staff.state import StaffState, evolve
from services.intake.domain.staff.units import JoinUnit, LeaveUnit, join_unit, leave_unit
from shared.kit.decider import Decider
from shared.kit.events import Event

StaffCommand = (
    RegisterStaff
    | LeaveStaff
    | GiveRole
    | EndRole
    | JoinUnit
    | LeaveUnit
    | JoinGroup
    | LeaveGroup
    | RecordAbsence
    | EndAbsence
)


def decide(command: StaffCommand, state: StaffState) -> tuple[Event, ...]:  # noqa: C901, PLR0911  one a command
    """The events that the command leads to.

    Raises:
        Refused: see each slice.
    """
    match command:
        case RegisterStaff():
            return register(command, state)
        case LeaveStaff():
            return leave(command, state)
        case GiveRole():
            return give_role(command, state)
        case EndRole():
            return end_role(command, state)
        case JoinUnit():
            return join_unit(command, state)
        case LeaveUnit():
            return leave_unit(command, state)
        case JoinGroup():
            return join_group(command, state)
        case LeaveGroup():
            return leave_group(command, state)
        case RecordAbsence():
            return record_absence(command, state)
        case EndAbsence():
            return end_absence(command, state)
        case _:
            assert_never(command)


STAFF: Final[Decider[StaffCommand, StaffState, Event]] = Decider(
    decide=decide, evolve=evolve, initial=StaffState()
)
"""The rules of a person of staff."""
