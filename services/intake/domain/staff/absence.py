"""Absence: somebody is away, and who stands in. Why they are away is not recorded."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from services.intake.domain.staff.given import END_DAY, FIRST_DAY, LAST_DAY, StaffCommand, StaffGiven
from services.intake.domain.staff.state import Events, StaffState, begun, ended
from shared.casework.staff.facts import StaffFacts
from shared.casework.staff.terms import Absence
from shared.contracts.staff import AbsenceEnded, AbsenceRecorded
from shared.kit.decider import Refused, Slice


class RecordAbsence(StaffCommand):
    """They are away, and who stands in. Why is not asked."""

    verb = "record-absence"
    from_on: date | None = FIRST_DAY
    until_on: date | None = LAST_DAY
    deputy: UUID | None = Field(default=None, description="The person of staff who stands in.")

    @property
    def names_people(self) -> tuple[UUID, ...]:
        return () if self.deputy is None else (self.deputy,)


class EndAbsence(StaffCommand):
    """They are back."""

    verb = "end-absence"
    from_on: date = Field(description="The day on which the absence began.")
    back_on: date | None = END_DAY


def record(command: RecordAbsence, state: StaffState, given: StaffGiven) -> Events:
    """The absence, unless exactly that is known.

    Raises:
        Refused: they aren't of the staff, are away on some of these days, or nobody suitable would stand in.
    """
    from_on = command.from_on or given.today
    wanted = Absence(from_on=from_on, until_on=command.until_on, deputy=command.deputy)
    taken = Refused("away-already", "They are away on some of these days already: end that absence first.")
    recorded = AbsenceRecorded(person_id=given.person_id, **dict(wanted))
    events = begun(state, wanted, lambda facts: facts.absences, recorded, taken)
    if command.deputy == given.person_id:
        raise Refused("own-deputy", "Nobody stands in for themselves: name somebody else.")
    if command.deputy is not None and command.deputy not in given.people:
        raise Refused("no-such-deputy", "The deputy doesn't work here: name somebody else.")
    return events


def end(command: EndAbsence, state: StaffState, given: StaffGiven) -> Events:
    """Their coming back, unless they are back by then.

    Raises:
        Refused: no absence began on that day.
    """
    on = command.back_on or given.today
    back = AbsenceEnded(person_id=given.person_id, from_on=command.from_on, back_on=on)
    none = Refused("no-such-absence", f"No absence of theirs began on {command.from_on}.")

    def begun_then(facts: StaffFacts) -> list[Absence]:
        return [each for each in facts.absences if each.from_on == command.from_on]

    return ended(state, on, begun_then, back, none)


RECORD_ABSENCE: Final = Slice(RecordAbsence, record)
END_ABSENCE: Final = Slice(EndAbsence, end)
