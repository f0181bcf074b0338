"""What is known of the schools' terms stands in files, which may have changed while nobody was looking."""

from __future__ import annotations

from services.deadlines.application.dependencies import Dependencies
from services.deadlines.domain.calendar import STREAM
from services.deadlines.domain.calendar.owed import RecalculateAtSchools
from shared.contracts.ids import CALENDAR_KEY
from shared.kit.due import DueRow, insert_due
from shared.kit.events import command_id


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
