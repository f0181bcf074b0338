"""The mailbox as a part of the embedded servers: its process."""

import asyncio
import signal
import sys
from pathlib import Path

from deploy.embedded.part import Part
from deploy.embedded.ports import HOST, refuse_taken
from deploy.embedded.processes import spawn, tail

_ROOT = Path(__file__).parents[2]  # where the packages lie, installed or not


class MailboxError(RuntimeError):
    """The mailbox cannot be started."""


class Mailbox(Part):
    """The mailbox process on a loopback port; a message that it answered with 250 is on disk."""

    def __init__(self, port: int, folder: Path, log: Path) -> None:
        super().__init__("mailbox")
        self.port = port
        self.folder = folder
        self.log = log

    async def _launch(self) -> None:
        refuse_taken(self.port)
        self.process = await spawn(
            [
                sys.executable,
                "-m",
                "deploy.embedded.mailbox",
                "--port",
                str(self.port),
                "--folder",
                self.folder,
            ],
            self.log,
            on_parent_death=signal.SIGKILL,
            folder=_ROOT,
        )
        while not await self._greets():
            if self.process.returncode is not None:
                raise MailboxError(f"the mailbox did not start; {self.log} ends with:\n{tail(self.log)}")
            await asyncio.sleep(0.02)

    async def _greets(self) -> bool:
        try:
            async with asyncio.timeout(2):
                reader, writer = await asyncio.open_connection(HOST, self.port)
                try:
                    return (await reader.readline()).startswith(b"220")
                finally:
                    writer.close()
        except (OSError, TimeoutError):
            return False
