"""Whether reading in order met every row of a store: one that it misses is one that no relay sends."""

from __future__ import annotations

from typing import Final

from services.audit.application.verification.report import Fault, Report
from shared.kit import sql
from shared.kit.eventstore import Pool, Position

_SQL: Final = sql.Statements(__package__)
_BEFORE_ALL: Final = -(2**63)
_ROWS: Final = 500_000
"""So many are counted in one statement, which no limit on statements stops."""
_NAMED: Final = 100


async def count_every_row(pool: Pool, table: str, read: int, upto: Position, report: Report) -> None:
    """Counts all rows of a store, by another index than they are read by, and names those that can never be read.

    Args:
        table: such as `intake's table`.
        read: how many rows were read in order, the last one at `upto`.
    """
    rows, within, number = 0, 0, _BEFORE_ALL
    while page := await pool.fetchrow(
        _SQL.count_rows, number, _ROWS, upto.transaction_id, upto.notification_id
    ):
        rows, within = rows + page["rows"], within + page["read"]
        if page["rows"] < _ROWS:
            break
        number = page["last"]
    never = await pool.fetch(_SQL.never_sent, _NAMED + 1)
    report.rows += rows
    report.unpublished += max(0, rows - within - len(never))
    if within != read:
        detail = f"{within} rows stand there, and reading them in order meets {read}"
        report.faults.append(Fault(table, "changed", detail=detail))
    for row in never[:_NAMED]:
        detail = f"no relay sends it: transaction {row['transaction_id']} was never given out"
        report.faults.append(Fault(table, "added", row["stream"], row["version"], detail=detail))
    if len(never) > _NAMED:
        report.faults.append(Fault(table, "added", detail="and more rows that no relay sends"))
