"""A relay as a process of its own, to be killed and frozen: DSN BOOTSTRAP TOPIC MARKS [die-after BATCHES]."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from shared.kit.eventstore import PostgresEventStore, connect_pool
from shared.kit.log import Relay


async def main(dsn: str, bootstrap: str, topic: str, marks: str, batches: int | None) -> None:
    """Relays; kills itself between an acknowledgement and the saved position, if told to."""
    left = batches

    async def acknowledged() -> None:
        nonlocal left
        if left is None:
            return
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    store = PostgresEventStore(await connect_pool(dsn), "/redress/tests")
    relay = Relay(dsn, store, bootstrap, "tests", topic, marks, batch=50, acknowledged=acknowledged)
    await relay.run()


if __name__ == "__main__":
    _, dsn, bootstrap, topic, marks, *more = sys.argv
    asyncio.run(main(dsn, bootstrap, topic, marks, int(more[0]) if more else None))
