"""A team or a department."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts import intake
from shared.contracts.ids import unit_id
from shared.kit.decider import Command, Decider, Line, Refused, Word
from shared.kit.events import Event, Plain


class RegisterUnit(Command):
    """A team or a department, under a code of its own."""

    verb = "register-unit"
    code: Word
    name: Line
    kind: Literal["team", "department"]
    email: Line = Field(description="Where its mail goes; sealed.")


class RenameUnit(Command):
    """The unit has a new name from now on."""

    verb = "rename-unit"
    name: Line


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
            if state.unit_id is None:
                raise Refused("no-such-unit", "There is no unit with this code.")
            if command.name == state.name:
                return ()
            return (intake.UnitRenamed(unit_id=state.unit_id, name=command.name),)


def evolve(state: UnitState, event: Event) -> UnitState:
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
    key = unit_id(command.code)
    return (
        intake.UnitRegistered(
            unit_id=key,
            code=command.code,
            name=command.name,
            kind=command.kind,
            email=Plain(command.email, key),
        ),
    )


UNIT: Final[Decider[UnitCommand, UnitState, Event]] = Decider(
    decide=decide, evolve=evolve, initial=UnitState()
)
