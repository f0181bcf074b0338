"""What the use cases work with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from services.notifications.adapters.sender import Sender
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
from shared.rules.calendar import Calendar, load_calendar, london_day
from shared.rules.calendar.office_hours import OfficeHours

PRINCIPAL: Final = "service:notifications"


@dataclass(frozen=True, slots=True)
class Dependencies:
    """The parts of a running service.

    Attributes:
        council: signs every letter.
        mail_domain: ends Message-IDs.
        waits: the back-off after refusals for now.
        read_up: whether every relay's mark is fresh and everything up to it was read.
        calendar: the calendar as it is known now.
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
    read_up: Callable[[], Awaitable[bool]]
    calendar: Callable[[], Calendar] = load_calendar
    now: Callable[[], datetime] = utc_now
    letters: Mapping[str, Letter] = field(default_factory=load_letters)

    @property
    def history(self) -> CaseHistory:
        """What this service knows of cases."""
        return CaseHistory(self.pool)

    @property
    def today(self) -> date:
        """The London day."""
        return london_day(self.now())

    def given(self, principal: str = PRINCIPAL) -> Given:
        """The circumstances of a decision about a message."""
        return Given(principal, self.now(), self.waits)

    async def message(self, notification: UUID, key: UUID) -> Side[Notification]:
        """Where a message stands, from its own stream."""
        side = Side(stream_of(notification), key, evolve, INITIAL)
        await side.catch_up(self.store)
        return side
