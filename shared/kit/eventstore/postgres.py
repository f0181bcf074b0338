"""The event store on PostgreSQL: one statement an append, no table lock, no gap for a reader."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg
from eventsourcing.persistence import StoredEvent

from shared.kit import sql
from shared.kit.events import Envelope, Event, Recorded, UnknownEvent
from shared.kit.eventstore.appending import Append, receipt_columns
from shared.kit.eventstore.errors import AlreadyDone, OutOfOrder, ReferenceTaken
from shared.kit.eventstore.mapper import ContractMapper
from shared.kit.eventstore.model import Cause, CommandReceipt, Position, ReferenceRow, StoredRow, StreamWrite
from shared.kit.eventstore.outage import LOST, TURNED_BACK, Outage
from shared.kit.eventstore.pool import Pool
from shared.kit.eventstore.preparing import Preparer
from shared.kit.eventstore.store import Seals

_SQL: Final = sql.Statements(__package__)
_TRIES: Final = 20
_ENVELOPE: Final = 11  # the first columns of a row, in the order of Envelope's fields


class PostgresEventStore:
    """An `EventStore` in the service's own database.

    Args:
        pool: from `connect_pool`; nothing else may be open on a connection that it gives.
        source: the service, such as `/redress/intake`.
        sealer: seals personal data before it is stored; without one, an event that holds any is refused.
        announce: called after each commit that added events, to wake the relay; it must return at once.
        patience: how many seconds a lost connection is tried again.
    """

    def __init__(
        self,
        pool: Pool,
        source: str,
        sealer: Seals | None = None,
        *,
        announce: Callable[[], None] | None = None,
        patience: float = 10.0,
    ) -> None:
        self._pool = pool
        self._source = source
        self._sealer = sealer
        self._announce = announce
        self._patience = patience
        self._mapper = ContractMapper()

    async def load(self, stream: str, after: int = 0) -> tuple[Recorded[Event | UnknownEvent], ...]:
        rows = await self._fetch(_SQL.load, stream, after)
        return tuple(self._recorded(Envelope(*row[:_ENVELOPE]), row[_ENVELOPE]) for row in rows)

    async def append(
        self,
        writes: Sequence[StreamWrite],
        cause: Cause,
        *,
        receipt: CommandReceipt | None = None,
        done: UUID | None = None,
        reference: ReferenceRow | None = None,
    ) -> tuple[Recorded[Event], ...]:
        rows = await Preparer(self._source, cause, self._sealer).rows(writes)
        append = Append(tuple(writes), rows, self._source, cause, receipt, done, reference)
        recorded = await self._append(append)
        if recorded and self._announce is not None:
            self._announce()
        return recorded

    async def _append(self, append: Append) -> tuple[Recorded[Event], ...]:
        statement, arguments = append.statement()
        outage = Outage(self._patience)
        for _ in range(_TRIES):
            try:
                verdict = await self._send(statement, arguments, outage)
            except asyncpg.UniqueViolationError as taken:
                return await self._explain(append, taken, outage)
            except TURNED_BACK:
                continue
            if not verdict["expected"]:
                return await self._first_answer(append, outage) or append.refuse(verdict["actual"])
            if verdict["settled"]:
                return append.recorded(verdict["recorded_at"])
        raise OutOfOrder(append.streams)

    async def receipt(self, principal: str, command_id: UUID) -> CommandReceipt | None:
        rows = await self._fetch(_SQL.receipt, principal, command_id)
        if not rows:
            return None
        return CommandReceipt(principal, command_id, rows[0]["body_hmac"], json.loads(rows[0]["answer"]))

    async def settle(self, receipt: CommandReceipt, done: UUID | None = None) -> None:
        await self._fetch(_SQL.settle, *receipt_columns(receipt), done)

    async def read_after(self, position: Position, limit: int) -> tuple[StoredRow, ...]:
        """Up to `limit` rows after a position, in reading order, none ever missed."""
        rows = await self._fetch(_SQL.read_after, position.transaction_id, position.notification_id, limit)
        return tuple(map(_stored_row, rows))

    async def stream_rows(
        self, stream: str, first: int = 1, last: int | None = None
    ) -> tuple[StoredRow, ...]:
        """The rows of a stream from version `first` to `last`, as they were stored."""
        rows = await self._fetch(_SQL.stream_rows, stream, first, 2**62 if last is None else last)
        return tuple(map(_stored_row, rows))

    async def find_reference(self, reference: str) -> ReferenceRow | None:
        rows = await self._fetch(_SQL.find_reference, reference)
        return ReferenceRow(reference, rows[0]["stream"], rows[0]["key"]) if rows else None

    async def allocate_reference_number(self, year: int) -> int:
        """The next number of that year, for ever taken: one that isn't used leaves a gap."""
        rows = await self._fetch(_SQL.allocate_reference_number, year)
        number: int = rows[0]["number"]
        return number

    async def record_access(
        self, principal: str, key: UUID, reference: str | None, what: str, *, refused: bool = False
    ) -> None:
        """Writes down that `principal` looked at `what` (such as `timeline`) of the case `key`, or was refused it."""
        await self._fetch(_SQL.record_access, principal, key, reference, what, refused)

    async def _send(self, statement: str, arguments: tuple[Any, ...], outage: Outage) -> asyncpg.Record:
        while True:
            try:
                async with self._pool.acquire() as connection:
                    row = await connection.fetchrow(statement, *arguments)
            except LOST as lost:
                await outage.wait(lost)
            else:
                assert row is not None
                return row

    async def _fetch(self, statement: str, *arguments: Any) -> list[asyncpg.Record]:
        outage = Outage(self._patience)
        while True:
            try:
                async with self._pool.acquire() as connection:
                    return await connection.fetch(statement, *arguments)
            except LOST as lost:
                await outage.wait(lost)

    async def _explain(
        self, append: Append, taken: asyncpg.UniqueViolationError, outage: Outage
    ) -> tuple[Recorded[Event], ...]:
        """What a unique violation means: our own lost answer, a repeat, another writer, or a taken reference."""
        first = await self._first_answer(append, outage)
        if first is not None:
            return first
        if append.reference is not None and taken.constraint_name == "case_references_pkey":
            raise ReferenceTaken(append.reference.reference) from taken
        return append.refuse([row["version"] for row in await self._fetch(_SQL.versions, append.streams)])

    async def _first_answer(self, append: Append, outage: Outage) -> tuple[Recorded[Event], ...] | None:
        """The events, if a try whose answer was lost has stored them; None if nothing says that it was done.

        Raises:
            AlreadyDone: the command was done before, by another call.
        """
        if outage.happened and append.rows:
            places = [row.envelope for row in append.rows]
            stored = [await self.stream_rows(place.stream, place.version, place.version) for place in places]
            mine = append.found_in([row for one in stored for row in one])
            if mine is not None:
                return mine
        if append.receipt is None:
            return None
        first = await self.receipt(append.receipt.principal, append.receipt.command_id)
        if first is not None:
            raise AlreadyDone(first)
        return None

    def _recorded(self, envelope: Envelope, state: bytes) -> Recorded[Event | UnknownEvent]:
        stored = StoredEvent(envelope.stream, envelope.version, envelope.wire_name, state)
        return Recorded(envelope, self._mapper.to_domain_event(stored).event)


def _stored_row(row: asyncpg.Record) -> StoredRow:
    return StoredRow(
        Envelope(*row[:_ENVELOPE]), row[_ENVELOPE], Position(row["transaction_id"], row["notification_id"])
    )
