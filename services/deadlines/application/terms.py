"""What is known of the schools' terms stands in files, which may have changed while nobody was looking."""

from __future__ import annotations

from services.deadlines.application.deadlines import PRINCIPAL, Deadlines
from services.deadlines.domain.calendar import STREAM
from services.deadlines.reactor import RECALCULATE_AT_SCHOOLS
from shared.contracts.ids import CALENDAR_KEY
from shared.kit.due import DueRow, insert_due
from shared.kit.events import command_id


async def owe_new_terms(deadlines: Deadlines) -> None:
    """Owes a look at every open case about a school: once at each start, whatever the files say now."""
    now = deadlines.now()
    identity = command_id(RECALCULATE_AT_SCHOOLS, now.isoformat())
    row = DueRow(
        id=identity,
        key=CALENDAR_KEY,
        stream=STREAM,
        command=RECALCULATE_AT_SCHOOLS,
        payload={},
        due_at=now,
        correlation_id=identity,
        causation_id=identity,
    )
    async with deadlines.pool.acquire() as connection:
        await insert_due(connection, [row], PRINCIPAL)
