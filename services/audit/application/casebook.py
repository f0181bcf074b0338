"""What audit answers about a case: its timeline, its raw events, and what people were called."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from services.audit.application.timeline.answer import Timeline
from services.audit.application.timeline.completeness import Horizon, completeness
from services.audit.application.timeline.cut import cut
from services.audit.application.timeline.lines import lines
from services.audit.application.timeline.names import NamesThen, person_of
from services.audit.application.timeline.opened import open_events
from services.audit.application.timeline.order import in_order
from services.audit.settings import AuditSettings
from services.audit.views.log.rows import LogRow, case_rows
from services.audit.views.names import names_of
from shared.casework.cases import Cases, command_marks
from shared.casework.known_cases import CaseRow, by_reference
from shared.kit import sql
from shared.kit.runtime import Parts

MARKS_WITHIN: Final = timedelta(seconds=60)
"""A service whose mark is older may have recorded what audit can't know of."""

_SQL: Final = sql.Statements(__package__)


@dataclass(frozen=True, slots=True)
class Casebook:
    """Answers about cases, from a running service's parts."""

    parts: Parts[AuditSettings]
    cases: Cases[CaseRow]

    async def timeline(self, case: CaseRow, as_at: datetime | None, happened_by: datetime | None) -> Timeline:
        rows = await case_rows(self.parts.pool, case.case_id)
        partition = rows[0].partition if rows else 0
        shown = cut(in_order(rows), as_at, happened_by)
        horizon, told = await asyncio.gather(
            self._horizon(case.case_id, partition),
            lines(self.parts.pool, self.parts.sealer, shown.shown),
        )
        return Timeline(case.reference, case.case_id, shown, completeness(rows, horizon), told)

    async def events(self, case: CaseRow) -> list[LogRow]:
        return in_order(await case_rows(self.parts.pool, case.case_id))

    async def names(self, principals: Iterable[str]) -> Callable[[datetime], NamesThen]:
        """What these were called at any moment."""
        people = {person for each in principals if (person := person_of(each)) is not None}
        known = await names_of(self.parts.pool, (), people)
        _, texts = await open_events(self.parts.sealer, (), (), known.sealed())
        return partial(NamesThen, known, texts)

    async def _horizon(self, case_id: UUID, partition: int) -> Horizon:
        offsets = await self.parts.subscriber.offsets()
        row = await self.parts.pool.fetchrow(_SQL.waiting, case_id)
        assert row is not None
        here = offsets[partition].offset if partition in offsets else 0
        marks = self.parts.marks.marks.values()
        ends = [mark.ends[partition].offset + 1 for mark in marks if partition in mark.ends]
        mine = self.parts.subscriber.partitions.get(partition)
        if mine is not None and mine.highwater is not None:
            ends.append(mine.highwater)
        waiting = max(ends, default=0) - here
        stopped = (f"its partition is stopped: {mine.stopped}",) if mine is not None and mine.stopped else ()
        doubts = self.parts.marks.behind(offsets, MARKS_WITHIN)
        return Horizon(max(0, waiting), row["parked"], row["held"], (*stopped, *doubts))


def casebook(parts: Parts[AuditSettings]) -> Casebook:
    look_up = partial(by_reference, parts.pool, CaseRow)
    return Casebook(parts, Cases(parts.store, look_up, command_marks(parts.master), parts.heard))
