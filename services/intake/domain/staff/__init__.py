"""A person of staff: who they are, and what they are from when until when."""

from __future__ import annotations

from typing import Final

from services.intake.domain.staff.absence import END_ABSENCE, RECORD_ABSENCE, EndAbsence, RecordAbsence
from services.intake.domain.staff.given import StaffCommand, StaffGiven
from services.intake.domain.staff.groups import JOIN_GROUP, LEAVE_GROUP, JoinGroup, LeaveGroup
from services.intake.domain.staff.registering import LEAVE, REGISTER, Leave, Posting, RegisterStaff
from services.intake.domain.staff.roles import END_ROLE, GIVE_ROLE, EndRole, GiveRole
from services.intake.domain.staff.state import INITIAL, StaffState, StreamEvent, evolve
from services.intake.domain.staff.units import JOIN_UNIT, LEAVE_UNIT, JoinUnit, LeaveUnit
from shared.kit.decider import Command, Decider, decider

StaffDecider = Decider[Command, StaffState, StreamEvent]

OF_ONE: Final = (
    GIVE_ROLE,
    END_ROLE,
    JOIN_UNIT,
    LEAVE_UNIT,
    JOIN_GROUP,
    LEAVE_GROUP,
    RECORD_ABSENCE,
    END_ABSENCE,
    LEAVE,
)
"""What can be asked about somebody who is registered, in the order of the documents."""


def staff_decider(given: StaffGiven) -> StaffDecider:
    return decider((REGISTER, *OF_ONE), evolve, INITIAL, given)


__all__ = [
    "INITIAL",
    "OF_ONE",
    "EndAbsence",
    "EndRole",
    "GiveRole",
    "JoinGroup",
    "JoinUnit",
    "Leave",
    "LeaveGroup",
    "LeaveUnit",
    "Posting",
    "RecordAbsence",
    "RegisterStaff",
    "StaffCommand",
    "StaffDecider",
    "StaffGiven",
    "StaffState",
    "evolve",
    "staff_decider",
]
