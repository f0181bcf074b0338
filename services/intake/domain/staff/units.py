"""Units: where somebody works, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.domain.staff.state import StaffState, check_days, goes_on, is_known
from shared.casework.staff.terms import UnitTerm
from shared.contracts import staff
from shared.kit.decider import Refused
from shared.kit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinUnit:
    """They belong to a unit, as `officer` or `head-of-service`; `unit_name` is its name today."""

    unit_id: UUID
    unit_name: str
    position: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveUnit:
    """They don't belong to it from that day on."""

    unit_id: UUID
    left_on: date


def join_unit(command: JoinUnit, state: StaffState) -> tuple[Event, ...]:
    """Their joining, unless exactly that is known.

    Raises:
        Refused: they aren't of the staff, or are in the unit on some of these days.
    """
    check_days(command.from_on, command.until_on)
    facts = state.of_staff(command.from_on)
    days = {"from_on": command.from_on, "until_on": command.until_on}
    wanted = UnitTerm(unit_id=command.unit_id, position=command.position, **days)
    there = [each for each in facts.units if each.unit_id == command.unit_id]
    taken = Refused("in-unit", f"They are in {command.unit_name} on some of these days already.")
    if is_known(there, wanted, taken):
        return ()
    joined = staff.JoinedUnit(
        person_id=facts.person_id,
        unit_id=command.unit_id,
        unit_name=command.unit_name,
        position=command.position,
        from_on=command.from_on,
        until_on=command.until_on,
    )
    return (joined,)


def leave_unit(command: LeaveUnit, state: StaffState) -> tuple[Event, ...]:
    """Their leaving, unless they have left by then.

    Raises:
        Refused: they were never there.
    """
    facts = state.of_staff(command.left_on)
    there = [each for each in facts.units if each.unit_id == command.unit_id]
    if not goes_on(there, command.left_on, Refused("not-in-unit", "They never belonged to this unit.")):
        return ()
    return (staff.LeftUnit(person_id=facts.person_id, unit_id=command.unit_id, left_on=command.left_on),)
