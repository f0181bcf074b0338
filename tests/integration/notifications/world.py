"""The notifications service in a test: its own tables, keys and pollers, and a log that is folded at once.

What other services say goes through the very bytes of the wire; folding, due work and appending are the real ones.
Only Kafka is left out: what this service records is handed back to its own fold from its store.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from services.notifications.adapters.sender import Sender
from services.notifications.application.dependencies import PRINCIPAL, Dependencies
from services.notifications.due import due_work, gate
from services.notifications.main import VIEWS as OWN
from services.notifications.reactor import NotificationsReactor
from services.notifications.views.cases import CaseRow
from services.notifications.views.outbox import OutboxRow, places_of
from shared.casework.cases import Cases, command_marks
from shared.casework.known_cases import by_reference
from shared.casework.staff import STAFF
from shared.kit.blobs import BlobStore
from shared.kit.due import Poller
from shared.kit.events import Envelope, Event, event_id
from shared.kit.eventstore import BEGINNING, Pool, PostgresEventStore, connect_pool
from shared.kit.keyring import MasterKey, PostgresKeyring, Sealer
from shared.kit.log.subscriber.folding import positions
from shared.kit.log.subscriber.folding.folder import Folder, Stretch
from shared.kit.log.subscriber.received import open_bytes
from shared.kit.log.subscriber.views.preparing import prepare
from shared.kit.runtime import migrations
from shared.rules.calendar.office_hours import parse_office_hours
from tests.conftest import Databases
from tests.integration.kit.relay.service import ROLE, running, service_database
from tests.integration.notifications.matters import SOMEBODY
from tests.kit.heard import enveloped

_LOOK = 0.02
SOON = (timedelta(milliseconds=50), timedelta(milliseconds=50))


async def level() -> bool:
    """Everything is read."""
    return True


VIEWS = (*OWN, STAFF)
"""With the view that every service of cases folds."""


@dataclass
class World:
    """One service's worth of parts. `hear` tells it an event of another service."""

    pool: Pool
    keyring: PostgresKeyring
    sealer: Sealer
    store: PostgresEventStore
    folder: Folder
    versions: dict[str, int] = field(default_factory=dict)
    offset: int = 0
    records: list[tuple[UUID, tuple[int, int, int], tuple[tuple[str, bytes], ...], bytes]] = field(
        default_factory=list
    )
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def hear(self, stream: str, key: UUID, event: Event, by: UUID = SOMEBODY) -> UUID:
        """Another service's next event in that stream, caused by that person; gives its id."""
        version = self.versions.get(stream, 0) + 1
        self.versions[stream] = version
        identity = event_id(stream, version)
        sealed = await self.sealer.seal(event, identity, key)
        now = datetime.now(UTC)
        envelope = enveloped(
            stream,
            version,
            event.wire_name,
            key,
            at=now,
            principal=f"person:{by}",
            correlation_id=uuid4(),
        )
        async with self._turn:
            await self._fold([(envelope, sealed.model_dump_json().encode())])
        return identity

    async def pump(self) -> None:
        """Hands what this service records back to its fold, until cancelled."""
        position = BEGINNING
        while True:
            rows = await self.store.read_after(position, 100)
            if rows:
                position = rows[-1].position
                async with self._turn:
                    await self._fold([(row.envelope, row.state) for row in rows])
            else:
                await asyncio.sleep(0.01)

    async def _fold(self, events: list[tuple[Envelope, bytes]]) -> None:
        fresh = [
            (envelope.key, (0, self.offset + number, 0), tuple(envelope.headers()), state)
            for number, (envelope, state) in enumerate(events)
        ]
        items = [open_bytes(*record) for record in fresh]
        end = self.offset + len(items)
        made = await self.folder.fold([Stretch(0, self.offset, tuple(items), end, str(end), None)])
        assert not made.park, made.park
        self.offset = end
        self.records += fresh

    def service(
        self,
        sender: Sender,
        *,
        waits: tuple[timedelta, ...] = SOON,
        hours: str = "all",
        read_up: Callable[[], Awaitable[bool]] = level,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        heard: bool = True,
    ) -> Dependencies:
        """The parts of the service with that sender."""

        async def heard_of(_: datetime) -> bool:
            return heard

        look_up = partial(by_reference, self.pool, CaseRow)
        return Dependencies(
            pool=self.pool,
            store=self.store,
            sealer=self.sealer,
            cases=Cases(self.store, look_up, command_marks(MasterKey({1: b"0" * 32})), heard_of),
            sender=sender,
            council="Anytown Council",
            mail_domain="anytown.example",
            waits=waits,
            hours=parse_office_hours(hours),
            digest_days=3,
            read_up=read_up,
            now=now,
        )

    @asynccontextmanager
    async def at_work(self, service: Dependencies) -> AsyncIterator[None]:
        """Due work is done beside the block."""
        poller = Poller(
            self.pool, PRINCIPAL, due_work(service), may_run=gate(service), lease=timedelta(seconds=1)
        )
        async with running(self.pump(), poller.run()):
            yield

    async def outbox(self) -> list[OutboxRow]:
        """Every message, oldest first."""
        records = await self.pool.fetch(
            "SELECT to_jsonb(o)::text FROM views.outbox AS o ORDER BY o.requested_at, o.notification"
        )
        return [OutboxRow.model_validate_json(record[0]) for record in records]

    async def until(self, holds: Callable[[list[OutboxRow]], bool], within: float = 60) -> list[OutboxRow]:
        """The outbox as soon as it is so."""
        try:
            async with asyncio.timeout(within):
                while not holds(rows := await self.outbox()):  # noqa: ASYNC110  the database is looked at
                    await asyncio.sleep(_LOOK)
        except TimeoutError:
            owed = await self.pool.fetch("SELECT command, due_at, failures, error, parked_at FROM due_work")
            rows = await self.outbox()
            raise AssertionError(
                f"{[row.state for row in rows]}; owed: {[dict(row) for row in owed]}"
            ) from None
        return rows

    async def until_state(self, *states: str) -> list[OutboxRow]:
        """The outbox as soon as its messages are in these states, oldest first."""
        return await self.until(lambda rows: sorted(row.state for row in rows) == sorted(states))

    async def until_idle(self) -> None:
        """Nothing is owed any more before another morning."""
        await self._until("SELECT NOT exists(SELECT FROM due_work WHERE command <> 'start-digests')")

    async def until_owed_later(self) -> None:
        """Something is owed, but not within the hour, besides another morning."""
        await self._until(
            "SELECT exists(SELECT FROM due_work WHERE due_at > now() + interval '1 hour'"
            " AND command <> 'start-digests')"
        )

    async def letters_owed(self) -> int:
        """How many letters are to be written."""
        return int(await self.pool.fetchval("SELECT count(*) FROM due_work WHERE command = 'write-letter'"))

    async def _until(self, question: str) -> None:
        async with asyncio.timeout(60):
            while not await self.pool.fetchval(question):  # noqa: ASYNC110  the database is looked at
                await asyncio.sleep(_LOOK)

    async def kinds(self, notification: UUID) -> list[str]:
        """The events of a message, by the last part of their names."""
        rows = await self.store.stream_rows(f"notification-{notification}")
        return [row.envelope.wire_name.split(".")[2] for row in rows]

    async def texts(self, row: OutboxRow) -> dict[str, Any]:
        """A message with its texts unsealed."""
        return (await self.sealer.unseal_rows([row], places_of))[0]


