"""How a fold writes down what its service owes, in the fold's own transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from shared.kit.due import statements
from shared.kit.due.row import DueRow


async def insert_due(
    connection: asyncpg.Connection[Any] | PoolConnectionProxy[Any], rows: Sequence[DueRow], principal: str
) -> None:
    """Writes the rows that are neither there already nor done: `principal` (`service:<name>`) holds their receipts.

    A rebuild may call it for every event of the log.
    """
    if not rows:
        return
    ordered = sorted(rows, key=lambda row: row.id)
    await connection.execute(
        statements.INSERT,
        principal,
        [row.id for row in ordered],
        [row.key for row in ordered],
        [row.stream for row in ordered],
        [row.command for row in ordered],
        [json.dumps(row.payload) for row in ordered],
        [row.due_at for row in ordered],
        [row.correlation_id for row in ordered],
        [row.causation_id for row in ordered],
    )
