"""Small events, and who appends them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4

from shared.kit.events import Event, event
from shared.kit.eventstore import Cause, NewEvent, Pool, PostgresEventStore, StreamWrite

CAUSE: Final = Cause("service:tests", UUID(int=7), None)


@event("redress.test.noted.v1")
class Noted(Event):
    """Something was noted: the events that relay and subscriber are tried with."""

    text: str


@dataclass
class Writer:
    """Appends notes to streams, one event a time, and remembers what it was told was stored."""

    pool: Pool
    source: str = "/redress/tests"

    def __post_init__(self) -> None:
        self.store = PostgresEventStore(self.pool, self.source)
        self.keys: dict[str, UUID] = {}
        self.versions: dict[str, int] = {}

    def stream(self, name: str = "case") -> str:
        """A new stream with a key of its own."""
        key = uuid4()
        stream = f"{name}-{key}"
        self.keys[stream], self.versions[stream] = key, 0
        return stream

    async def note(self, stream: str, *texts: str) -> None:
        """Appends one event a text."""
        events = tuple(NewEvent(Noted(text=text), datetime.now(UTC)) for text in texts)
        write = StreamWrite(stream, self.keys[stream], self.versions[stream], events)
        await self.store.append([write], CAUSE)
        self.versions[stream] += len(events)

    def written(self) -> dict[str, list[int]]:
        """Every stream's versions, as they must be met."""
        return {stream: list(range(1, version + 1)) for stream, version in self.versions.items()}
