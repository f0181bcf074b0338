"""What every route does with what it was asked: the case, its clocks, the order of a command."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import StringConstraints

from services.deadlines.application import Deadlines
from services.deadlines.domain.decide import CLOCKS
from services.deadlines.domain.state import Clocks
from services.deadlines.reactor import clock_stream
from services.deadlines.views.cases.fold import CaseRow
from shared.casework.cases import order_for
from shared.casework.finding import Heard, find_case
from shared.casework.policy import may
from shared.kit import sql
from shared.kit.events import Event, Recorded, UnknownEvent
from shared.kit.eventstore import Order, PostgresEventStore, Side
from shared.kit.http import Principal, Told
from shared.kit.keyring import Fingerprints
from shared.rules.calendar.london import london_day, start_of

_FIND: Final = sql.load("services.deadlines.views.cases", "find.sql")
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
"""Free text, sealed before it is stored."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the routes work with.

    Attributes:
        marks: recognise another body under the same Idempotency-Key.
        heard: see `shared.casework.finding`.
    """

    deadlines: Deadlines
    store: PostgresEventStore
    marks: Fingerprints
    heard: Heard

    async def find(self, reference: str, principal: Principal, looks_at: str | None = None) -> CaseRow:
        """The case, if it exists for this principal; `looks_at` is written down.

        Raises:
            Problem: 404, or 409 with Retry-After while deadlines hasn't heard everything.
        """
        pool = self.deadlines.pool

        async def find() -> CaseRow | None:
            found = await pool.fetchrow(_FIND, reference)
            case = None if found is None else CaseRow(**found)
            return case if case is not None and may(principal, case) else None

        case = await find_case(reference, find, self.heard)
        if looks_at is not None:
            await self.store.record_access(principal.id, case.case_id, reference, looks_at)
        return case

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
        order = order_for(self.marks, told, principal, what, reference)
        return replace(order, happened_at=self._instant(on))

    def _instant(self, on: date | None) -> datetime:
        now = self.deadlines.now()
        return now if on is None or on >= london_day(now) else start_of(on)
