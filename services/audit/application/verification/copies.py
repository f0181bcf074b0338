"""The three copies of every event: what its service stored, what lies on the log, what audit keeps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

from services.audit.settings import AuditSettings
from services.audit.views.log.rows import LogRow, log_row, service_of
from shared.contracts.services import PUBLISHERS
from shared.kit import sql
from shared.kit.eventstore import Pool, Position, PostgresEventStore, StoredRow, connect_pool
from shared.kit.log import CASE_EVENTS, LogReader
from shared.kit.merkle import leaf_of

_SQL: Final = sql.Statements(__package__)
EventName = tuple[str, int]
"""Stream and version."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where audit keeps an event, and the record that it came in: one offset of one log, by its time."""

    partition: int
    leaf_index: int
    log_offset: int
    sent_at: int
    was_set_aside: bool
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class ReadUpTo:
    """How far audit has read a partition: the next offset, and the offsets that it has set aside."""

    offset: int = 0
    set_aside: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Copies:
    """The ways to all three.

    Attributes:
        stores: of each service, as the auditor.
        audit: audit's database, as the auditor.
        reading: audit's database as audit itself: how far it has read is known to it alone.
    """

    stores: Mapping[str, Pool]
    audit: Pool
    reading: Pool
    log: LogReader

    async def kept(self, names: Iterable[EventName]) -> dict[EventName, Kept]:
        wanted = list(names)
        rows = await self.audit.fetch(_SQL.kept, [stream for stream, _ in wanted], [v for _, v in wanted])
        return {(row["stream"], row["version"]): Kept(*row[2:]) for row in rows}

    async def kept_stream(self, stream: str) -> dict[int, LogRow]:
        """Audit's rows of a stream, by version."""
        rows = [log_row(row) for row in await self.audit.fetch(_SQL.stream_rows, stream)]
        return {row.envelope.version: row for row in rows}

    async def stored_stream(self, stream: str, source: str) -> dict[int, StoredRow]:
        """The rows of a stream in the table of the service that `source` names."""
        pool = self.stores.get(service_of(source))
        if pool is None:
            return {}
        rows = await PostgresEventStore(pool, source).stream_rows(stream)
        return {row.envelope.version: row for row in rows}

    async def read_up_to(self) -> dict[int, ReadUpTo]:
        return {
            row["partition"]: ReadUpTo(row["off"], frozenset(row["set_aside"]))
            for row in await self.reading.fetch(_SQL.positions)
        }

    async def published_up_to(self, service: str) -> Position:
        """The last row that the service's relay knows to be on the log."""
        row = await self.stores[service].fetchrow(_SQL.published, service)
        return Position(row["transaction_id"], row["notification_id"]) if row else Position(0, 0)


def stored_leaf(row: StoredRow) -> bytes:
    """The leaf that a stored row must have: its headers are made from its columns."""
    return leaf_of(row.envelope.headers(), row.state)


@asynccontextmanager
async def copies(settings: AuditSettings, topic: str = CASE_EVENTS) -> AsyncIterator[Copies]:
    """Opens all of them.

    Raises:
        ValueError: the environment doesn't say where one is.
        OSError, asyncpg.PostgresError, KafkaError: one can't be reached.
    """
    async with AsyncExitStack() as stack:

        async def opened(dsn: str) -> Pool:
            pool = await connect_pool(dsn, min_size=1, max_size=2, application_name="redress verify")
            stack.callback(pool.terminate)  # it only read: nothing is waited for
            return pool

        stores = {name: await opened(settings.auditor_url(name)) for name in PUBLISHERS}
        audit = await opened(settings.auditor_url("audit"))
        reading = await opened(settings.database_url)
        log = await stack.enter_async_context(LogReader(settings.kafka, topic))
        yield Copies(stores, audit, reading, log)
