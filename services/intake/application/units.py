"""Teams, departments, officers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from services.intake.application.dependencies import Dependencies
from services.intake.application.staff import OwnStaff
from services.intake.domain.unit import UNIT, UnitCommand, UnitState
from services.intake.domain.unit_seen import UnitSeen
from shared.contracts import ids
from shared.contracts.ids import unit_stream
from shared.kit.decider import Refused
from shared.kit.eventstore import Handled, Order, Side, handle
from shared.rules.calendar.london import london_day


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
        side = await self._its.look(UNIT, unit_stream(key), key)
        if side.state.unit_id is None:
            raise Refused("no-such-unit", f"There is no unit {code!r}.")
        return side

    async def seen(self, codes: Iterable[str], people: Iterable[UUID] = ()) -> dict[str, UnitSeen]:
        """The units with these codes as they are today, each with those of `people` who work there today.

        Units that there are not are left out.
        """
        day = london_day(self._its.now())
        units_of = {person: await self._units_of(person, day) for person in people}
        found = {}
        for code in codes:
            key = ids.unit_id(code)
            state = (await self._its.look(UNIT, unit_stream(key), key)).state
            if state.unit_id is not None:
                there = frozenset(person for person, units in units_of.items() if key in units)
                found[code] = UnitSeen(state.unit_id, state.name, there)
        return found

    async def _units_of(self, person_id: UUID, day: date) -> frozenset[UUID]:
        facts = await OwnStaff(self._its.store).facts(person_id)
        return frozenset() if facts is None else facts.units_on(day)

    async def command(self, code: str, command: UnitCommand, order: Order) -> Handled:
        """Gives a command to a unit.

        Raises:
            Refused, StaleVersion, CommandReused: see there.
        """
        key = ids.unit_id(code)
        return await handle(self._its.store, UNIT, unit_stream(key), key, command, order=order)
