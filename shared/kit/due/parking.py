"""What is owed, what is late, what is parked, and how a parked row is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from shared.kit import sql
from shared.kit.eventstore import Pool

_SQL: Final = sql.Statements(__package__)


@dataclass(frozen=True, slots=True)
class DueCounts:
    """Rows waiting, of those ripe now and more than a minute past their instant, and parked."""

    waiting: int
    ripe: int
    late: int
    parked: int


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A row that failed for good, and why."""

    id: UUID
    key: UUID
    stream: str
    command: str
    due_at: datetime
    parked_at: datetime
    failures: int
    error: str


async def due_counts(pool: Pool) -> DueCounts:
    """How much due work there is, for metrics and alarms."""
    row = await pool.fetchrow(_SQL.counts)
    assert row is not None
    return DueCounts(*row)


async def parked_rows(pool: Pool) -> tuple[ParkedRow, ...]:
    """The parked rows, oldest first."""
    return tuple(ParkedRow(*row) for row in await pool.fetch(_SQL.parked))


async def replay_parked(pool: Pool, key: UUID) -> int:
    """Lets the parked rows of a key be tried again, after what they failed on is repaired; gives their number."""
    return len(await pool.fetch(_SQL.replay, key))
