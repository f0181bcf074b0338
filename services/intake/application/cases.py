"""Commands to a case, and a case as it stands: both from its own stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.intake.application.desk import Desk
from services.intake.domain.case import CaseState, Offer, offers
from services.intake.domain.case.commands import OfficerCommand
from shared.kit.decider import Decider
from shared.kit.events import Event, Recorded, UnknownEvent
from shared.kit.eventstore import Handled, Order, ReferenceRow, StaleVersion, handle
from shared.kit.http import Principal


class NoSuchCase(Exception):  # noqa: N818  an answer
    """There is no such case, or it doesn't exist for whoever asks."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is no case {reference}.")
        self.reference = reference


@dataclass(frozen=True, slots=True)
class CaseFound:
    """A case with its past, as the principal may see it."""

    reference: str
    case_id: UUID
    state: CaseState
    recorded: tuple[Recorded[Event | UnknownEvent], ...]

    @property
    def stream(self) -> str:
        """Its stream."""
        return f"case-{self.case_id}"

    @property
    def version(self) -> int:
        """Its version."""
        return self.recorded[-1].envelope.version


class Cases:
    """One case at a time, always from its stream: an officer sees what they just did, also with Kafka away."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, ReferenceRow] = {}

    async def locate(self, reference: str) -> ReferenceRow:
        """The stream that a reference names. It never names another, so it is looked up once.

        Raises:
            NoSuchCase: there is none. Whether the case may be seen is not asked here.
        """
        row = self._known.get(reference)
        if row is None:
            row = await self._desk.store.find_reference(reference)
            if row is None:
                raise NoSuchCase(reference)
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[reference] = row
        return row

    async def find(self, reference: str, principal: Principal) -> CaseFound:
        """The case with that reference.

        Raises:
            NoSuchCase: there is none, or it is restricted and the principal may not see restricted cases.
        """
        row = await self.locate(reference)
        recorded = await self._desk.store.load(row.stream)
        known = (one.event for one in recorded)
        state = self._desk.case.fold(event for event in known if isinstance(event, Event))
        if state.restricted and not principal.sees_restricted:
            raise NoSuchCase(reference)
        return CaseFound(reference, row.key, state, recorded)

    async def look(self, reference: str, principal: Principal, what: str) -> CaseFound:
        """As `find`, and written down: who looked at what of the case."""
        found = await self.find(reference, principal)
        await self._desk.store.record_access(principal.id, found.case_id, reference, what)
        return found

    def offers(self, found: CaseFound, principal: Principal) -> tuple[Offer, ...]:
        """What this principal can do to the case now, and why not the rest."""
        return offers(found.state, self._desk.rules, principal.id)

    async def command(
        self, reference: str, principal: Principal, command: OfficerCommand, order: Order
    ) -> Handled:
        """Gives an officer's command.

        Raises:
            NoSuchCase: there is none, or it is restricted and the principal may not see restricted cases.
            Refused, StaleVersion, CommandReused, TooContended, TooLarge, StoreUnavailable, Erased: see there.
        """
        row = await self.locate(reference)
        case = self._desk.case

        def decide(command: OfficerCommand, state: CaseState) -> tuple[Event, ...]:
            if state.restricted and not principal.sees_restricted:
                raise NoSuchCase(reference)
            return case.decide(command, state)

        guarded = Decider(decide, case.evolve, case.initial)
        try:
            return await handle(self._desk.store, guarded, row.stream, row.key, command, order=order)
        except StaleVersion:
            await self.find(reference, principal)  # what changed is not for those who may not see it
            raise


_MOST_KNOWN: Final = 10_000
