"""A second instance of each service that reads, beside the first: the same database, another port, another ordinal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from deploy.cli.environment import environment
from deploy.cli.installation import Installation, ServiceProcess

OFFSET: Final = 21
"""Their ports begin that far above the installation's."""


@asynccontextmanager
async def twins(
    installation: Installation, names: tuple[str, ...]
) -> AsyncIterator[dict[str, ServiceProcess]]:
    """Starts them, watches them as the installation watches its own, and stops them at the end."""
    embedded, base = installation.embedded, installation.port_base
    started = {
        name: ServiceProcess(
            name,
            environment(name, embedded, base, installation.extra)
            | {"REDRESS_PORT": str(port(base, number)), "REDRESS_INSTANCE": "2"},
            embedded.home.logs / f"{name}-2.log",
        )
        for number, name in enumerate(names)
    }
    watchers: list[asyncio.Task[None]] = []
    try:
        for twin in started.values():
            await twin.start()
            watchers.append(asyncio.create_task(twin.watch()))
        yield started
    finally:
        for watcher in watchers:
            watcher.cancel()
        await asyncio.gather(*watchers, return_exceptions=True)
        await asyncio.gather(*(twin.stop() for twin in started.values()))


def port(base: int, number: int) -> int:
    """Of the second instance of the reader with that number."""
    return base + OFFSET + number
