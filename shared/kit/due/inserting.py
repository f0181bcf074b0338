"""How a fold writes down what its service owes, in the fold's own transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from shared.kit import sql
from shared.kit.due.row import DueRow

_SQL: Final = sql.Statements(__package__)


async def insert_due(
    connection: asyncpg.Connection[Any] | PoolConnectionProxy[Any], rows: Sequence[DueRow], principal: str
) -> None:
    """Writes the rows that are neither there already nor done: `principal` (`service:<name>`) holds their receipts.

    A rebuild may call it for every event of the log. Rows of one key with one instant are done in this order.
    """
    if not rows:
        return
    await connection.execute(
        _SQL.insert_due,
        principal,
        [row.id for row in rows],
        [row.key for row in rows],
        [row.stream for row in rows],
        [row.command for row in rows],
        [json.dumps(row.payload) for row in rows],
        [row.due_at for row in rows],
        [row.correlation_id for row in rows],
        [row.causation_id for row in rows],
    )
