"""When a timer may go off: never while something that would stop it may not have been heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from services.deadlines.application.dependencies import Dependencies
from services.deadlines.application.pending import TIMER_VERBS, facts_pending
from services.deadlines.domain.clock.remind import Remind
from shared.kit import sql
from shared.kit.due import DueRow

_SQL: Final = sql.Statements(__package__)
_UNASSIGNED: Final = timedelta(seconds=5)
"""How often a reminder that is due looks whether its case has been assigned."""


@dataclass(frozen=True, slots=True)
class Timers:
    """The gate of the due rows."""

    its: Dependencies

    async def may_run(self, row: DueRow) -> bool | datetime:
        """Whether a row may be done now: timers wait for the log, reminders for the office to open and for somebody
        who can be reminded.

        While deadlines hasn't read up to every relay's mark, or hasn't yet heard what it has read of this case,
        nobody can say that something was missed.
        """
        if row.command not in TIMER_VERBS:
            return True
        reminds = row.command == Remind.verb
        if reminds:
            now = self.its.now()
            opening = self.its.hours.opening(now, self.its.calendar.known)
            if opening > now:
                return opening
        if not await self.its.level() or await facts_pending(self.its.pool, row.key):
            return False
        if reminds and await self._nobody_to_remind(Remind.model_validate(row.payload), row):
            return self.its.now() + _UNASSIGNED
        return True

    async def _nobody_to_remind(self, timer: Remind, row: DueRow) -> bool:
        found: bool = await self.its.pool.fetchval(
            _SQL.nobody_to_remind, row.key, timer.clock, timer.occurrence
        )
        return found
