"""From a change of the calendar to every case that it may move, a few at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from services.deadlines.domain.calendar.owed import RecalculateTouched
from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.rules.calendar.days import Region

_SQL: Final = sql.Statements(__package__)
_PAGE: Final = 200
_TOGETHER: Final = 8
_FIRST: Final = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Recalculation:
    """Which cases are looked at again, and what looks (`recalculate`, with a case's id)."""

    pool: Pool
    recalculate: Callable[[UUID], Awaitable[object]]

    async def of_touched(self, command: RecalculateTouched) -> None:
        """Every case with a clock that the new bank holiday may move."""
        regions = [region.value for region in Region if command.nation in region.nations]
        await self._each(_SQL.touched, regions, command.on)

    async def at_schools(self) -> None:
        """Every open case about a school."""
        await self._each(_SQL.at_schools)

    async def _each(self, statement: str, *arguments: Any) -> None:
        after = _FIRST
        while True:
            rows = await self.pool.fetch(statement, *arguments, after, _PAGE)
            cases = [row["case_id"] for row in rows]
            if not cases:
                return
            for start in range(0, len(cases), _TOGETHER):
                async with asyncio.TaskGroup() as group:
                    for case in cases[start : start + _TOGETHER]:
                        group.create_task(_awaited(self.recalculate(case)))
            after = cases[-1]


async def _awaited(work: Awaitable[object]) -> None:
    await work
