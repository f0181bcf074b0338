"""Roles: what somebody may do, from when until when."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from services.intake.domain.staff.given import END_DAY, FIRST_DAY, LAST_DAY, StaffCommand, StaffGiven
from services.intake.domain.staff.state import Events, StaffState, begun, ended
from shared.casework.staff.facts import StaffFacts
from shared.casework.staff.terms import RoleTerm
from shared.contracts.staff import RoleEnded, RoleGiven
from shared.kit.decider import Refused, Slice, Word


class GiveRole(StaffCommand):
    """They may do what the role allows."""

    verb = "give-role"
    role: Word
    from_on: date | None = FIRST_DAY
    until_on: date | None = LAST_DAY


class EndRole(StaffCommand):
    """They have the role no more. Today it stops within seconds."""

    verb = "end-role"
    role: Word
    ended_on: date | None = END_DAY


def give(command: GiveRole, state: StaffState, given: StaffGiven) -> Events:
    """The role, unless they have exactly that.

    Raises:
        Refused: there is no such role, they aren't of the staff, or have it on some of these days.
    """
    if command.role not in given.roles:
        raise Refused("no-such-role", f"There is no such role; there are {', '.join(sorted(given.roles))}.")
    from_on = command.from_on or given.today
    wanted = RoleTerm(role=command.role, from_on=from_on, until_on=command.until_on)
    taken = Refused("role-held", f"They are {command.role} on some of these days already.")
    told = RoleGiven(person_id=given.person_id, **dict(wanted))
    return begun(state, wanted, partial(_of, command.role), told, taken)


def end(command: EndRole, state: StaffState, given: StaffGiven) -> Events:
    """Its end, unless it has ended by then.

    Raises:
        Refused: they never had it.
    """
    on = command.ended_on or given.today
    none = Refused("role-not-held", f"They were never {command.role}.")
    told = RoleEnded(person_id=given.person_id, role=command.role, ended_on=on)
    return ended(state, on, partial(_of, command.role), told, none)


def _of(role: str, facts: StaffFacts) -> list[RoleTerm]:
    return [each for each in facts.roles if each.role == role]


GIVE_ROLE: Final = Slice(GiveRole, give)
END_ROLE: Final = Slice(EndRole, end)
