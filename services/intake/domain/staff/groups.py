"""Groups that cut across units, such as those who see a kind of restricted case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.intake.domain.staff.state import StaffState, check_days, goes_on, is_known
from shared.casework.staff.terms import GroupTerm
from shared.contracts import staff
from shared.kit.decider import Refused
from shared.kit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinGroup:
    """They belong to a group."""

    group: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveGroup:
    """They don't belong to it from that day on."""

    group: str
    left_on: date


def join_group(command: JoinGroup, state: StaffState) -> tuple[Event, ...]:
    """Their joining, unless exactly that is known.

    Raises:
        Refused: they aren't of the staff, or are in the group on some of these days.
    """
    check_days(command.from_on, command.until_on)
    facts = state.of_staff(command.from_on)
    wanted = GroupTerm(group=command.group, from_on=command.from_on, until_on=command.until_on)
    there = [each for each in facts.groups if each.group == command.group]
    if is_known(there, wanted, Refused("in-group", "They are in this group on some of these days already.")):
        return ()
    days = {"from_on": command.from_on, "until_on": command.until_on}
    return (staff.JoinedGroup(person_id=facts.person_id, group=command.group, **days),)


def leave_group(command: LeaveGroup, state: StaffState) -> tuple[Event, ...]:
    """Their leaving, unless they have left by then.

    Raises:
        Refused: they were never there.
    """
    facts = state.of_staff(command.left_on)
    there = [each for each in facts.groups if each.group == command.group]
    if not goes_on(there, command.left_on, Refused("not-in-group", "They never belonged to this group.")):
        return ()
    return (staff.LeftGroup(person_id=facts.person_id, group=command.group, left_on=command.left_on),)
