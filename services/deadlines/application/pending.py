"""What was read of a case and not yet handed to its clocks."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from services.deadlines.domain.clock import TIMERS
from shared.kit import sql
from shared.kit.eventstore import Pool

TIMER_VERBS: Final = frozenset(timer.command.verb for timer in TIMERS)
_SQL: Final = sql.Statements(__package__)


async def facts_pending(pool: Pool, case_id: UUID) -> bool:
    """Whether the clocks of this case have something to hear: a timer waits for it, and a refusal."""
    found: bool = await pool.fetchval(_SQL.facts_pending, case_id, sorted(TIMER_VERBS))
    return found
