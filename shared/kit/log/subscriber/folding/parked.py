"""The keys that wait for a repair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from shared.kit import sql
from shared.kit.eventstore import Pool

_SQL: Final = sql.Statements("shared.kit.log.subscriber")


@dataclass(frozen=True, slots=True)
class ParkedKey:
    """A key whose events can't be folded: since when, why, and how many wait."""

    key: UUID
    partition: int
    error: str
    parked_at: datetime
    waiting: int


async def parked_keys(pool: Pool) -> tuple[ParkedKey, ...]:
    """The parked keys of the live views, oldest first."""
    return tuple(ParkedKey(*row) for row in await pool.fetch(_SQL.parked_list))
