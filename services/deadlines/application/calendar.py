"""Today's calendar: the one of this release, and what was proclaimed since, from the calendar's own stream."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

import structlog

from services.deadlines.domain.calendar import STREAM, calendar_of
from shared.contracts.deadlines import BankHolidayProclaimed
from shared.kit.eventstore import EventStore, StoreUnavailable
from shared.rules.calendar.days import Calendar

_EVERY: Final = 2.0
_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class KnownCalendar:
    """The calendar as it was at the last look into the stream; `shipped` is the newest edition of this release."""

    shipped: Calendar
    now: Calendar
    version: int = 0


class CalendarSource:
    """The calendar, never older than the last look into the stream."""

    def __init__(self, store: EventStore, known: KnownCalendar) -> None:
        self._store = store
        self._known = known

    @property
    def known(self) -> Calendar:
        """The calendar as it was at the last look."""
        return self._known.now

    @property
    def shipped(self) -> Calendar:
        """The newest edition of this release."""
        return self._known.shipped

    async def keep(self) -> None:
        """Looks every few seconds, for ever: for timers, which are armed without a look of their own."""
        while True:
            try:
                await self.today()
            except StoreUnavailable as error:
                _log.warning("the calendar can't be read", error=repr(error))
            await asyncio.sleep(_EVERY)

    async def today(self) -> Calendar:
        """The calendar now: every decision looks, so none is made with days missing."""
        known = self._known
        for recorded in await self._store.load(STREAM, known.version):
            if recorded.envelope.version <= known.version:
                continue  # another look was quicker
            if isinstance(recorded.event, BankHolidayProclaimed):
                known.now = calendar_of(known.now, (recorded.event,))
            known.version = recorded.envelope.version
        return known.now
