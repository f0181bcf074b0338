"""Registering somebody with what they are from their first day on; and their leaving."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.intake.domain.staff import roles, units
from services.intake.domain.staff.given import END_DAY, FIRST_DAY, StaffCommand, StaffGiven
from services.intake.domain.staff.state import Events, StaffState, StreamEvent, evolve
from shared.contracts.staff import StaffLeft, StaffRegistered
from shared.kit.decider import Line, Refused, Slice, Word
from shared.kit.events import Plain

Subject = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00-\x20\x7f@]+$")]


class Posting(BaseModel):
    """A unit, and as what somebody belongs to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    unit: Line = Field(description="The unit's code.")
    position: units.Position = "officer"


class RegisterStaff(StaffCommand):
    """Somebody begins. What they are comes with it, so that nobody is half known in between.

    Name and address are sealed under a key of their own.
    """

    verb = "register-staff"
    issuer: Line = Field(description="The identity provider, as it calls itself (`iss`).")
    subject: Subject = Field(
        description="What it calls the person for ever (`sub`). It must say nothing of them: no e-mail address."
    )
    name: Line
    email: Line | None = None
    begins_on: date | None = FIRST_DAY
    roles: tuple[Word, ...] = ()
    units: tuple[Posting, ...] = ()

    @property
    def names_units(self) -> tuple[str, ...]:
        return tuple(each.unit for each in self.units)


class Leave(StaffCommand):
    """They work for the council no more: every role, unit and group ends with it."""

    verb = "leave"
    left_on: date | None = END_DAY


def register(command: RegisterStaff, state: StaffState, given: StaffGiven) -> Events:
    """The registration, and what they are.

    Raises:
        Refused: they are of the staff already, or were erased; there is no such role or unit.
    """
    day = command.begins_on or given.today
    if state.erased:
        raise Refused("person-erased", "This person was erased: their name can't be kept again.")
    if state.facts is not None and state.facts.works_on(day):
        raise Refused("already-staff", "They are of the staff already: give them what they lack.")
    registered = StaffRegistered(
        person_id=given.person_id,
        name=Plain(command.name, given.person_id),
        email=None if command.email is None else Plain(command.email, given.person_id),
    )
    events: list[StreamEvent] = [registered]
    for role in command.roles:
        state_then = reduce(evolve, events, state)
        events += roles.give(roles.GiveRole(role=role, from_on=day), state_then, given)
    for each in command.units:
        state_then = reduce(evolve, events, state)
        joining = units.JoinUnit(unit=each.unit, position=each.position, from_on=day)
        events += units.join(joining, state_then, given)
    return tuple(events)


def leave(command: Leave, state: StaffState, given: StaffGiven) -> Events:
    """The leaving; again changes nothing, an earlier day does.

    Raises:
        Refused: there is no such person of staff.
    """
    left_on = command.left_on or given.today
    known = state.facts
    if known is not None and known.left_on is not None and known.left_on <= left_on:
        return ()
    state.of_staff(left_on)
    return (StaffLeft(person_id=given.person_id, left_on=left_on),)


REGISTER: Final = Slice(RegisterStaff, register)
LEAVE: Final = Slice(Leave, leave)
