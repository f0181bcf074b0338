"""Rows of audit's log, and reading them for answers, proofs and comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg

from shared.kit import sql
from shared.kit.events import Envelope
from shared.kit.eventstore import Pool
from shared.kit.log import Connection

_SQL: Final = sql.Statements(__package__)
_ENVELOPE: Final = (
    11  # the first columns of every statement that reads rows, in the order of Envelope's fields
)


@dataclass(frozen=True, slots=True)
class LogRow:
    """An event as audit keeps it.

    Attributes:
        envelope: from the columns, which the headers must agree with.
        partition, log_offset: where it was first met.
        leaf_index: its place in the tree of its partition.
        headers: packed, as received; `value` as received.
        case_count, case_chain: the head of its case after it.
    """

    envelope: Envelope
    partition: int
    log_offset: int
    leaf_index: int
    headers: bytes
    value: bytes
    leaf_hash: bytes
    case_count: int
    case_chain: bytes
    received_at: datetime

    @property
    def key(self) -> UUID:
        return self.envelope.key


def service_of(source: str) -> str:
    """`intake` for `/redress/intake`."""
    return source.removeprefix("/redress/")


def log_row(row: asyncpg.Record) -> LogRow:
    return LogRow(Envelope(*row[:_ENVELOPE]), *row[_ENVELOPE:])


async def case_rows(pool: Pool | Connection, case_id: UUID) -> list[LogRow]:
    """Every event of a case, in the order of its partition."""
    return [log_row(row) for row in await pool.fetch(_SQL.case_rows, case_id)]


async def rows_after(
    connection: Connection, partition: int, first: int, past: int, limit: int
) -> list[LogRow]:
    """Up to `limit` rows of a partition's tree from leaf `first` to before leaf `past`."""
    return [log_row(row) for row in await connection.fetch(_SQL.rows_after, partition, first, past, limit)]