@dataclass(frozen=True)
class Places:
    """Where a world lies, for a process of its own."""

    service: str
    keyring: str
    master: str
    blobs: Path


async def make_places(postgres: Databases, folder: Path) -> Places:
    """Fresh databases and a fresh master key."""
    service = await service_database(postgres)
    owner = await postgres.fresh_database("keyring")
    await migrations.apply(owner, ["shared.kit.keyring"])
    database = owner.partition("?")[0].rpartition("/")[2]
    return Places(service, postgres.dsn(database, ROLE), MasterKey.generate(), folder)


@asynccontextmanager
async def opened(places: Places) -> AsyncIterator[World]:
    """A world on these places; opened again it goes on where it was."""
    pool, keys = await connect_pool(places.service), await connect_pool(places.keyring)
    try:
        keyring = PostgresKeyring(keys, MasterKey.from_setting(places.master))
        sealer = Sealer(keyring, BlobStore.open(places.blobs))
        store = PostgresEventStore(pool, "/redress/notifications", sealer)
        reactors = (NotificationsReactor(parse_office_hours("all")),)
        await prepare(pool, VIEWS, reactors, {0: 0})
        async with pool.acquire() as connection, connection.transaction():
            await positions.enter(connection, positions.LIVE)
            await positions.ensure_positions(connection, [0])
            offset = (await positions.positions(connection))[0]
        world = World(pool, keyring, sealer, store, Folder(pool, VIEWS, reactors, PRINCIPAL))
        world.offset = offset
        yield world
    finally:
        await keys.close()
        await pool.close()
