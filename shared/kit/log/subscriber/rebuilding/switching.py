"""Puts rebuilt views in the place of the live ones, in one transaction, or says why not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.log.subscriber.folding import positions
from shared.kit.log.subscriber.rebuilding.comparing import Compared, compare
from shared.kit.log.subscriber.views.view import Connection, View

_SQL: Final = sql.Statements("shared.kit.log.subscriber")
CatchUp = Callable[[Mapping[int, int]], Awaitable[None]]


class SwitchRefused(Exception):
    """The rebuilt views don't take the live ones' place; `reasons` says why, one sentence each."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True, slots=True)
class Switch:
    """A switch to be made.

    Attributes:
        views: those that were rebuilt; `everything`: they are all that the service has.
        accept_changes: a changed view may say other things in the columns that it had before.
    """

    pool: Pool
    views: Sequence[View]
    everything: bool
    accept_changes: bool

    async def make(self, catch_up: CatchUp) -> tuple[Compared, ...]:
        """Holds the live positions, has the rebuilt ones brought to them, compares and switches.

        Args:
            catch_up: folds into the rebuilt views up to exactly these positions.

        Raises:
            SwitchRefused: they aren't the same.
        """
        async with self.pool.acquire() as connection, connection.transaction():
            # A table lock takes no transaction id, so no relay waits while tables are compared.
            await connection.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '30s'")
            await connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            if await connection.fetchval("SHOW server_version_num") >= "170000":
                await connection.execute("SET LOCAL transaction_timeout = 0")
            await connection.execute(f"LOCK TABLE {positions.LIVE}.partition_positions IN EXCLUSIVE MODE")
            await catch_up(await _positions(connection, positions.LIVE))
            await connection.execute(f"LOCK TABLE {positions.NEXT}.partition_positions IN EXCLUSIVE MODE")
            compared = await compare(connection, self.views)
            reasons = await self._reasons(connection, compared)
            if reasons:
                raise SwitchRefused(reasons)
            await self._put_in_place(connection)
        return compared

    async def _reasons(self, connection: Connection, compared: Sequence[Compared]) -> list[str]:
        reasons = []
        live, rebuilt = [await _positions(connection, schema) for schema in (positions.LIVE, positions.NEXT)]
        if live != rebuilt:
            reasons.append(f"the positions differ: live {live}, rebuilt {rebuilt}")
        was_parked = await _parked(connection, positions.LIVE)
        parked = await _parked(connection, positions.NEXT)
        if parked - was_parked:
            keys = ", ".join(map(str, sorted(parked - was_parked)))
            reasons.append(f"parked in the rebuild and not in the live views: {keys}")
        if not self.everything and (was_parked or parked):
            reasons.append("cases are parked: replay them, or rebuild all views")
        # What was parked in the live views and isn't any more differs, and should.
        repaired = bool(was_parked - parked)
        for each in compared:
            may_differ = repaired or (self.accept_changes and not each.same_shape)
            if not each.equal and not may_differ:
                reasons.append(str(each))
        return reasons

    async def _put_in_place(self, connection: Connection) -> None:
        await positions.enter(connection, positions.LIVE)
        old = {row["name"]: row["tables"] for row in await connection.fetch(_SQL.view_versions)}
        names = old if self.everything else [view.name for view in self.views]
        for table in {table for name in names for table in old.get(name, [])}:
            await connection.execute(f'DROP TABLE IF EXISTS {positions.LIVE}."{table}" CASCADE')
        tables = [table for view in self.views for table in view.tables]
        if self.everything:
            for table in positions.LEDGER_TABLES:
                await connection.execute(f"DROP TABLE {positions.LIVE}.{table}")
            tables += positions.LEDGER_TABLES
            await connection.execute(_SQL.forget_view_versions)
        for table in tables:
            await connection.execute(f'ALTER TABLE {positions.NEXT}."{table}" SET SCHEMA {positions.LIVE}')
        for view in self.views:
            await connection.execute(_SQL.set_view_version, view.name, view.version, list(view.tables))
        await connection.execute(f"DROP SCHEMA {positions.NEXT} CASCADE")


async def _positions(connection: Connection, schema: str) -> dict[int, int]:
    await positions.enter(connection, schema)
    return await positions.positions(connection)


async def _parked(connection: Connection, schema: str) -> set[UUID]:
    await positions.enter(connection, schema)
    return {row["key"] for row in await connection.fetch(_SQL.parked_keys)}
