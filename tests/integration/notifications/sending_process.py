"""A process that does due sends until it is killed: `python -m ... SERVICE KEYRING BLOBS PORT`, the key by stdin."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.integration.notifications.conftest import sender_to
from tests.integration.notifications.mail_server import MailServer
from tests.integration.notifications.world import opened
from tests.kit.databases import Places


async def work(places: Places, port: int) -> None:
    """Sends what is due to the mail server at that port."""
    async with opened(places) as world, world.at_work(world.service(sender_to(MailServer(port=port), 3.0))):
        await asyncio.Event().wait()


if __name__ == "__main__":
    service, keyring, blobs, port = sys.argv[1:]
    asyncio.run(work(Places(service, keyring, sys.stdin.readline().strip(), Path(blobs)), int(port)))
