"""A connection lost in the middle: what counts as lost, and how long it is tried again."""

from __future__ import annotations

import time
from typing import Final

import asyncpg

from shared.kit.eventstore.errors import StoreUnavailable
from shared.kit.tries import Tries

LOST: Final = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what asyncpg says when a session is killed while it is being opened
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
)
"""No answer came: the statement may have been committed, or not."""

TURNED_BACK: Final = (
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
)
"""The server rolled the statement back for others' sake: it is sent again as it is."""


def is_lost(failure: BaseException) -> bool:
    """Whether this is a connection that went away, and not a mistake or a missing file that looks like one."""
    if isinstance(failure, OSError):
        return failure.filename is None
    return isinstance(failure, LOST) and not isinstance(failure, asyncpg.DataError)


class Outage:
    """Waits a little longer after each failure, and gives up after `patience` seconds from the first one."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._since: float | None = None
        self._tries = Tries(0.02, 0.5)

    @property
    def happened(self) -> bool:
        """Whether any try failed: a statement sent before may have been committed without our knowing."""
        return self._since is not None

    async def wait(self, failure: BaseException) -> None:
        """Waits before the next try.

        Raises:
            StoreUnavailable: it has gone on for too long.
        """
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        if not is_lost(failure):
            raise failure
        if now - self._since > self._patience:
            raise StoreUnavailable(
                f"the database has not answered for {self._patience:.0f} s: {failure}"
            ) from failure
        await self._tries.pause()
