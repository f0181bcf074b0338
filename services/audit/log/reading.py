"""Rows of audit's log, read for answers and proofs."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from services.audit.log.rows import LogRow, log_row
from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.log import Connection

_CASE_ROWS: Final = sql.load(__package__, "sql/case_rows.sql")
_ROWS_AFTER: Final = sql.load(__package__, "sql/rows_after.sql")


async def case_rows(pool: Pool | Connection, case_id: UUID) -> list[LogRow]:
    """Every event of a case, in the order of its partition."""
    return [log_row(row) for row in await pool.fetch(_CASE_ROWS, case_id)]


async def rows_after(
    connection: Connection, partition: int, first: int, past: int, limit: int
) -> list[LogRow]:
    """Up to `limit` rows of a partition's tree from leaf `first` to before leaf `past`."""
    return [log_row(row) for row in await connection.fetch(_ROWS_AFTER, partition, first, past, limit)]
