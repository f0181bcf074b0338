"""A row of audit's log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg

from shared.kit.events import Envelope

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
        """Whose event it is."""
        return self.envelope.key


def log_row(row: asyncpg.Record) -> LogRow:
    """A row as every statement of this package selects it."""
    return LogRow(Envelope(*row[:_ENVELOPE]), *row[_ENVELOPE:])
