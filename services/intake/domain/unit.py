"""A team or a department."""

from __future__ import annotations

from dataclasses import dataclass, replace
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


UnitCommand = RegisterUnit | RenameUnit


@dataclass(frozen=True, slots=True)
class UnitState:
    """A unit as its rules see it. Who works there is told by the people's own streams."""

    unit_id: UUID | None = None
    code: str = ""
    name: str = ""
    kind: str = ""


def decide(command: UnitCommand, state: UnitState) -> tuple[Event, ...]:
    """The events that the command leads to.

    Raises:
        Refused: the code is taken, or there is no such unit.
    """
    match command:
        case RegisterUnit():
            return _register(command, state)
        case RenameUnit():
            unit_id = _unit(state)
            if command.name == state.name:
                return ()
            return (intake.UnitRenamed(unit_id=unit_id, name=command.name),)


def evolve(state: UnitState, event: Event) -> UnitState:
    """The state after an event."""
    match event:
        case intake.UnitRegistered():
            return replace(state, unit_id=event.unit_id, code=event.code, name=event.name, kind=event.kind)
        case intake.UnitRenamed():
            return replace(state, name=event.name)
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


def _unit(state: UnitState) -> UUID:
    if state.unit_id is None:
        raise Refused("no-such-unit", "There is no unit with this code.")
    return state.unit_id


UNIT: Final[Decider[UnitCommand, UnitState, Event]] = Decider(
    decide=decide, evolve=evolve, initial=UnitState()
)
"""The rules of a unit."""
