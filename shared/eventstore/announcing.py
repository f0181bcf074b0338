"""Waking whoever waits for new rows: NOTIFY after the commit, never inside it, on a connection of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final, Literal

import asyncpg

from shared.eventstore.outage import LOST

Channel = Literal["stored_events", "due_work"]
_GAP: Final = 0.005
_RECONNECT: Final = 0.5


class Announcer:
    """Tells the other sessions of this database that there is something new; many commits make one NOTIFY.

    A lost one costs its listener one poll. `run` until cancelled beside the service.
    """

    def __init__(self, dsn: str, channel: Channel = "stored_events") -> None:
        self._dsn = dsn
        self._statement = f"NOTIFY {channel}"
        self._pending = asyncio.Event()

    def announce(self) -> None:
        """Something was committed. Returns at once."""
        self._pending.set()

    async def run(self) -> None:
        """Sends what is announced, a few milliseconds apart at least, and reconnects when it must."""
        while True:
            try:
                await self._send()
            except LOST:
                await asyncio.sleep(_RECONNECT)

    async def _send(self) -> None:
        connection = await asyncpg.connect(self._dsn)
        try:
            while True:
                await self._pending.wait()
                self._pending.clear()
                await connection.execute(self._statement)
                await asyncio.sleep(_GAP)
        finally:
            connection.terminate()


async def listen(dsn: str, wake: Callable[[], None], channel: Channel = "stored_events") -> None:
    """Calls `wake` for each announcement, and after each reconnect in case one was missed; until cancelled."""
    while True:
        try:
            await _listen(dsn, wake, channel)
        except LOST:
            await asyncio.sleep(_RECONNECT)


async def _listen(dsn: str, wake: Callable[[], None], channel: Channel) -> None:
    connection = await asyncpg.connect(dsn)
    lost = asyncio.Event()

    def on_notice(*_: Any) -> None:
        wake()

    try:
        connection.add_termination_listener(lambda _: lost.set())
        await connection.add_listener(channel, on_notice)
        wake()
        await lost.wait()
    finally:
        connection.terminate()
