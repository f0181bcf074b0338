"""What the use cases of deadlines work with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.deadlines.application.calendar import CalendarSource
from services.deadlines.domain.clock import Given, RegimeBook
from shared.kit.due import utc_now
from shared.kit.eventstore import Pool, PostgresEventStore
from shared.rules.calendar.london import london_day
from shared.rules.calendar.office_hours import OfficeHours


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependencies:
    """The parts of one process.

    Attributes:
        pool: for questions to the views and to due work.
        hours: when reminders may leave.
        level: whether everything is read up to every relay's last mark.
        now: the clock on the wall.
    """

    store: PostgresEventStore
    pool: Pool
    calendar: CalendarSource
    regimes: RegimeBook
    hours: OfficeHours
    level: Callable[[], Awaitable[bool]]
    now: Callable[[], datetime] = utc_now

    @property
    def today(self) -> date:
        """The London day."""
        return london_day(self.now())

    async def given(self, case_id: UUID) -> Given:
        """The circumstances of a decision about this case's clocks, with today's calendar."""
        return Given(
            today=self.today, calendar=await self.calendar.today(), regimes=self.regimes, case_id=case_id
        )
