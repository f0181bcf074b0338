"""Stands between a client and PostgreSQL, and loses one request or one reply on demand."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

_EXECUTION = b"B"  # the first byte of Bind: a prepared statement is being run


class LossyProxy:
    """Forwards a Unix socket. Losing something cuts that connection."""

    def __init__(self, server_socket: str) -> None:
        self._server_socket = server_socket
        self._lose: str | None = None
        self.lost = 0

    def lose_next_reply(self) -> None:
        """The next statement is run and committed; its reply never arrives."""
        self._lose = "reply"

    def lose_next_request(self) -> None:
        """The next statement never reaches the server."""
        self._lose = "request"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_unix_connection(self._server_socket)
        losing = asyncio.Event()

        async def requests() -> None:
            while chunk := await reader.read(1 << 20):
                if chunk.startswith(_EXECUTION) and self._lose is not None:
                    kind, self._lose = self._lose, None
                    self.lost += 1
                    if kind == "request":
                        return
                    losing.set()
                server_writer.write(chunk)

        async def replies() -> None:
            while chunk := await server_reader.read(1 << 20):
                if losing.is_set():
                    return
                writer.write(chunk)

        ways = [asyncio.create_task(requests()), asyncio.create_task(replies())]
        with contextlib.suppress(OSError):
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        for end in (writer, server_writer):
            end.transport.abort()


@contextlib.asynccontextmanager
async def lossy(dsn: str, folder: Path) -> AsyncIterator[tuple[LossyProxy, str]]:
    """A proxy before the server of `dsn`, and the DSN that goes through it."""
    parts = urlsplit(dsn)
    query = parse_qs(parts.query)
    name = f".s.PGSQL.{query['port'][0]}"
    proxy = LossyProxy(f"{query['host'][0]}/{name}")
    server = await asyncio.start_unix_server(proxy.serve, folder / name)
    try:
        user = parts.netloc
        yield proxy, f"postgresql://{user}{parts.path}?host={quote(str(folder))}&port={query['port'][0]}"
    finally:
        server.close()
