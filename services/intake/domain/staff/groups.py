"""Groups that cut across units, such as those who see a kind of restricted case."""

from __future__ import annotations

from datetime import date
from typing import Final

from services.intake.domain.staff.given import END_DAY, FIRST_DAY, LAST_DAY, StaffCommand, StaffGiven
from services.intake.domain.staff.state import Events, StaffState, check_days, goes_on, is_known
from shared.casework.staff.terms import GroupTerm
from shared.contracts.staff import JoinedGroup, LeftGroup
from shared.kit.decider import Refused, Slice, Word


class JoinGroup(StaffCommand):
    """They belong to a group that cuts across units."""

    verb = "join-group"
    group: Word
    from_on: date | None = FIRST_DAY
    until_on: date | None = LAST_DAY


class LeaveGroup(StaffCommand):
    """They don't belong to the group any more."""

    verb = "leave-group"
    group: Word
    left_on: date | None = END_DAY


def join(command: JoinGroup, state: StaffState, given: StaffGiven) -> Events:
    """Their joining, unless exactly that is known.

    Raises:
        Refused: they aren't of the staff, or are in the group on some of these days.
    """
    from_on = command.from_on or given.today
    check_days(from_on, command.until_on)
    facts = state.of_staff(from_on)
    wanted = GroupTerm(group=command.group, from_on=from_on, until_on=command.until_on)
    there = [each for each in facts.groups if each.group == command.group]
    if is_known(there, wanted, Refused("in-group", "They are in this group on some of these days already.")):
        return ()
    return (
        JoinedGroup(
            person_id=given.person_id, group=command.group, from_on=from_on, until_on=command.until_on
        ),
    )


def leave(command: LeaveGroup, state: StaffState, given: StaffGiven) -> Events:
    """Their leaving, unless they have left by then.

    Raises:
        Refused: they were never there.
    """
    left_on = command.left_on or given.today
    facts = state.of_staff(left_on)
    there = [each for each in facts.groups if each.group == command.group]
    if not goes_on(there, left_on, Refused("not-in-group", "They never belonged to this group.")):
        return ()
    return (LeftGroup(person_id=given.person_id, group=command.group, left_on=left_on),)


JOIN_GROUP: Final = Slice(JoinGroup, join)
LEAVE_GROUP: Final = Slice(LeaveGroup, leave)
