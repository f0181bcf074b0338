"""Registering somebody with what they are from their first day on; and their leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from uuid import UUID

from services.intake.domain.staff.roles import GiveRole, give_role
from services.intake.domain.staff.state import StaffState, evolve
from services.intake.domain.staff.units import JoinUnit, join_unit
from shared.contracts import staff
from shared.kit.decider import Refused
from shared.kit.events import Event, Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterStaff:
    """Somebody begins. What they are comes with it, so that nobody is half known in between."""

    person_id: UUID
    name: str
    email: str | None = None
    begins_on: date
    roles: tuple[GiveRole, ...] = ()
    units: tuple[JoinUnit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveStaff:
    """Somebody works here no more from that day on."""

    left_on: date


def register(command: RegisterStaff, state: StaffState) -> tuple[Event, ...]:
    """The registration, and what they are.

    Raises:
        Refused: they are of the staff already, or were erased.
    """
    if state.erased:
        raise Refused("person-erased", "This person was erased: their name can't be kept again.")
    if state.facts is not None and state.facts.works_on(command.begins_on):
        raise Refused("already-staff", "They are of the staff already: give them what they lack.")
    registered = staff.StaffRegistered(
        person_id=command.person_id,
        name=Plain(command.name, command.person_id),
        email=None if command.email is None else Plain(command.email, command.person_id),
    )
    events: list[Event] = [registered]
    state = evolve(state, registered)
    for role in command.roles:
        events += (decided := give_role(role, state))
        state = reduce(evolve, decided, state)
    for unit in command.units:
        events += (decided := join_unit(unit, state))
        state = reduce(evolve, decided, state)
    return tuple(events)


def leave(command: LeaveStaff, state: StaffState) -> tuple[Event, ...]:
    """The leaving; again changes nothing, an earlier day does.

    Raises:
        Refused: there is no such person of staff.
    """
    facts = state.facts
    if facts is not None and facts.left_on is not None and facts.left_on <= command.left_on:
        return ()
    facts = state.of_staff(command.left_on)
    return (staff.StaffLeft(person_id=facts.person_id, left_on=command.left_on),)
