"""What the use cases work with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from services.notifications.adapters.sender import Sender
from services.notifications.application.calendars import known_calendar
from services.notifications.application.case_history import CaseHistory
from services.notifications.application.letters import load_letters
from services.notifications.domain.letter import Letter
from services.notifications.domain.message import INITIAL, Given, Notification, evolve
from services.notifications.domain.message.identity import stream_of
from services.notifications.views.cases import CaseRow
from shared.casework.cases import Cases
from shared.kit.due import utc_now
from shared.kit.eventstore import Pool, PostgresEventStore, Side
from shared.kit.keyring import Sealer
from shared.rules.calendar import london_day, start_of
from shared.rules.calendar.office_hours import OfficeHours

PRINCIPAL: Final = "service:notifications"


@dataclass(frozen=True, slots=True)
class Dependencies:
    """The parts of a running service.

    Attributes:
        council: signs every letter.
        mail_domain: ends Message-IDs.
        waits: the back-off after refusals for now.
        digest_days: for how many working days after its own a digest looks ahead.
        read_up: whether every relay's mark is fresh and everything up to it was read.
    """

    pool: Pool
    store: PostgresEventStore
    sealer: Sealer
    cases: Cases[CaseRow]
    sender: Sender
    council: str
    mail_domain: str
    waits: tuple[timedelta, ...]
    hours: OfficeHours
    digest_days: int
    read_up: Callable[[], Awaitable[bool]]
    now: Callable[[], datetime] = utc_now
    letters: Mapping[str, Letter] = field(default_factory=load_letters)

    @property
    def history(self) -> CaseHistory:
        return CaseHistory(self.pool)

    @property
    def today(self) -> date:
        return london_day(self.now())

    async def opening(self, moment: datetime) -> datetime:
        """The moment itself while the office is open, else the next one at which it opens."""
        return self.hours.opening(moment, await known_calendar(self.pool))

    async def morning_on(self, day: date) -> datetime:
        """When the office opens on that day, or on the next one on which it does."""
        return await self.opening(start_of(day))

    async def morning_after(self, day: date) -> datetime:
        """When the office opens on the working day after that day."""
        return await self.morning_on(day + timedelta(days=1))

    def given(self, principal: str = PRINCIPAL) -> Given:
        return Given(principal, self.now(), self.waits)

    async def message(self, notification: UUID, key: UUID) -> Side[Notification]:
        side = Side(stream_of(notification), key, evolve, INITIAL)
        await side.catch_up(self.store)
        return side
