"""A member as a process of its own, to be killed and frozen: DSN BOOTSTRAP SERVICE TOPIC ORDINAL [die]."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from shared.kit.eventstore import connect_pool
from shared.kit.log import Connection, Received, Subscriber
from tests.integration.kit.subscriber.log import PARTITIONS
from tests.integration.kit.subscriber.views import Notes, Tallies


@dataclass
class Fatal(Tallies):
    """Writes, and is killed before the commit, at the hundredth event."""

    left: int = 100

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """Writes first."""
        await super().fold(connection, events)
        self.left -= len(events)
        if self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


async def main(dsn: str, bootstrap: str, service: str, topic: str, ordinal: int, *, die: bool) -> None:
    """Reads until killed."""
    member = Subscriber(
        await connect_pool(dsn),
        bootstrap,
        service,
        [Notes(), Fatal() if die else Tallies()],
        topic=topic,
        partitions=PARTITIONS,
        ordinal=ordinal,
        max_records=50,
    )
    await member.run()


if __name__ == "__main__":
    _, dsn, bootstrap, service, topic, ordinal, *more = sys.argv
    asyncio.run(main(dsn, bootstrap, service, topic, int(ordinal), die="die" in more))
