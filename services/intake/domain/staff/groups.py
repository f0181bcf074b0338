"""Groups that cut across units, such as those who see a kind of restricted case."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from services.intake.domain.staff.given import END_DAY, FIRST_DAY, LAST_DAY, StaffCommand, StaffGiven
from services.intake.domain.staff.state import Events, StaffState, begun, ended
from shared.casework.staff.facts import StaffFacts
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
    wanted = GroupTerm(group=command.group, from_on=from_on, until_on=command.until_on)
    joined = JoinedGroup(person_id=given.person_id, **dict(wanted))
    taken = Refused("in-group", "They are in this group on some of these days already.")
    return begun(state, wanted, partial(_of, command.group), joined, taken)


def leave(command: LeaveGroup, state: StaffState, given: StaffGiven) -> Events:
    """Their leaving, unless they have left by then.

    Raises:
        Refused: they were never there.
    """
    on = command.left_on or given.today
    left = LeftGroup(person_id=given.person_id, group=command.group, left_on=on)
    none = Refused("not-in-group", "They never belonged to this group.")
    return ended(state, on, partial(_of, command.group), left, none)


def _of(group: str, facts: StaffFacts) -> list[GroupTerm]:
    return [each for each in facts.groups if each.group == group]


JOIN_GROUP: Final = Slice(JoinGroup, join)
LEAVE_GROUP: Final = Slice(LeaveGroup, leave)
