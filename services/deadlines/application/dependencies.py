"""What every route does with what it was asked: the case, its clocks, the order of a command."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from services.deadlines.application.deadlines import Deadlines
from services.deadlines.domain.clock.decide import CLOCKS
from services.deadlines.domain.clock.state import Clocks
from services.deadlines.reactor import clock_stream
from services.deadlines.views.cases.fold import CaseRow
from shared.casework.cases import Cases
from shared.kit.events import Event, Recorded, UnknownEvent
from shared.kit.eventstore import Order, PostgresEventStore, Side
from shared.kit.http import Principal, Told
from shared.rules.calendar.london import london_day, start_of

Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
"""Free text, sealed before it is stored."""


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What the routes work with.

    Attributes:
        cases: finds them, and writes down who looked and who was refused.
    """

    deadlines: Deadlines
    store: PostgresEventStore
    cases: Cases[CaseRow]

    async def clocks(self, case: UUID) -> Side[Clocks]:
        """The clocks of a case, from their stream: what an officer did a moment ago is in it."""
        side = Side(clock_stream(case), case, CLOCKS.evolve, CLOCKS.initial)
        await side.catch_up(self.store)
        return side

    async def recorded(self, case: UUID) -> tuple[Recorded[Event | UnknownEvent], ...]:
        """The events of a case's clocks."""
        return await self.store.load(clock_stream(case))

    def order(
        self, told: Told, principal: Principal, *, what: str, reference: str, on: date | None = None
    ) -> Order:
        """A command's order; `on` is the day on which it happened, `what` tells apart commands with the same body."""
        order = self.cases.order(told, principal, what, reference)
        return replace(order, happened_at=self._instant(on))

    def _instant(self, on: date | None) -> datetime:
        now = self.deadlines.now()
        return now if on is None or on >= london_day(now) else start_of(on)
