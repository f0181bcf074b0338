"""The notifications service in a test: its own tables, keys and pollers, and a log that is folded at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

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
from shared.kit.due import Poller
from shared.kit.events import Event
from shared.kit.eventstore import Pool, PostgresEventStore
from shared.kit.keyring import MasterKey, PostgresKeyring, Sealer
from shared.rules.calendar.office_hours import parse_office_hours
from tests.integration.notifications.matters import SOMEBODY
from tests.kit.databases import Places, stored_at
from tests.kit.loopback import Loopback, loopback
from tests.kit.running import running

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
    log: Loopback

    async def hear(self, stream: str, key: UUID, event: Event, by: UUID = SOMEBODY) -> UUID:
        """Another service's next event in that stream, caused by that person; gives its id."""
        return await self.log.hear(stream, key, event, by=by)

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
        async with self.log.handing_back(), running(poller.run()):
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


@asynccontextmanager
async def opened(places: Places) -> AsyncIterator[World]:
    """A world on these places; opened again it goes on where it was."""
    reactors = (NotificationsReactor(parse_office_hours("all")),)
    async with stored_at(places, "notifications", VIEWS, reactors) as its:
        log = await loopback(its, VIEWS, reactors, PRINCIPAL)
        yield World(its.pool, its.keyring, its.sealer, its.store, log)
