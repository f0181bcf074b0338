"""Use cases: commands of officers, and the calendar."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from services.deadlines.application.calendar import CalendarSource
from services.deadlines.domain.calendar import CALENDAR, STREAM, Proclaim
from services.deadlines.domain.clock.circumstances import Circumstances, RegimeBook
from services.deadlines.domain.clock.commands import ClockCommand
from services.deadlines.domain.clock.decide import CLOCKS
from services.deadlines.reactor import clock_stream
from shared.contracts.ids import CALENDAR_KEY
from shared.kit.eventstore import EventStore, Handled, Order, Pool, handle
from shared.rules.calendar.london import london_day
from shared.rules.calendar.office_hours import OfficeHours

PRINCIPAL: Final = "service:deadlines"


def _now() -> datetime:
    return datetime.now(UTC)


class Deadlines:
    """What the service does, with everything that it does it by.

    Args:
        pool: for questions to the views and to due work.
        hours: when reminders may leave.
        level: whether everything is read up to every relay's last mark.
        now: the clock on the wall.
    """

    def __init__(
        self,
        *,
        store: EventStore,
        pool: Pool,
        calendar: CalendarSource,
        regimes: RegimeBook,
        hours: OfficeHours,
        level: Callable[[], Awaitable[bool]],
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.store = store
        self.pool = pool
        self.calendar = calendar
        self.regimes = regimes
        self.hours = hours
        self.level = level
        self.now = now

    async def circumstances(self) -> Circumstances:
        """Today, with today's calendar."""
        return Circumstances(
            today=london_day(self.now()), calendar=await self.calendar.today(), regimes=self.regimes
        )

    async def command(self, case: UUID, command: ClockCommand, order: Order) -> Handled:
        """Gives an officer's command to the clocks of a case. Raises as `shared.kit.eventstore.handle`."""
        return await handle(self.store, CLOCKS, clock_stream(case), case, command, order=order)

    async def proclaim(self, on: date, nation: str, source: str, order: Order) -> Handled:
        """Adds a bank holiday; the clocks follow when the event comes back. Raises as `handle`."""
        command = Proclaim(on=on, nation=nation, source=source, shipped=self.calendar.shipped)
        handled = await handle(self.store, CALENDAR, STREAM, CALENDAR_KEY, command, order=order)
        await self.calendar.today()
        return handled
