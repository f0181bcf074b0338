"""Waking whoever waits for new rows: NOTIFY after the commit, never inside it, on a connection of its own."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

import asyncpg

from shared.kit.eventstore.outage import LOST
from shared.kit.tries import Tries

CHANNEL: Final = "stored_events"
"""Where a relay listens; a lost NOTIFY costs it one poll."""
_GAP: Final = 0.005


class Announcer:
    """Tells the other sessions of this database that there is something new; many commits make one NOTIFY.

    A lost one costs its listener one poll. `run` until cancelled beside the service.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._pending = asyncio.Event()

    def announce(self) -> None:
        """Something was committed. Returns at once."""
        self._pending.set()

    async def run(self) -> None:
        """Sends what is announced, a few milliseconds apart at least, and reconnects when it must."""
        async for _ in Tries(longest=0.5):
            with suppress(*LOST):
                await self._send()

    async def _send(self) -> None:
        connection = await asyncpg.connect(self._dsn)
        try:
            while True:
                await self._pending.wait()
                self._pending.clear()
                await connection.execute(f"NOTIFY {CHANNEL}")
                await asyncio.sleep(_GAP)
        finally:
            connection.terminate()
