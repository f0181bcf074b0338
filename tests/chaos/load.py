"""The load that faults happen under: contacts at a steady pace, and officers who take them up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

from tests.chaos.contacts import Accepted, ContactCentre
from tests.chaos.officers import Officers
from tests.chaos.site import Site


class Load:
    """Contacts and officers of one run, at `rate` contacts a second."""

    def __init__(self, site: Site, random: Random, run: str, rate: float) -> None:
        self.contacts = ContactCentre(site, random, run)
        self.officers = Officers(site, random)
        self._pause = 1 / rate

    async def close(self) -> None:
        """Ends all connections."""
        await self.contacts.close()
        await self.officers.close()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Load for as long as the block runs, and then until everything sent has its definite answer."""
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep_sending(group, stop))
            try:
                yield
            finally:
                stop.set()

    async def _keep_sending(self, group: asyncio.TaskGroup, stop: asyncio.Event) -> None:
        while not stop.is_set():
            group.create_task(self._one())
            await asyncio.sleep(self._pause)

    async def _one(self) -> None:
        accepted: Accepted | None = await self.contacts.send()
        if accepted is not None:
            await self.officers.work_on(accepted)
