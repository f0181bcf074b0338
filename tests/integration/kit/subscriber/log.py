"""The log as relays write it, and records that no relay would write."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Self
from uuid import UUID, uuid4

from aiokafka import AIOKafkaProducer

from shared.kit.events import Envelope
from tests.kit.heard import enveloped

PARTITIONS: Final = 4
HAPPENED: Final = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@dataclass
class Stream:
    """A stream of notes: the next event that it will get."""

    name: str
    key: UUID
    version: int = 0

    @staticmethod
    def new(prefix: str = "case", key: UUID | None = None) -> Stream:
        """A stream with a key of its own, or another stream of a key."""
        key = key or uuid4()
        return Stream(f"{prefix}-{key}", key)

    def envelope(self, version: int, wire_name: str = "redress.test.noted.v1") -> Envelope:
        """The envelope of one of its events."""
        return enveloped(self.name, version, wire_name, self.key, at=HAPPENED, recorded_at=datetime.now(UTC))


@dataclass
class Sent:
    """A record to write: what `Log.send` takes."""

    key: bytes
    headers: list[tuple[str, bytes]]
    value: bytes = b"{}"


def note(stream: Stream, text: str = "noted", *, version: int | None = None) -> Sent:
    """The next event of a stream, or another version of it."""
    if version is None:
        stream.version += 1
        version = stream.version
    value = b'{"text": "%s"}' % text.encode()
    return Sent(str(stream.key).encode(), stream.envelope(version).headers(), value)


def unknown(stream: Stream) -> Sent:
    """The next event, of a type that nobody has heard of."""
    stream.version += 1
    headers = stream.envelope(stream.version, "redress.test.unheard-of.v9").headers()
    return Sent(str(stream.key).encode(), headers, b'{"anything": 1}')


@dataclass
class Log:
    """Writes to a topic."""

    bootstrap: str
    topic: str
    _producer: Any = field(default=None)

    @property
    def service(self) -> str:
        """A consumer group of this log's own: a static member would keep what it was assigned of another."""
        return f"tests-{self.topic}"

    async def __aenter__(self) -> Self:
        self._producer = AIOKafkaProducer(bootstrap_servers=self.bootstrap, enable_idempotence=True)
        await self._producer.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._producer.stop()

    async def send(self, *records: Sent) -> list[Any]:
        """Writes records in order; gives where each lies."""
        return await self.send_all(records)

    async def send_all(self, records: Sequence[Sent]) -> list[Any]:
        """As `send`."""
        sending = [
            await self._producer.send(self.topic, key=each.key, value=each.value, headers=each.headers)
            for each in records
        ]
        return list(await asyncio.gather(*sending))
