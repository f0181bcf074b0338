"""Roles: what somebody may do, from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.intake.domain.staff.state import StaffState, check_days, goes_on, is_known
from shared.casework.staff.terms import RoleTerm
from shared.contracts import staff
from shared.kit.decider import Refused
from shared.kit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveRole:
    """They get a role."""

    role: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRole:
    """They have it no more from that day on."""

    role: str
    ended_on: date


def give_role(command: GiveRole, state: StaffState) -> tuple[Event, ...]:
    """The role, unless they have exactly that.

    Raises:
        Refused: they aren't of the staff, or have the role on some of these days.
    """
    check_days(command.from_on, command.until_on)
    facts = state.of_staff(command.from_on)
    wanted = RoleTerm(role=command.role, from_on=command.from_on, until_on=command.until_on)
    held = [each for each in facts.roles if each.role == command.role]
    if is_known(
        held, wanted, Refused("role-held", f"They are {command.role} on some of these days already.")
    ):
        return ()
    given = {"from_on": command.from_on, "until_on": command.until_on}
    return (staff.RoleGiven(person_id=facts.person_id, role=command.role, **given),)


def end_role(command: EndRole, state: StaffState) -> tuple[Event, ...]:
    """Its end, unless it has ended by then.

    Raises:
        Refused: they never had it.
    """
    facts = state.of_staff(command.ended_on)
    held = [each for each in facts.roles if each.role == command.role]
    if not goes_on(held, command.ended_on, Refused("no-such-role", f"They were never {command.role}.")):
        return ()
    return (staff.RoleEnded(person_id=facts.person_id, role=command.role, ended_on=command.ended_on),)
