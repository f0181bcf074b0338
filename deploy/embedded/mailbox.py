"""A mailbox for trials: an SMTP server on loopback that keeps each message as an `.eml` file.

    python -m deploy.embedded.mailbox --port 8820 --folder mail

Nothing is sent on. It dies with the process that started it.
"""

import argparse
import asyncio
import os
import signal
import time
import uuid
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.embedded.ports import HOST
from deploy.embedded.processes import die_with_parent
from shared.kit.durable import write_whole

_LARGEST = 30 * 1024 * 1024  # bytes, with attachments in base64
_ACCEPTED = "250 OK: kept"


class Keeper:
    """Writes what arrives; an aiosmtpd handler."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        """Answer 250 only once the message is on disk."""
        await asyncio.to_thread(keep, self._folder, envelope)
        return _ACCEPTED


def keep(folder: Path, envelope: Envelope) -> Path:
    """Write one message to `folder`, whole or not at all; names sort by arrival.

    The addresses of the envelope, which may differ from the headers, stand in front as
    `X-Envelope-From` and `X-Envelope-To` (joined by commas).
    """
    name = f"{time.time_ns()}-{uuid.uuid4().hex[:8]}.eml"
    front = (
        f"X-Envelope-From: {envelope.mail_from or ''}\r\nX-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n"
    )
    content = envelope.content or b""
    kept = folder / name
    write_whole(kept, front.encode() + (content if isinstance(content, bytes) else content.encode()))
    return kept


async def serve(port: int, folder: Path) -> None:
    """Take mail on the loopback port until cancelled; the folder must exist."""
    keeper = Keeper(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(keeper, enable_SMTPUTF8=True, data_size_limit=_LARGEST, hostname="localhost", loop=loop),
        HOST,
        port,
    )
    async with server:
        await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.embedded.mailbox")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    arguments = parser.parse_args()
    die_with_parent(signal.SIGKILL, os.getppid())
    arguments.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    asyncio.run(serve(arguments.port, arguments.folder.resolve()))


if __name__ == "__main__":
    main()
