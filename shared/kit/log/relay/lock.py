"""The lock that makes one relay of many the one that publishes, and tells it when it no longer is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

import asyncpg

PING_EVERY: Final = 1.0
IDLE_LIMIT: Final = 4.0
"""Seconds after which the server ends a lock connection that says nothing: a frozen relay loses its lock."""

TRY_LOCK: Final = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))"
_TRY_EVERY: Final = 0.25


class LockLost(Exception):
    """The lock's connection is gone or was silent for too long: somebody else may be relaying."""


class LockConnection:
    """The connection that holds the advisory lock. Its statements take turns with the pings."""

    def __init__(self, connection: asyncpg.Connection[Any]) -> None:
        self._connection = connection
        self._turn = asyncio.Lock()
        self._answered = time.monotonic()

    async def fetch(self, sql: str, *arguments: object) -> list[asyncpg.Record]:
        """Runs a statement, gives its rows.

        Raises:
            LockLost: no answer in time, or the connection is gone.
        """
        async with self._turn:
            try:
                rows = await self._connection.fetch(sql, *arguments, timeout=IDLE_LIMIT)
            except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                raise LockLost(f"the lock's connection failed: {error!r}") from error
            self._answered = time.monotonic()
            return rows

    def must_be_fresh(self) -> None:
        """Refuses when the connection was last heard so long ago that the server may have ended it.

        Raises:
            LockLost: so long ago.
        """
        silent = time.monotonic() - self._answered
        if silent > IDLE_LIMIT:
            raise LockLost(f"nothing heard on the lock's connection for {silent:.1f} s")

    async def ping(self) -> None:
        """Pings every second until the connection fails.

        Raises:
            LockLost: it failed.
        """
        while True:
            await asyncio.sleep(PING_EVERY)
            await self.fetch("SELECT 1")


@asynccontextmanager
async def held(
    dsn: str, name: str, waiting: Callable[[], None] = lambda: None
) -> AsyncIterator[LockConnection]:
    """Waits for the advisory lock called `name`, holds it, and lets it go with its connection.

    `waiting` is told each time that somebody else holds it.
    A connection of its own: a pool would release the lock when it takes the connection back.
    """
    connection = await asyncpg.connect(
        dsn, server_settings={"idle_session_timeout": f"{IDLE_LIMIT:g}s", "application_name": name}
    )
    try:
        while not await connection.fetchval(TRY_LOCK, name):
            waiting()
            await asyncio.sleep(_TRY_EVERY)
        yield LockConnection(connection)
    finally:
        with suppress(Exception):
            await connection.close(timeout=1)
        if not connection.is_closed():
            connection.terminate()
