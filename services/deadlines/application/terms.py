"""What is known of the schools' terms stands in files, which may have changed while nobody was looking."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Final

import structlog

from services.deadlines.application.dependencies import Dependencies
from services.deadlines.domain.calendar import STREAM
from services.deadlines.domain.calendar.owed import RecalculateAtSchools
from shared.contracts.ids import CALENDAR_KEY
from shared.kit.due import DueRow, insert_due
from shared.kit.events import command_id
from shared.rules.calendar.london import london_day
from shared.rules.calendar.schools import School

_ENOUGH: Final = 60
"""Days: most of what is received now has its date within these, whatever holidays come between."""
_EVERY: Final = 60.0
_log = structlog.get_logger(__name__)


class TermsWatch:
    """Warns of schools whose terms are soon unknown, before triage and clocks have no dates there: at start, and daily.

    The files are read when the process starts, so it warns until it is started with longer ones.
    """

    def __init__(self, its: Dependencies) -> None:
        self._its = its
        self._warned_on: date | None = None

    def running_out(self) -> tuple[School, ...]:
        """The schools of whose days fewer than 60 are still known, or none any more."""
        today = self._today()
        schools = self._its.calendar.shipped.schools
        return tuple(school for school in schools if (school.last_day - today).days < _ENOUGH)

    def look(self) -> None:
        """Warns of each, once a day."""
        today = self._today()
        if today == self._warned_on:
            return
        self._warned_on = today
        for school in self.running_out():
            _log.warning(
                "a school's term dates run out: add the next terms to its file",
                school=school.name,
                file=f"{school.school}.toml",
                last_day=school.last_day.isoformat(),
                days_left=(school.last_day - today).days,
            )

    async def keep(self) -> None:
        """Looks for ever."""
        while True:
            self.look()
            await asyncio.sleep(_EVERY)

    def _today(self) -> date:
        return london_day(self._its.now())


async def owe_new_terms(its: Dependencies, principal: str) -> None:
    """Owes a look at every open case about a school: once at each start, whatever the files say now."""
    now, command = its.now(), RecalculateAtSchools()
    identity = command_id(command.verb, now.isoformat())
    row = DueRow(
        id=identity,
        key=CALENDAR_KEY,
        stream=STREAM,
        command=command.verb,
        payload=command.model_dump(mode="json"),
        due_at=now,
        correlation_id=identity,
        causation_id=identity,
    )
    async with its.pool.acquire() as connection:
        await insert_due(connection, [row], principal)
