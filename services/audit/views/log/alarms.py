"""What must never happen and did: read for an answer and for the figures."""

from __future__ import annotations

from typing import Final

import asyncpg

from shared.kit import sql
from shared.kit.eventstore import Pool

_SQL: Final = sql.Statements(__package__)


async def newest_alarms(pool: Pool, limit: int) -> list[asyncpg.Record]:
    """Up to so many, the newest first."""
    return await pool.fetch(_SQL.newest_alarms, limit)


async def count_alarms(pool: Pool) -> int:
    return int(await pool.fetchval(_SQL.count_alarms))
