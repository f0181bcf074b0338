"""One append, from its statement's arguments to what its answer means."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NoReturn
from uuid import UUID

from shared.kit import sql
from shared.kit.events import Event, Recorded
from shared.kit.eventstore.errors import Conflict
from shared.kit.eventstore.model import Cause, CommandReceipt, ReferenceRow, StoredRow, StreamWrite
from shared.kit.eventstore.preparing import Prepared

_SQL: Final = sql.Statements(__package__)
_NO_RECEIPT: Final = (None, None, None, None)


@dataclass(frozen=True, slots=True)
class Append:
    """Everything that one statement writes. Sending it again sends the same bytes."""

    writes: tuple[StreamWrite, ...]
    rows: tuple[Prepared, ...]
    source: str
    cause: Cause
    receipt: CommandReceipt | None
    done: UUID | None
    reference: ReferenceRow | None

    @property
    def streams(self) -> list[str]:
        """The streams written, in the order given."""
        return [write.stream for write in self.writes]

    @property
    def in_lock_order(self) -> list[Prepared]:
        """The rows as they are inserted: by stream, so that two appends to the same two can't deadlock."""
        return sorted(self.rows, key=lambda row: row.envelope.stream)

    def statement(self) -> tuple[str, tuple[Any, ...]]:
        if len(self.rows) == len(self.writes) == 1 and self.reference is None:
            return _SQL.append_one, self._of_one(self.rows[0])
        rows = self.in_lock_order
        return _SQL.append, (
            self.streams,
            [write.expected_version for write in self.writes],
            [row.envelope.stream for row in rows],
            [row.envelope.version for row in rows],
            [row.envelope.wire_name for row in rows],
            [row.state for row in rows],
            [row.envelope.event_id for row in rows],
            [row.envelope.key for row in rows],
            [row.envelope.happened_at for row in rows],
            self.source,
            self.cause.principal,
            self.cause.correlation_id,
            self.cause.causation_id,
            *(_NO_RECEIPT if self.receipt is None else receipt_columns(self.receipt)),
            *((None,) * 3 if self.reference is None else _reference_columns(self.reference)),
            self.done,
        )

    def _of_one(self, row: Prepared) -> tuple[Any, ...]:
        envelope = row.envelope
        return (
            envelope.stream,
            self.writes[0].expected_version,
            envelope.wire_name,
            row.state,
            envelope.event_id,
            envelope.key,
            envelope.happened_at,
            self.source,
            self.cause.principal,
            self.cause.correlation_id,
            self.cause.causation_id,
            *(_NO_RECEIPT if self.receipt is None else receipt_columns(self.receipt)),
            self.done,
        )

    def recorded(self, times: Sequence[datetime] | None) -> tuple[Recorded[Event], ...]:
        """The events as recorded at `times`, which come in the order of insertion; in the order given."""
        if times is None:
            return ()
        if len(self.rows) == 1:
            return (self.rows[0].recorded(times[0]),)
        at = dict(zip((row.envelope.event_id for row in self.in_lock_order), times, strict=True))
        return tuple(row.recorded(at[row.envelope.event_id]) for row in self.rows)

    def found_in(self, stored: Sequence[StoredRow]) -> tuple[Recorded[Event], ...] | None:
        """The events, if these stored rows are the very ones that this append sent; else None.

        Event ids can't tell: they are derived from stream and version. The sealed bytes, the times and the cause do.
        """
        if len(stored) != len(self.rows):
            return None
        mine = tuple(
            row.recorded(there.envelope.recorded_at) for row, there in zip(self.rows, stored, strict=True)
        )
        same = all(
            one.envelope == there.envelope and row.state == there.state
            for one, row, there in zip(mine, self.rows, stored, strict=True)
        )
        return mine if same else None

    def refuse(self, actual: Sequence[int]) -> NoReturn:
        """Names the first stream that stands elsewhere than expected.

        Raises:
            Conflict: always.
        """
        places = list(zip(self.writes, actual, strict=True))
        write, version = next((place for place in places if place[0].expected_version != place[1]), places[0])
        raise Conflict(write.stream, write.expected_version, version)


def _json(answer: Mapping[str, Any]) -> str:
    return json.dumps(answer if isinstance(answer, dict) else dict(answer))


def receipt_columns(receipt: CommandReceipt) -> tuple[str, UUID, bytes, str]:
    """A receipt as its columns, in the order of the statements."""
    return receipt.principal, receipt.command_id, receipt.body_hmac, _json(receipt.answer)


def _reference_columns(reference: ReferenceRow) -> tuple[str, str, UUID]:
    return reference.reference, reference.stream, reference.key
