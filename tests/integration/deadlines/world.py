"""The deadlines service in a test: its own tables, keys and pollers, and a log that is folded at once.

What other services say goes through the very bytes of the wire; folding, due work and appending are the real ones.
Only Kafka is left out: what this service records is handed back to its own fold from its store.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID, uuid4

import httpx

from services.deadlines.api import routers
from services.deadlines.application.calendar import CalendarSource, KnownCalendar
from services.deadlines.application.deadlines import PRINCIPAL, Deadlines
from services.deadlines.application.dependencies import Dependencies
from services.deadlines.domain.clock.arming import Arming
from services.deadlines.domain.clock.decide import CLOCKS
from services.deadlines.domain.clock.state import Clocks
from services.deadlines.due import DueClocks
from services.deadlines.main import VIEWS
from services.deadlines.reactor import ClockReactor, clock_stream
from services.deadlines.views.cases.fold import CaseRow
from shared.casework.cases import Cases, command_marks
from shared.casework.known_cases import by_reference
from shared.contracts.intake import Assigned, CaseOpened, Customer, Receipt, Triaged
from shared.kit.blobs import BlobStore
from shared.kit.due import Poller
from shared.kit.events import Envelope, Event, Plain, SealedBlob, event_id
from shared.kit.eventstore import BEGINNING, Pool, PostgresEventStore, Side, connect_pool
from shared.kit.http import create_app, system_token
from shared.kit.keyring import MasterKey, PostgresKeyring, Sealer
from shared.kit.log.subscriber.folding import positions
from shared.kit.log.subscriber.folding.folder import Folder, Stretch
from shared.kit.log.subscriber.received import Item, open_bytes
from shared.kit.log.subscriber.views.preparing import prepare
from shared.kit.runtime import migrations
from shared.rules.calendar import load_calendar
from shared.rules.calendar.office_hours import parse_office_hours
from shared.rules.regimes import load_regimes
from tests.conftest import Databases
from tests.integration.kit.relay.service import ROLE, service_database
from tests.kit.heard import enveloped
from tests.staff import KnownStaff

_LOOK: Final = 0.02
DEPARTMENT: Final = UUID("00000000-0000-4000-8000-0000000000d1")
OFFICER: Final = UUID("00000000-0000-4000-8000-0000000000f1")


@dataclass(frozen=True)
class Keys:
    """What tokens are signed and checked with."""

    private: bytes
    public: str


@dataclass
class World:
    """One service's worth of parts. `hear` tells it an event of another service.

    Attributes:
        at: the time that decisions are told; without it, the real one.
        level: whether everything is read.
        heard: whether the views are said to have everything.
    """

    dsn: str
    pool: Pool
    store: PostgresEventStore
    sealer: Sealer
    known: KnownCalendar
    keys: Keys
    hours: str = "all"
    at: datetime | None = None
    level: bool = True
    heard: bool = True
    offset: int = 0
    versions: dict[str, int] = field(default_factory=dict)
    position: Any = BEGINNING
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def now(self) -> datetime:
        """The time that decisions are told."""
        return self.at or datetime.now(UTC)

    @property
    def reactor(self) -> ClockReactor:
        """What makes commands due."""
        return ClockReactor(lambda: Arming(self.known.now, parse_office_hours(self.hours), load_regimes()))

    @property
    def deadlines(self) -> Deadlines:
        """The use cases."""

        async def level() -> bool:
            return self.level

        return Deadlines(
            store=self.store,
            pool=self.pool,
            calendar=CalendarSource(self.store, self.known),
            regimes=load_regimes(),
            hours=parse_office_hours(self.hours),
            level=level,
            now=self.now,
        )

    async def hear(self, stream: str, key: UUID, event: Event, *, on: date | None = None) -> None:
        """Another service's next event in that stream, recorded that day."""
        version = self.versions.get(stream, 0) + 1
        self.versions[stream] = version
        identity = event_id(stream, version)
        sealed = await self.sealer.seal(event, identity, key)
        now = self.now()
        if on is not None:
            now = min(now, datetime(on.year, on.month, on.day, 12, tzinfo=UTC))
        envelope = enveloped(
            stream,
            version,
            event.wire_name,
            key,
            at=now,
            principal="person:00000000-0000-4000-8000-000000000009",
            correlation_id=uuid4(),
        )
        await self.fold([(envelope, sealed.model_dump_json().encode())])

    async def fold(self, events: list[tuple[Envelope, bytes]]) -> None:
        """What the subscriber does with a batch."""
        async with self.turn:
            items: list[Item] = []
            for envelope, state in events:
                items.append(
                    open_bytes(
                        envelope.key, (0, self.offset + len(items), 0), tuple(envelope.headers()), state
                    )
                )
            end = self.offset + len(items)
            folder = Folder(self.pool, VIEWS, (self.reactor,), PRINCIPAL)
            made = await folder.fold([Stretch(0, self.offset, tuple(items), end, str(end), None)])
            assert not made.park, made.park
            self.offset = end

    async def pump(self, stop: asyncio.Event) -> None:
        """Hands what this service records back to its fold, until told to stop: never in the middle of a batch."""
        while not stop.is_set():
            rows = await self.store.read_after(self.position, 100)
            if rows:
                await self.fold([(row.envelope, row.state) for row in rows])
                self.position = rows[-1].position
            else:
                await asyncio.sleep(0.01)

    @asynccontextmanager
    async def at_work(self, pollers: int = 1) -> AsyncIterator[None]:
        """Due work is done beside the block, by as many pollers; they end without a word."""
        stop = asyncio.Event()
        pump = asyncio.create_task(self.pump(stop))
        work = []
        for _ in range(pollers):
            due = DueClocks(self.deadlines)
            work.append(
                Poller(
                    self.pool,
                    PRINCIPAL,
                    due.do,
                    may_run=due.may_run,
                    lease=timedelta(seconds=1),
                ).run()
            )
        tasks = [asyncio.create_task(each) for each in work]
        try:
            yield
        finally:
            stop.set()
            for task in tasks:
                task.cancel()
            await pump
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task

    async def until(self, holds: Callable[[], Any], within: float = 20) -> None:
        """Waits for a condition that is looked up in the database."""
        try:
            async with asyncio.timeout(within):
                while not await holds():  # noqa: ASYNC110  the database is looked at
                    await asyncio.sleep(_LOOK)
        except TimeoutError:
            owed = await self.pool.fetch(
                "SELECT command, payload, due_at, failures, error, parked_at FROM due_work"
            )
            raise AssertionError(f"still owed: {[dict(row) for row in owed]}") from None

    async def until_quiet(self) -> None:
        """Nothing is owed now, and everything recorded was folded."""

        async def quiet() -> bool:
            owed = await self.pool.fetchval(
                "SELECT exists(SELECT FROM due_work WHERE due_at <= now()"
                " AND (lease IS NOT NULL OR claim_at <= now() + interval '2 seconds'))"
            )
            return not owed and not await self.store.read_after(self.position, 1)

        await self.until(quiet)

    async def state(self, case: UUID) -> Clocks:
        """The clocks of a case."""
        side = Side(clock_stream(case), case, CLOCKS.evolve, CLOCKS.initial)
        await side.catch_up(self.store)
        return side.state

    async def kinds(self, case: UUID) -> list[str]:
        """The events of a case's clocks, by the last part of their names."""
        rows = await self.store.stream_rows(clock_stream(case))
        return [row.envelope.wire_name.split(".")[2] for row in rows]

    def client(self, *roles: str, name: str = "Olu") -> httpx.AsyncClient:
        """The API as a person with these roles sees it."""
        staff = KnownStaff(self.keys.private)
        return self._http(staff.token(name, *(roles or ("officer",))), staff)

    def system(self, *scopes: str) -> httpx.AsyncClient:
        """The API as a program with these scopes sees it."""
        return self._http(system_token(self.keys.private, "crm", scopes))

    def _http(self, token: str, staff: KnownStaff | None = None) -> httpx.AsyncClient:
        async def heard(_: datetime) -> bool:
            return self.heard

        marks = command_marks(MasterKey({1: b"0" * 32}))
        cases = Cases(self.store, partial(by_reference, self.pool, CaseRow), marks, heard)
        dependencies = Dependencies(self.deadlines, self.store, cases)
        app = create_app(
            "deadlines", token_key=self.keys.public, persons=staff, routers=routers(dependencies)
        )
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://deadlines",
            headers={"Authorization": f"Bearer {token}"},
        )


