"""Absence: somebody is away, and who stands in. Why they are away is not recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.domain.staff.state import StaffState, check_days, goes_on, is_known
from shared.casework.staff.terms import Absence
from shared.contracts import staff
from shared.kit.decider import Refused
from shared.kit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAbsence:
    """They are away; `deputy`, another person of staff, stands in."""

    from_on: date
    until_on: date | None = None
    deputy: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAbsence:
    """They are back, from that day on, from the absence that began on `from_on`."""

    from_on: date
    back_on: date


def record_absence(command: RecordAbsence, state: StaffState) -> tuple[Event, ...]:
    """The absence, unless exactly that is known.

    Raises:
        Refused: they aren't of the staff, are away on some of these days, or would stand in for themselves.
    """
    check_days(command.from_on, command.until_on)
    facts = state.of_staff(command.from_on)
    if command.deputy == facts.person_id:
        raise Refused("own-deputy", "Nobody stands in for themselves: name somebody else.")
    wanted = Absence(from_on=command.from_on, until_on=command.until_on, deputy=command.deputy)
    taken = Refused("away-already", "They are away on some of these days already: end that absence first.")
    if is_known(facts.absences, wanted, taken):
        return ()
    away = {"from_on": command.from_on, "until_on": command.until_on, "deputy": command.deputy}
    return (staff.AbsenceRecorded(person_id=facts.person_id, **away),)


def end_absence(command: EndAbsence, state: StaffState) -> tuple[Event, ...]:
    """Their coming back, unless they are back by then.

    Raises:
        Refused: no absence began on that day.
    """
    facts = state.of_staff(command.back_on)
    away = [each for each in facts.absences if each.from_on == command.from_on]
    none = Refused("no-such-absence", f"No absence of theirs began on {command.from_on}.")
    if not goes_on(away, command.back_on, none):
        return ()
    back = {"from_on": command.from_on, "back_on": command.back_on}
    return (staff.AbsenceEnded(person_id=facts.person_id, **back),)
