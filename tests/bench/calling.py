"""Requests over one kept connection with little work for the caller, who shares the machine with what is measured."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

_LENGTH: Final = b"content-length:"
_BAD: Final = 400


class Unanswered(Exception):
    """A request that must succeed was answered otherwise."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A connection to one service; one request at a time."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    head: bytes

    async def get(self, path: str) -> Any:
        """The JSON of a GET that must succeed."""
        return await self._ask(f"GET {path} HTTP/1.1\r\n".encode() + self.head + b"\r\n")

    async def post(self, path: str, body: Mapping[str, Any], key: str) -> Any:
        """The JSON of a POST that must succeed; `key` is its idempotency key."""
        content = json.dumps(body).encode()
        told = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\nIdempotency-Key: {key}\r\n\r\n"
        return await self._ask(f"POST {path} HTTP/1.1\r\n".encode() + self.head + told.encode() + content)

    async def _ask(self, request: bytes) -> Any:
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        lines = [line for line in head.lower().split(b"\r\n") if line.startswith(_LENGTH)]
        content = await self.reader.readexactly(int(lines[0][len(_LENGTH) :]))
        if status >= _BAD:
            raise Unanswered(f"{request.split(b' HTTP', 1)[0].decode()}: {status} {content.decode()[:500]}")
        return json.loads(content)


@asynccontextmanager
async def callers(url: str, headers: Mapping[str, str], number: int) -> AsyncIterator[list[Caller]]:
    """So many connections to one service."""
    place = urlsplit(url)
    head = "".join(
        f"{name}: {value}\r\n" for name, value in {"Host": place.netloc, **headers}.items()
    ).encode()
    made: list[Caller] = []
    try:
        for _ in range(number):
            made.append(Caller(*await asyncio.open_connection(place.hostname, place.port), head))  # noqa: PERF401
        yield made
    finally:
        for caller in made:
            caller.writer.close()
        await asyncio.gather(*(caller.writer.wait_closed() for caller in made), return_exceptions=True)
