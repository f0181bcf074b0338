"""Teams, departments, officers."""

from __future__ import annotations

from collections.abc import Iterable

from services.intake.application.dependencies import Dependencies
from services.intake.domain.case import UnitSeen
from services.intake.domain.unit import UNIT, UnitCommand, UnitState
from shared.contracts import ids
from shared.kit.decider import Refused
from shared.kit.eventstore import Handled, Order, Side, handle


class Units:
    """Units by their code, from their own streams."""

    def __init__(self, dependencies: Dependencies) -> None:
        self._its = dependencies

    async def find(self, code: str) -> Side[UnitState]:
        """The unit with that code.

        Raises:
            Refused: `no-such-unit`.
        """
        key = ids.unit_id(code)
        side = await self._its.look(UNIT, f"unit-{key}", key)
        if side.state.unit_id is None:
            raise Refused("no-such-unit", f"There is no unit {code!r}.")
        return side

    async def seen(self, codes: Iterable[str]) -> dict[str, UnitSeen]:
        """The units with these codes as they are today; those that there are not are left out."""
        found = {}
        for code in codes:
            key = ids.unit_id(code)
            state = (await self._its.look(UNIT, f"unit-{key}", key)).state
            if state.unit_id is not None:
                found[code] = UnitSeen(state.unit_id, state.name, frozenset(state.officers))
        return found

    async def command(self, code: str, command: UnitCommand, order: Order) -> Handled:
        """Gives a command to a unit.

        Raises:
            Refused, StaleVersion, CommandReused: see there.
        """
        key = ids.unit_id(code)
        return await handle(self._its.store, UNIT, f"unit-{key}", key, command, order=order)
