"""What audit answers about a case: its timeline and its raw events."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from services.audit.log.reading import case_rows
from services.audit.log.rows import LogRow
from services.audit.settings import AuditSettings
from services.audit.timeline.answer import Timeline
from services.audit.timeline.completeness import Horizon, completeness
from services.audit.timeline.cutting import cut
from services.audit.timeline.lines import lines
from services.audit.timeline.ordering import in_order
from shared.casework.finding import find_case
from shared.casework.policy import may
from shared.kit import sql
from shared.kit.http import Principal
from shared.kit.runtime import Parts

MARKS_WITHIN: Final = timedelta(seconds=60)
"""A service whose mark is older may have recorded what audit can't know of."""

_BY_REFERENCE: Final = sql.load("services.audit.views.cases", "by_reference.sql")
_WAITING: Final = sql.load(__package__, "waiting.sql")


@dataclass(frozen=True, slots=True)
class Case:
    """A case that may be shown."""

    case_id: UUID
    reference: str
    restricted: bool


@dataclass(frozen=True, slots=True)
class Casebook:
    """Answers about cases, from a running service's parts."""

    parts: Parts[AuditSettings]

    async def case(self, reference: str, principal: Principal) -> Case:
        """The case that a reference names.

        Raises:
            Problem: 404 where there is none for this principal; 409 while audit hasn't read all that is recorded.
        """

        async def find() -> Case | None:
            found = await self.parts.pool.fetchrow(_BY_REFERENCE, reference)
            case = None if found is None else Case(found["case_id"], found["reference"], found["restricted"])
            return case if case is not None and may(principal, case) else None

        return await find_case(reference, find, self.parts.heard)

    async def timeline(self, case: Case, as_at: datetime | None, happened_by: datetime | None) -> Timeline:
        """The case's timeline, cut as asked."""
        rows = await case_rows(self.parts.pool, case.case_id)
        partition = rows[0].partition if rows else 0
        shown = cut(in_order(rows), as_at, happened_by)
        horizon, told = await asyncio.gather(
            self._horizon(case.case_id, partition),
            lines(self.parts.pool, self.parts.sealer, shown.shown),
        )
        return Timeline(case.reference, case.case_id, shown, completeness(rows, horizon), told)

    async def events(self, case: Case) -> list[LogRow]:
        """The case's events as they were received."""
        return in_order(await case_rows(self.parts.pool, case.case_id))

    async def note_access(self, principal: Principal, case: Case, what: str) -> None:
        """Writes down who looked."""
        await self.parts.store.record_access(principal.id, case.case_id, case.reference, what)

    async def _horizon(self, case_id: UUID, partition: int) -> Horizon:
        row = await self.parts.pool.fetchrow(_WAITING, case_id)
        assert row is not None
        positions = dict(zip(row["partitions"], row["offs"], strict=True))
        ends = [mark.offsets.get(partition, -1) + 1 for mark in self.parts.marks.marks.values()]
        mine = self.parts.subscriber.partitions.get(partition)
        if mine is not None and mine.highwater is not None:
            ends.append(mine.highwater)
        waiting = max(ends, default=0) - positions.get(partition, 0)
        stopped = (f"its partition is stopped: {mine.stopped}",) if mine is not None and mine.stopped else ()
        doubts = self.parts.marks.behind(positions, MARKS_WITHIN)
        return Horizon(max(0, waiting), row["parked"], row["held"], (*stopped, *doubts))
