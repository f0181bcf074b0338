"""A team or a department, and its officers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from shared.contracts import intake
from shared.kit.decider import Command, Decider, Refused
from shared.kit.events import Event, Plain


class RegisterUnit(Command):
    """A unit under a code of its own. `email` is where its mail goes."""

    verb = "register-unit"
    unit_id: UUID
    code: str
    name: str
    unit_kind: str
    email: str


class RenameUnit(Command):
    """The unit has a new name from now on."""

    verb = "rename-unit"
    name: str


class RegisterOfficer(Command):
    """Somebody works there. `principal` is who they act as, if they have a login."""

    verb = "register-officer"
    officer_id: UUID
    role: str
    name: str
    email: str
    principal: str | None = None


class OfficerLeaves(Command):
    """Somebody doesn't work there any more."""

    verb = "officer-leaves"
    officer_id: UUID


UnitCommand = RegisterUnit | RenameUnit | RegisterOfficer | OfficerLeaves


@dataclass(frozen=True, slots=True)
class UnitState:
    """A unit as its rules see it; `officers` are those who have not left, by id, with their role."""

    unit_id: UUID | None = None
    code: str = ""
    name: str = ""
    kind: str = ""
    officers: Mapping[UUID, str] = field(default_factory=dict)
    left: frozenset[UUID] = frozenset()
    principals: Mapping[UUID, str | None] = field(default_factory=dict)


def decide(command: UnitCommand, state: UnitState) -> tuple[Event, ...]:
    """The events that the command leads to.

    Raises:
        Refused: the code is taken, there is no such unit or officer, or they are there already.
    """
    match command:
        case RegisterUnit():
            return _register(command, state)
        case RenameUnit():
            unit_id = _unit(state)
            if command.name == state.name:
                return ()
            return (intake.UnitRenamed(unit_id=unit_id, name=command.name),)
        case RegisterOfficer():
            return _register_officer(command, state)
        case OfficerLeaves():
            unit_id = _unit(state)
            if command.officer_id in state.left:
                return ()
            if command.officer_id not in state.officers:
                raise Refused("no-such-officer", "There is no such officer in this unit.")
            return (intake.OfficerLeft(unit_id=unit_id, officer_id=command.officer_id),)


def evolve(state: UnitState, event: Event) -> UnitState:
    """The state after an event."""
    match event:
        case intake.UnitRegistered():
            return replace(state, unit_id=event.unit_id, code=event.code, name=event.name, kind=event.kind)
        case intake.UnitRenamed():
            return replace(state, name=event.name)
        case intake.OfficerRegistered():
            return replace(
                state,
                officers={**state.officers, event.officer_id: event.role},
                principals={**state.principals, event.officer_id: event.principal},
            )
        case intake.OfficerLeft():
            return replace(
                state,
                officers={known: role for known, role in state.officers.items() if known != event.officer_id},
                left=state.left | {event.officer_id},
            )
        case _:
            return state


def _register(command: RegisterUnit, state: UnitState) -> tuple[Event, ...]:
    if state.unit_id is not None:
        raise Refused("unit-code-taken", f"{state.name} has this code already: rename it, or take another.")
    return (
        intake.UnitRegistered(
            unit_id=command.unit_id,
            code=command.code,
            name=command.name,
            kind=command.unit_kind,
            email=Plain(command.email, command.unit_id),
        ),
    )


def _register_officer(command: RegisterOfficer, state: UnitState) -> tuple[Event, ...]:
    unit_id = _unit(state)
    here = {state.principals[officer] for officer in state.officers} - {None}
    if command.principal in here:
        raise Refused("officer-known", "Whoever acts under this login is in the unit already.")
    return (
        intake.OfficerRegistered(
            unit_id=unit_id,
            officer_id=command.officer_id,
            role=command.role,
            principal=command.principal,
            name=Plain(command.name, command.officer_id),
            email=Plain(command.email, command.officer_id),
        ),
    )


def _unit(state: UnitState) -> UUID:
    if state.unit_id is None:
        raise Refused("no-such-unit", "There is no unit with this code.")
    return state.unit_id


UNIT: Final[Decider[UnitCommand, UnitState, Event]] = Decider(
    decide=decide, evolve=evolve, initial=UnitState()
)
"""The rules of a unit."""
