"""What a poller does to the rows that it claimed. Each is one statement, and touches only what it still holds."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, Final
from uuid import UUID, uuid4

from shared.kit import sql
from shared.kit.due.row import DueRow
from shared.kit.eventstore import Pool

_SQL: Final = sql.Statements(__package__)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row in a poller's hands; `attempts` counts this claim, `failures` the errors so far."""

    row: DueRow
    attempts: int
    failures: int


class Claims:
    """The claims of one poller, under a lease that nobody else has."""

    def __init__(self, pool: Pool, principal: str, lease: timedelta) -> None:
        self._pool = pool
        self._principal = principal
        self._token = uuid4()
        self.lease = lease

    async def claim(self, limit: int, except_keys: Collection[UUID]) -> list[Claimed]:
        """Up to `limit` ripe rows of none of those keys, in the order in which a key's rows are done."""
        rows = await self._pool.fetch(
            _SQL.claim,
            limit,
            self.lease,
            self._token,
            list(except_keys),
            timeout=self.lease.total_seconds(),
        )
        return [
            Claimed(
                DueRow(
                    id=row["id"],
                    key=row["key"],
                    stream=row["stream"],
                    command=row["command"],
                    payload=json.loads(row["payload"]),
                    due_at=row["due_at"],
                    correlation_id=row["correlation_id"],
                    causation_id=row["causation_id"],
                ),
                row["attempts"],
                row["failures"],
            )
            for row in sorted(rows, key=itemgetter("turn_at", "position"))
        ]

    async def renew(self, ids: Sequence[UUID]) -> None:
        """Keeps these for another lease."""
        await self._pool.execute(_SQL.renew, ids, self._token, self.lease)

    async def release(self, ids: Sequence[UUID], pause: timedelta) -> None:
        """Gives these back; the claim doesn't count as an attempt."""
        await self._pool.execute(_SQL.release, ids, self._token, pause)

    async def hold(self, row: UUID, pause: timedelta) -> None:
        """Gives it back, behind its key's ripe rows; the claim doesn't count as an attempt."""
        await self._pool.execute(_SQL.hold, row, self._token, pause)

    async def postpone(self, row: UUID, until: datetime) -> None:
        """Owes it from `until` on; the claim doesn't count as an attempt."""
        await self._pool.execute(_SQL.postpone, row, self._token, until)

    async def fail(self, row: UUID, error: str, pause: timedelta) -> None:
        """Keeps the error; the next try comes after a pause."""
        await self._pool.execute(_SQL.fail, row, self._token, pause, error)

    async def park(self, row: UUID, error: str) -> bool:
        """Takes it out until it is replayed. False: somebody else holds it by now."""
        return await self._pool.fetchval(_SQL.park, row, self._token, error) is not None

    async def finish(self, row: UUID, answer: dict[str, Any]) -> None:
        """Deletes it, if it is still there, and then leaves its receipt."""
        await self._pool.execute(_SQL.finish, self._principal, row, json.dumps(answer))

    async def seconds_to_next(self) -> float | None:
        """Until the next row is ripe; None: there is none."""
        seconds: float | None = await self._pool.fetchval(_SQL.next_claim)
        return seconds
