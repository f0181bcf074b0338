"""Connections to a service's database, with the limits that keep every relay flowing."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from shared.kit import sql
from shared.kit.eventstore.errors import UnsafeServer

_SQL: Final = sql.Statements(__package__)

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"

LIMITS: Final = {
    "idle_in_transaction_session_timeout": "10s",
    "statement_timeout": "10s",
    "lock_timeout": "5s",
}
"""A transaction that holds an id, left open in any database of the server, holds back every relay."""

_SEARCH_PATH: Final = "views, public"
"""Unqualified names are those of the live views first: a fold needn't say so in a round trip of its own."""

_FIRST_WITH_TRANSACTION_TIMEOUT: Final = 170000


async def connect_pool(
    dsn: str,
    *,
    min_size: int = 2,
    max_size: int = 10,
    application_name: str = "redress",
) -> Pool:
    """A pool whose sessions carry the limits, on a server that keeps what it acknowledges.

    A connection goes back to the pool as it is, without asyncpg's own round trip of resets (an open transaction is
    still rolled back): so set nothing for a session on it, only `SET LOCAL` in a transaction, and listen and hold
    advisory locks on a connection of your own.

    Raises:
        UnsafeServer: `fsync` or `synchronous_commit` is off.
        OSError, asyncpg.PostgresError: the server can't be reached.
    """
    settings = await limits_for(dsn)
    pool = _QuickPool(
        dsn,
        connection_class=asyncpg.Connection,
        record_class=asyncpg.Record,
        min_size=min_size,
        max_size=max_size,
        max_queries=1_000_000,
        max_inactive_connection_lifetime=0,  # else every release sets a timer
        reset=_leave_as_it_is,
        loop=None,
        server_settings={"application_name": application_name, "search_path": _SEARCH_PATH, **settings},
    )
    await pool
    return pool


async def limits_for(dsn: str) -> dict[str, str]:
    """The limits that this server knows, after a look at whether it is safe; for connections outside a pool, too.

    Raises:
        UnsafeServer: `fsync` or `synchronous_commit` is off.
    """
    connection = await asyncpg.connect(dsn)
    try:
        server = await connection.fetchrow(_SQL.server_settings)
    finally:
        await connection.close()
    assert server is not None
    for setting in ("fsync", "synchronous_commit"):
        if server[setting] == "off":
            raise UnsafeServer(setting, server[setting])
    if server["version"] >= _FIRST_WITH_TRANSACTION_TIMEOUT:
        return {**LIMITS, "transaction_timeout": "10s"}
    return dict(LIMITS)


async def _leave_as_it_is(connection: asyncpg.Connection[Any]) -> None:
    """Nothing to undo: see `connect_pool`."""


class _QuickPool(asyncpg.Pool):
    """Takes a connection back without a task of its own, which would cost as much as a small statement.

    The holder's `release` is what `Pool.release` wraps in that task: it rolls back an open transaction, and closes the
    connection if it is cancelled meanwhile.
    """

    async def release(self, connection: PoolConnectionProxy[Any], *, timeout: float | None = None) -> None:
        proxy: Any = connection
        if proxy._con is None:  # noqa: SLF001
            return
        proxy._con._on_release()  # noqa: SLF001
        await proxy._holder.release(timeout)  # noqa: SLF001
