"""What a person of staff is, from the events of their stream. Pure: intake decides on it, every service folds it."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.casework.staff.terms import Absence, GroupTerm, RoleTerm, UnitTerm, ended
from shared.contracts import staff
from shared.kit.events import Event


class StaffFacts(BaseModel):
    """A person of staff: every role, unit, group and absence that they have, had or will have, oldest record first.

    `left_on` is the first day on which they work here no more.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    person_id: UUID
    roles: tuple[RoleTerm, ...] = ()
    units: tuple[UnitTerm, ...] = ()
    groups: tuple[GroupTerm, ...] = ()
    absences: tuple[Absence, ...] = ()
    left_on: date | None = None

    def works_on(self, day: date) -> bool:
        """Whether they are of the staff that day."""
        return self.left_on is None or day < self.left_on

    def roles_on(self, day: date) -> frozenset[str]:
        """Their roles that day."""
        return frozenset(each.role for each in self.roles if each.holds(day))

    def units_on(self, day: date) -> frozenset[UUID]:
        """The units that they belong to that day."""
        return frozenset(each.unit_id for each in self.units if each.holds(day))

    def position_in(self, unit_id: UUID, day: date) -> UnitTerm | None:
        """As what they belong to the unit that day, and since when; None: they don't."""
        return next((each for each in self.units if each.unit_id == unit_id and each.holds(day)), None)

    def groups_on(self, day: date) -> frozenset[str]:
        """Their groups that day."""
        return frozenset(each.group for each in self.groups if each.holds(day))

    def absence_on(self, day: date) -> Absence | None:
        """The absence that they are on that day; the one recorded last, where there are several."""
        return next((each for each in reversed(self.absences) if each.holds(day)), None)


F = TypeVar("F", bound=StaffFacts)


def evolve(facts: F, event: Event) -> F:  # noqa: C901, PLR0911  one a kind of event
    """The facts after an event; a registration lets somebody who had left be of the staff again."""
    match event:
        case staff.StaffRegistered():
            return _with(facts, left_on=None)
        case staff.RoleGiven():
            given = RoleTerm(role=event.role, from_on=event.from_on, until_on=event.until_on)
            return _with(facts, roles=(*facts.roles, given))
        case staff.RoleEnded():
            ends = ended(facts.roles, event.ended_on, lambda each: each.role == event.role)
            return _with(facts, roles=ends)
        case staff.JoinedGroup():
            joined = GroupTerm(group=event.group, from_on=event.from_on, until_on=event.until_on)
            return _with(facts, groups=(*facts.groups, joined))
        case staff.LeftGroup():
            left = ended(facts.groups, event.left_on, lambda each: each.group == event.group)
            return _with(facts, groups=left)
        case staff.StaffLeft():
            return _left(facts, event.left_on)
        case staff.JoinedUnit():
            member = UnitTerm(
                unit_id=event.unit_id,
                position=event.position,
                from_on=event.from_on,
                until_on=event.until_on,
            )
            return _with(facts, units=(*facts.units, member))
        case staff.LeftUnit():
            gone = ended(facts.units, event.left_on, lambda each: each.unit_id == event.unit_id)
            return _with(facts, units=gone)
        case staff.AbsenceRecorded():
            away = Absence(from_on=event.from_on, until_on=event.until_on, deputy=event.deputy)
            return _with(facts, absences=(*facts.absences, away))
        case staff.AbsenceEnded():
            back = ended(facts.absences, event.back_on, lambda each: each.from_on == event.from_on)
            return _with(facts, absences=back)
        case _:
            return facts


def _left(facts: F, on: date) -> F:
    return _with(
        facts,
        roles=ended(facts.roles, on),
        units=ended(facts.units, on),
        groups=ended(facts.groups, on),
        absences=ended(facts.absences, on),
        left_on=on,
    )


def _with(facts: F, **changes: object) -> F:
    return facts.model_copy(update=changes)
