"""People of staff, from their own streams: intake decides about them, so it knows first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.intake.application.desk import Desk
from services.intake.domain.staff import STAFF, StaffCommand, StaffState
from shared.casework.staff import StaffFacts, StaffRow
from shared.casework.staff.view import row_after
from shared.contracts import ids
from shared.kit.decider import Refused
from shared.kit.eventstore import EventStore, Handled, Order, Side, handle
from shared.rules.calendar.office_hours import london_day


def stream_of(person_id: UUID) -> str:
    """The stream of a person."""
    return f"person-{person_id}"


async def _state(store: EventStore, person_id: UUID) -> StaffState:
    side = Side(stream_of(person_id), person_id, STAFF.evolve, STAFF.initial)
    await side.catch_up(store)
    return side.state


@dataclass(frozen=True, slots=True)
class OwnStaff:
    """Intake's source of facts for whoever asks it: current to the last append, also with Kafka away."""

    store: EventStore

    async def facts(self, person_id: UUID) -> StaffFacts | None:
        """What the person is; one indexed read."""
        return (await _state(self.store, person_id)).facts

    async def heard(self, by: datetime) -> bool:  # noqa: ARG002  everything is heard here at once
        """Always."""
        return True


class Staff:
    """Commands to a person of staff."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def today(self) -> date:
        """The London day."""
        return london_day(self._desk.now())

    async def facts(self, person_id: UUID) -> StaffFacts | None:
        """What the person is; None: no person of staff."""
        return (await _state(self._desk.store, person_id)).facts

    async def one(self, person_id: UUID) -> StaffRow | None:
        """The person as a row of the view would say it, from the stream; None: no person of staff."""
        row: StaffRow | None = None
        for recorded in await self._desk.store.load(stream_of(person_id)):
            row = row_after(row, recorded.envelope, recorded.event)
        return row

    async def check_deputy(self, person_id: UUID, day: date) -> None:
        """Refuses a deputy who doesn't work here that day.

        Raises:
            Refused: `no-such-deputy`.
        """
        facts = await self.facts(person_id)
        if facts is None or not facts.works_on(day):
            raise Refused("no-such-deputy", "There is no such person of staff on that day: choose another.")

    async def check_member(self, person_id: UUID, code: str, name: str) -> None:
        """Refuses a person who doesn't work in that unit today.

        Raises:
            Refused: `no-such-officer`.
        """
        facts = await self.facts(person_id)
        if facts is None or ids.unit_id(code) not in facts.units_on(self.today()):
            raise Refused("no-such-officer", f"No such officer works in {name}: choose another.")

    async def command(self, person_id: UUID, command: StaffCommand, order: Order) -> Handled:
        """Gives a command to a person of staff.

        Raises:
            Refused, StaleVersion, CommandReused: see there.
        """
        return await handle(self._desk.store, STAFF, stream_of(person_id), person_id, command, order=order)
