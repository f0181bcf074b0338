"""People of staff, from their own streams: intake decides about them, so it knows first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from services.intake.domain.staff import INITIAL, StaffCommand, StaffGiven, evolve, staff_decider
from shared.casework.staff import SCOPES_OF_ROLE, StaffFacts, StaffRow
from shared.casework.staff.view import row_after
from shared.contracts.ids import person_stream
from shared.kit.eventstore import EventStore, Handled, Order, Side, handle
from shared.rules.calendar.london import london_day

if TYPE_CHECKING:
    from services.intake.application.dependencies import Dependencies
    from services.intake.application.units import Units


@dataclass(frozen=True, slots=True)
class OwnStaff:
    """Intake's source of facts for whoever asks it: current to the last append, also with Kafka away."""

    store: EventStore

    async def facts(self, person_id: UUID) -> StaffFacts | None:
        """What the person is; one indexed read."""
        side = Side(person_stream(person_id), person_id, evolve, INITIAL)
        await side.catch_up(self.store)
        return side.state.facts

    async def heard(self, by: datetime) -> bool:  # noqa: ARG002  everything is heard here at once
        """Always."""
        return True


class Staff:
    """Commands to a person of staff, and a person as they stand."""

    def __init__(self, dependencies: Dependencies, units: Units) -> None:
        self._its = dependencies
        self._units = units

    async def find(self, person_id: UUID) -> StaffRow | None:
        """The person as the view would have them, from the stream; None: no person of staff."""
        row: StaffRow | None = None
        for recorded in await self._its.store.load(person_stream(person_id)):
            row = row_after(row, recorded.envelope, recorded.event)
        return row

    async def give(self, person_id: UUID, command: StaffCommand, order: Order) -> Handled:
        """Gives a command to a person of staff.

        Raises:
            Refused, StaleVersion, CommandReused: as `handle`.
        """
        given = StaffGiven(
            person_id=person_id,
            today=london_day(self._its.now()),
            roles=frozenset(SCOPES_OF_ROLE),
            units=await self._units.seen(command.names_units),
            people=await self._working(command.names_people),
        )
        return await handle(
            self._its.store, staff_decider(given), person_stream(person_id), person_id, command, order=order
        )

    async def _working(self, people: Iterable[UUID]) -> frozenset[UUID]:
        own, day = OwnStaff(self._its.store), london_day(self._its.now())
        found = [(person, await own.facts(person)) for person in people]
        return frozenset(person for person, facts in found if facts is not None and facts.works_on(day))
