"""Whether the times at which events were recorded run on: back-dating shows as a time that runs backwards.

An append takes its transaction id before it looks at the clock, and takes no longer than a statement may. So in the
order in which a store is read, a time may lie a little before the one before it, as others appended meanwhile. In one
stream it may not: an event is appended when the one before it is there. What exceeds this is an alarm. Somebody wrote
the time themselves, or the server's clock was set back (decision 0027).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from services.audit.application.verification.copies import EventName
from services.audit.application.verification.report import Fault, Report
from shared.kit import sql
from shared.kit.events import instant
from shared.kit.eventstore import Pool, StoredRow

IN_A_STREAM: Final = timedelta(seconds=1)
"""So far a clock may be corrected."""
IN_COMMIT_ORDER: Final = timedelta(seconds=15)
"""The longest statement (`statement_timeout`), and half as much again."""

_SQL: Final = sql.Statements(__package__)
_NAMED: Final = 100


@dataclass(slots=True)
class RecordedTimes:
    """The times of one store, told its rows in reading order.

    Attributes:
        table: such as `intake's table`.
    """

    pool: Pool
    table: str
    report: Report
    _latest: StoredRow | None = None
    _told: set[EventName] = field(default_factory=set)
    _others: int = 0

    async def look(self, rows: Sequence[StoredRow]) -> None:
        """Adds an alarm for each of the next rows whose time runs backwards."""
        later = [(row.envelope.stream, row.envelope.version) for row in rows if row.envelope.version > 1]
        for found in await self.pool.fetch(
            _SQL.before_their_predecessors,
            [stream for stream, _ in later],
            [version for _, version in later],
            IN_A_STREAM,
        ):
            name = found["stream"], found["version"]
            self._alarm(name, found["recorded_at"], found["before"], f"event {name[1] - 1} of its stream")
        for row in rows:
            self._in_commit_order(row)

    def end(self) -> None:
        if self._others:
            detail = f"{self._others} more events whose recorded times run backwards"
            self.report.faults.append(Fault(self.table, "back-dated", detail=detail))

    def _in_commit_order(self, row: StoredRow) -> None:
        at, latest = row.envelope.recorded_at, self._latest
        if latest is None or at >= latest.envelope.recorded_at:
            self._latest = row
        elif latest.envelope.recorded_at - at > IN_COMMIT_ORDER:
            before = latest.envelope
            which = f"event {before.version} of {before.stream}"
            self._alarm((row.envelope.stream, row.envelope.version), at, before.recorded_at, which)

    def _alarm(self, name: EventName, at: datetime, before: datetime, which: str) -> None:
        if name in self._told:
            return
        if len(self._told) >= _NAMED:
            self._others += 1
            return
        self._told.add(name)
        detail = f"recorded at {instant(at)}, and {which}, which was stored before it, at {instant(before)}"
        self.report.faults.append(Fault(self.table, "back-dated", *name, detail=detail))
