"""What does the commands that deadlines owes, and when each may be done."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from services.deadlines.application.dependencies import Dependencies
from services.deadlines.application.recalculation import Recalculation
from services.deadlines.application.timers import Timers
from services.deadlines.domain.calendar.owed import RecalculateAtSchools, RecalculateTouched
from services.deadlines.domain.clock import OWED, clock_decider
from services.deadlines.domain.clock.recalculate import Recalculate
from shared.contracts.ids import clock_stream
from shared.kit.decider import Command
from shared.kit.due import DueRow, DueWork, Gate
from shared.kit.events import command_id
from shared.kit.eventstore import handle

PRINCIPAL: Final = "service:deadlines"


def due_work(dependencies: Dependencies) -> DueWork:
    """The handler of deadlines' due rows. A regime that this program doesn't have parks its row."""
    work = DueWork(dependencies.store, PRINCIPAL, dependencies.now)

    async def to_clocks(command: Command, row: DueRow) -> None:
        await work.give(row, clock_decider(await dependencies.given(row.key)), command)

    def each_of(row: DueRow) -> Recalculation:
        async def recalculate(case_id: UUID) -> None:
            stream = clock_stream(case_id)
            order = work.order(row, instead=command_id(Recalculate.verb, str(row.id), stream))
            rules = clock_decider(await dependencies.given(case_id))
            await handle(dependencies.store, rules, stream, case_id, Recalculate(), order=order)

        return Recalculation(dependencies.pool, recalculate)

    async def touched(command: RecalculateTouched, row: DueRow) -> None:
        await each_of(row).of_touched(command)

    async def at_schools(_: RecalculateAtSchools, row: DueRow) -> None:
        await each_of(row).at_schools()

    for each in OWED:
        work.on(each.command, to_clocks)
    work.on(RecalculateTouched, touched)
    work.on(RecalculateAtSchools, at_schools)
    return work


def gate(dependencies: Dependencies) -> Gate:
    """When a row may be done."""
    return Timers(dependencies).may_run
