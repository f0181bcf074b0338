"""Teams and departments."""

from __future__ import annotations

from uuid import UUID

from services.intake.application.desk import Desk
from services.intake.domain.unit import UNIT, UnitCommand, UnitState
from shared.contracts import ids
from shared.kit.decider import Refused
from shared.kit.eventstore import Handled, Order, Side, handle


class Units:
    """Units by their code, from their own streams."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def find(self, code: str) -> Side[UnitState]:
        """The unit with that code.

        Raises:
            Refused: `no-such-unit`.
        """
        key = ids.unit_id(code)
        side = await self._desk.look(UNIT, f"unit-{key}", key)
        if side.state.unit_id is None:
            raise Refused("no-such-unit", f"There is no unit {code!r}.")
        return side

    async def named(self, code: str) -> tuple[UUID, str]:
        """The id and today's name of a unit.

        Raises:
            Refused: `no-such-unit`.
        """
        unit = (await self.find(code)).state
        assert unit.unit_id is not None
        return unit.unit_id, unit.name

    async def command(self, code: str, command: UnitCommand, order: Order) -> Handled:
        """Gives a command to a unit.

        Raises:
            Refused, StaleVersion, CommandReused: see there.
        """
        key = ids.unit_id(code)
        return await handle(self._desk.store, UNIT, f"unit-{key}", key, command, order=order)
