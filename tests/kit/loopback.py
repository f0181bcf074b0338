"""A log that is folded at once, for a service without Kafka.

What other services say goes through the very bytes of the wire, and what the service records is handed back to its own
fold from its store; folding, due work and appending are the real ones.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from shared.kit.events import Envelope, Event, event_id
from shared.kit.eventstore import BEGINNING
from shared.kit.log import Reactor, View
from shared.kit.log.subscriber.folding import positions
from shared.kit.log.subscriber.folding.folder import Folder, Stretch
from shared.kit.log.subscriber.received import open_bytes
from tests.kit.databases import Stored, in_views
from tests.kit.heard import enveloped

SOMEBODY: Final = UUID("00000000-0000-4000-8000-000000000009")
Raw = tuple[UUID, tuple[int, int, int], tuple[tuple[str, bytes], ...], bytes]


@dataclass
class Loopback:
    """The log of one service in a test.

    Attributes:
        records: everything that was folded, as it lay there.
    """

    stored: Stored
    folder: Folder
    offset: int
    versions: dict[str, int] = field(default_factory=dict)
    records: list[Raw] = field(default_factory=list)
    _handed: Any = BEGINNING
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def hear(
        self, stream: str, key: UUID, event: Event, *, at: datetime | None = None, by: UUID = SOMEBODY
    ) -> UUID:
        """Another service's next event in that stream, caused by that person; gives its id."""
        version = self.versions[stream] = self.versions.get(stream, 0) + 1
        identity = event_id(stream, version)
        sealed = await self.stored.sealer.seal(event, identity, key)
        envelope = enveloped(
            stream,
            version,
            event.wire_name,
            key,
            at=at or datetime.now(UTC),
            principal=f"person:{by}",
            correlation_id=uuid4(),
        )
        await self._fold([(envelope, sealed.model_dump_json().encode())])
        return identity

    async def _fold(self, events: Sequence[tuple[Envelope, bytes]]) -> None:
        """What the subscriber does with a batch."""
        async with self._turn:
            fresh: list[Raw] = [
                (envelope.key, (0, self.offset + number, 0), tuple(envelope.headers()), state)
                for number, (envelope, state) in enumerate(events)
            ]
            items = tuple(open_bytes(*record) for record in fresh)
            end = self.offset + len(items)
            made = await self.folder.fold([Stretch(0, self.offset, items, end, str(end), None)])
            assert not made.park, made.park
            self.offset = end
            self.records += fresh

    async def is_quiet(self) -> bool:
        """Whether everything that was recorded is folded."""
        return not await self.stored.store.read_after(self._handed, 1)

    @asynccontextmanager
    async def handing_back(self) -> AsyncIterator[None]:
        """Hands what the service records to its fold, beside the block: never ended in the middle of a batch."""
        stop = asyncio.Event()
        pump = asyncio.create_task(self._pump(stop))
        try:
            yield
        finally:
            stop.set()
            await pump

    async def _pump(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            rows = await self.stored.store.read_after(self._handed, 100)
            if rows:
                await self._fold([(row.envelope, row.state) for row in rows])
                self._handed = rows[-1].position
            else:
                await asyncio.sleep(0.01)


async def loopback(
    stored: Stored, views: Sequence[View], reactors: Sequence[Reactor], principal: str
) -> Loopback:
    """The log of a service, from where its views stand."""
    offsets = await in_views(stored.pool, positions.positions)
    return Loopback(stored, Folder(stored.pool, views, reactors, principal), offsets[0])