@dataclass
class Case:
    """A case as intake tells of it."""

    world: World
    reference: str
    key: UUID = field(default_factory=uuid4)
    customer: UUID = field(default_factory=uuid4)

    async def hear(self, event: Event, *, on: date | None = None) -> None:
        """Its next event."""
        await self.world.hear(f"case-{self.key}", self.key, event, on=on)

    async def open(
        self,
        regime: str,
        received: date,
        *,
        historic: bool = False,
        restricted: bool = False,
        assigned: bool = True,
    ) -> Case:
        """Opened, triaged and assigned."""
        blob = SealedBlob(key_id=self.customer, sha256="0" * 64, size=1, media_type="text/plain")
        await self.hear(
            CaseOpened(
                reference=self.reference,
                channel="web",
                adapter="json",
                sender="system:web",
                receipt=Receipt(received_on=received, precision="day", said_by="sender"),
                customer=Customer(person_id=self.customer),
                text=Plain("The bin was not emptied.", self.customer),
                original=blob,
                historic=historic,
            ),
            on=received,
        )
        rules = load_regimes().in_force(regime, received)
        await self.hear(
            Triaged(
                regime=regime,
                regime_version=rules.version,
                stage=rules.stages[0].name,
                received_on=received,
                restricted=restricted,
            )
        )
        if assigned:
            await self.assign()
        return self

    async def assign(self) -> None:
        """Assigned to the department and its officer."""
        await self.hear(Assigned(department_id=DEPARTMENT, department_name="Waste", officer_id=OFFICER))

    async def kinds(self) -> list[str]:
        """The events of its clocks."""
        return await self.world.kinds(self.key)

    async def due(self, clock: str, occurrence: int = 1) -> date:
        """The date of a run."""
        return (await self.world.state(self.key)).runs[clock, occurrence].due_on


@asynccontextmanager
async def opened(postgres: Databases, folder: Any, keys: Keys) -> AsyncIterator[World]:
    """A world on databases of its own."""
    service = await service_database(postgres)
    owner = await postgres.fresh_database("keyring")
    await migrations.apply(owner, ["shared.kit.keyring"])
    database = owner.partition("?")[0].rpartition("/")[2]
    pool, key_pool = await connect_pool(service), await connect_pool(postgres.dsn(database, ROLE))
    try:
        keyring = PostgresKeyring(key_pool, MasterKey.from_setting(MasterKey.generate()))
        sealer = Sealer(keyring, BlobStore.open(folder))
        store = PostgresEventStore(pool, "/redress/deadlines", sealer)
        known = KnownCalendar(load_calendar(), load_calendar())
        world = World(service, pool, store, sealer, known, keys)
        await prepare(pool, VIEWS, (world.reactor,), {0: 0})
        async with pool.acquire() as connection, connection.transaction():
            await positions.enter(connection, positions.LIVE)
            await positions.ensure_positions(connection, [0])
        yield world
    finally:
        await pool.close()
        await key_pool.close()
