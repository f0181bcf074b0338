"""Commands to the clocks of a case, and the clocks as they stand: both from their own stream."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from services.deadlines.application.dependencies import Dependencies
from services.deadlines.application.pending import facts_pending
from services.deadlines.domain.clock import (
    INITIAL,
    Clocks,
    OfficerCommand,
    clock_decider,
    clock_offers,
    evolve,
)
from services.deadlines.views.cases.fold import CaseRow
from shared.casework.cases import Cases
from shared.casework.commands import Asked
from shared.casework.finding import not_heard_of_yet
from shared.contracts.ids import clock_stream
from shared.kit.decider import Offer, Refused
from shared.kit.events import Event, Recorded, UnknownEvent
from shared.kit.eventstore import Handled, Order, Side, handle
from shared.rules.calendar.london import moment_on

_FOR_WANT_OF_FACTS: Final = frozenset({"not-triaged", "no-clock"})
"""The refusals that only say that something hasn't been heard: another service may have recorded it a moment ago."""
_PATIENCE: Final = 2.0
_LOOK: Final = 0.05


@dataclass(frozen=True, slots=True)
class CaseClocks:
    """The clocks of one case at a time; `cases` finds it, and writes down who looked and who was refused."""

    its: Dependencies
    cases: Cases[CaseRow]

    async def of(self, case_id: UUID) -> Side[Clocks]:
        """The clocks of a case: what an officer did a moment ago is in them."""
        side = Side(clock_stream(case_id), case_id, evolve, INITIAL)
        await side.catch_up(self.its.store)
        return side

    async def recorded(self, case_id: UUID) -> tuple[Recorded[Event | UnknownEvent], ...]:
        """The events of a case's clocks."""
        return await self.its.store.load(clock_stream(case_id))

    async def offers(self, case_id: UUID, clocks: Clocks) -> tuple[Offer, ...]:
        """What an officer may do with the clocks now, and why not the rest."""
        return clock_offers(clocks, await self.its.given(case_id))

    async def give(self, asked: Asked[OfficerCommand]) -> Handled:
        """Gives an officer's command.

        Raises:
            Problem: there is no such case for this principal; 409 with Retry-After where what the command needs may
                be recorded elsewhere and hasn't been heard here.
            Refused, StaleVersion, CommandReused: as `handle`.
        """
        asked_at = datetime.now(UTC)
        case = await self.cases.find(asked.reference, asked.who)
        on, now = asked.command.happened_on, self.its.now()
        order = replace(asked.order, happened_at=now if on is None else moment_on(on, now))
        try:
            return await self._give(case.case_id, asked.command, order)
        except Refused as refused:
            if refused.code not in _FOR_WANT_OF_FACTS:
                raise
            if not await self._has_heard(case.case_id, asked_at):
                raise not_heard_of_yet(asked.reference) from refused
        return await self._give(case.case_id, asked.command, order)

    async def _give(self, case_id: UUID, command: OfficerCommand, order: Order) -> Handled:
        rules = clock_decider(await self.its.given(case_id))
        return await handle(self.its.store, rules, clock_stream(case_id), case_id, command, order=order)

    async def _has_heard(self, case_id: UUID, asked_at: datetime) -> bool:
        """Waits a little until the clocks know all that was recorded of the case by then; False where they don't."""
        if self.cases.heard is None or not await self.cases.heard(asked_at):
            return False
        try:
            async with asyncio.timeout(_PATIENCE):
                while await facts_pending(self.its.pool, case_id):  # noqa: ASYNC110  the database is looked at
                    await asyncio.sleep(_LOOK)
        except TimeoutError:
            return False
        return True
