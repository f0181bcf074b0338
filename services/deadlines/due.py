"""What deadlines owes: the commands that its due rows hold, given to the clocks of their case."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from services.deadlines.application.deadlines import PRINCIPAL, Deadlines
from services.deadlines.domain.clock.arming import LAPSE, PASS_DUE, REMIND, TIMERS
from services.deadlines.domain.clock.circumstances import Circumstances
from services.deadlines.domain.clock.commands import (
    ClockCommand,
    Hear,
    Lapse,
    PassDue,
    Recalculate,
    RecordNotice,
    Remind,
)
from services.deadlines.domain.clock.decide import CLOCKS
from services.deadlines.reactor import (
    HEAR,
    RECALCULATE_AT_SCHOOLS,
    RECALCULATE_TOUCHED,
    RECORD_NOTICE,
    clock_stream,
)
from shared.contracts.deadlines import FactNoted
from shared.kit import sql
from shared.kit.due import DueRow
from shared.kit.events import command_id
from shared.kit.eventstore import Cause, Order, handle
from shared.rules.calendar.days import Nation, Region

_SQL: Final = "services.deadlines.application"
_FACTS_PENDING: Final = sql.load(_SQL, "sql/facts_pending.sql")
_NOBODY_TO_REMIND: Final = sql.load(_SQL, "sql/nobody_to_remind.sql")
_AT_SCHOOLS: Final = sql.load(_SQL, "sql/at_schools.sql")
_TOUCHED: Final = sql.load(_SQL, "sql/touched.sql")
_PAGE: Final = 200
_TOGETHER: Final = 8
_FIRST: Final = UUID(int=0)
_UNASSIGNED: Final = timedelta(seconds=5)
"""How often a reminder that is due looks whether its case has been assigned."""

Make = Callable[[Mapping[str, Any], Circumstances], ClockCommand]


class DueClocks:
    """Does a due row, and says whether it may be done now."""

    def __init__(self, deadlines: Deadlines) -> None:
        self._its = deadlines

    async def do(self, row: DueRow) -> None:
        """Gives a command that is due.

        Raises:
            LookupError: the command or the regime isn't known to this program; the row is parked.
        """
        if row.command == RECALCULATE_TOUCHED:
            await self._recalculate_touched(row)
            return
        if row.command == RECALCULATE_AT_SCHOOLS:
            await self._recalculate_each(row, _AT_SCHOOLS)
            return
        command = COMMANDS[row.command](row.payload, await self._its.circumstances())
        await self._handle(row.stream, row.key, command, self._owed(row, row.id, done=row.id))

    async def may_run(self, row: DueRow) -> bool | datetime:
        """Whether a row may be done now: timers wait for the log, reminders for the office to open and for somebody
        who can be reminded.

        While deadlines hasn't read up to every relay's mark, or hasn't yet heard what it has read of this case,
        nobody can say that something was missed.
        """
        if row.command not in TIMERS:
            return True
        if row.command == REMIND:
            now = self._its.now()
            opening = self._its.hours.opening(now, self._its.calendar.known)
            if opening > now:
                return opening
        if not await self._its.level():
            return False
        pending = await self._its.pool.fetchval(_FACTS_PENDING, row.key, sorted(TIMERS))
        if pending:
            return False
        return self._its.now() + _UNASSIGNED if await self._nobody_to_remind(row) else True

    async def _nobody_to_remind(self, row: DueRow) -> bool:
        if row.command != REMIND:
            return False
        which = row.key, row.payload["clock"], row.payload["occurrence"]
        found: bool = await self._its.pool.fetchval(_NOBODY_TO_REMIND, *which)
        return found

    async def _recalculate_touched(self, row: DueRow) -> None:
        """Recalculates every clock that a new bank holiday may move."""
        nation = Nation(row.payload["nation"])
        regions = [region.value for region in Region if nation in region.nations]
        on = date.fromisoformat(row.payload["on"])
        await self._recalculate_each(row, _TOUCHED, regions, on)

    async def _recalculate_each(self, row: DueRow, statement: str, *which: object) -> None:
        """Recalculates the cases that the statement finds, page by page until none is left."""
        after = _FIRST
        while page := await self._its.pool.fetch(statement, *which, after, _PAGE):
            cases = [found["case_id"] for found in page]
            for start in range(0, len(cases), _TOGETHER):
                async with asyncio.TaskGroup() as group:
                    for case in cases[start : start + _TOGETHER]:
                        group.create_task(self._recalculate(row, case))
            after = cases[-1]

    async def _recalculate(self, row: DueRow, case: UUID) -> None:
        command = Recalculate(now=await self._its.circumstances())
        stream = clock_stream(case)
        await self._handle(
            stream, case, command, self._owed(row, command_id("recalculate", str(row.id), stream))
        )

    def _owed(self, row: DueRow, identity: UUID, done: UUID | None = None) -> Order:
        return Order(
            cause=Cause(PRINCIPAL, row.correlation_id, row.causation_id),
            command_id=identity,
            happened_at=self._its.now(),
            done=done,
            refusal_is_final=True,
        )

    async def _handle(self, stream: str, key: UUID, command: ClockCommand, order: Order) -> None:
        await handle(self._its.store, CLOCKS, stream, key, command, order=order)


def _named(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {"clock": payload["clock"], "occurrence": payload["occurrence"]}


def _due_on(payload: Mapping[str, Any]) -> date:
    return date.fromisoformat(payload["due_on"])


COMMANDS: Final[Mapping[str, Make]] = {
    HEAR: lambda payload, now: Hear(now=now, fact=FactNoted.model_validate(payload["fact"])),
    RECORD_NOTICE: lambda payload, now: RecordNotice(
        now=now,
        **_named(payload),
        proposal=payload["proposal"],
        sent_on=date.fromisoformat(payload["sent_on"]),
        means=payload["means"],
    ),
    REMIND: lambda payload, now: Remind(
        now=now, **_named(payload), due_on=_due_on(payload), offset=payload["offset"]
    ),
    PASS_DUE: lambda payload, now: PassDue(now=now, **_named(payload), due_on=_due_on(payload)),
    LAPSE: lambda payload, now: Lapse(now=now, **_named(payload), proposal=payload["proposal"]),
}
"""What each kind of due row asks of the clocks, from its payload."""
