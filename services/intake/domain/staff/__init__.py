"""A person of staff: one slice a feature, put together."""

from services.intake.domain.staff.absence import EndAbsence, RecordAbsence
from services.intake.domain.staff.decide import STAFF, StaffCommand
from services.intake.domain.staff.groups import JoinGroup, LeaveGroup
from services.intake.domain.staff.registering import LeaveStaff, RegisterStaff
from services.intake.domain.staff.roles import EndRole, GiveRole
from services.intake.domain.staff.state import StaffState
from services.intake.domain.staff.units import JoinUnit, LeaveUnit

__all__ = [
    "STAFF",
    "EndAbsence",
    "EndRole",
    "GiveRole",
    "JoinGroup",
    "JoinUnit",
    "LeaveGroup",
    "LeaveStaff",
    "LeaveUnit",
    "RecordAbsence",
    "RegisterStaff",
    "StaffCommand",
    "StaffState",
]
