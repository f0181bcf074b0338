"""The deadlines service in a test: its own tables, keys and pollers, and a log that is folded at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID, uuid4

import httpx

from services.deadlines.api import routers
from services.deadlines.application.calendar import CalendarSource, KnownCalendar
from services.deadlines.application.dependencies import Dependencies
from services.deadlines.domain.clock import INITIAL, Clocks, evolve
from services.deadlines.domain.clock.arming import Arming
from services.deadlines.due import PRINCIPAL, due_work, gate
from services.deadlines.main import VIEWS
from services.deadlines.reactor import ClockReactor
from services.deadlines.views.cases.fold import CaseRow
from shared.casework.cases import Cases, command_marks
from shared.casework.known_cases import by_reference
from shared.contracts.ids import clock_stream
from shared.contracts.intake import Assigned, CaseOpened, Customer, Receipt, Triaged
from shared.kit.due import Poller
from shared.kit.events import Event, Plain, SealedBlob
from shared.kit.eventstore import Pool, PostgresEventStore, Side
from shared.kit.http import create_app, system_token
from shared.kit.keyring import MasterKey, Sealer
from shared.rules.calendar import load_calendar
from shared.rules.calendar.office_hours import parse_office_hours
from shared.rules.regimes import load_regimes
from tests.kit.databases import Places, stored_at
from tests.kit.loopback import Loopback, loopback
from tests.kit.running import running
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
    log: Loopback
    known: KnownCalendar
    keys: Keys
    hours: str = "all"
    at: datetime | None = None
    level: bool = True
    heard: bool = True

    def now(self) -> datetime:
        """The time that decisions are told."""
        return self.at or datetime.now(UTC)

    @property
    def reactor(self) -> ClockReactor:
        """What makes commands due."""
        return reactor_on(self.known, self.hours)

    @property
    def dependencies(self) -> Dependencies:
        """What the use cases work with."""

        async def level() -> bool:
            return self.level

        return Dependencies(
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
        now = self.now()
        at = now if on is None else min(now, datetime(on.year, on.month, on.day, 12, tzinfo=UTC))
        await self.log.hear(stream, key, event, at=at)

    @asynccontextmanager
    async def at_work(self, pollers: int = 1) -> AsyncIterator[None]:
        """Due work is done beside the block, by as many pollers; they end without a word."""
        its = [self.dependencies for _ in range(pollers)]
        work = (
            Poller(self.pool, PRINCIPAL, due_work(each), may_run=gate(each), lease=timedelta(seconds=1))
            for each in its
        )
        async with self.log.handing_back(), running(*(poller.run() for poller in work)):
            yield

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
            return not owed and await self.log.is_quiet()

        await self.until(quiet)

    async def state(self, case: UUID) -> Clocks:
        """The clocks of a case."""
        side = Side(clock_stream(case), case, evolve, INITIAL)
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
        app = create_app(
            "deadlines", token_key=self.keys.public, persons=staff, routers=routers(self.dependencies, cases)
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

    async def arrive(self, received: date, *, historic: bool = False) -> Case:
        """Opened, and waiting for its triage."""
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
        return self

    async def open(
        self,
        regime: str,
        received: date,
        *,
        historic: bool = False,
        restricted: bool = False,
        assigned: bool = True,
        school: str | None = None,
    ) -> Case:
        """Opened, triaged and assigned."""
        await self.arrive(received, historic=historic)
        rules = load_regimes().in_force(regime, received)
        await self.hear(
            Triaged(
                regime=regime,
                regime_version=rules.version,
                stage=rules.stages[0].name,
                received_on=received,
                restricted=restricted,
                school=school,
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
async def opened(places: Places, keys: Keys) -> AsyncIterator[World]:
    """A world on these places."""
    known = KnownCalendar(load_calendar(), load_calendar())
    reactor = reactor_on(known)
    async with stored_at(places, "deadlines", VIEWS, (reactor,)) as its:
        log = await loopback(its, VIEWS, (reactor,), PRINCIPAL)
        yield World(places.service, its.pool, its.store, its.sealer, log, known, keys)


def reactor_on(known: KnownCalendar, hours: str = "all") -> ClockReactor:
    """What makes commands due, by the calendar as it is."""
    return ClockReactor(lambda: Arming(known.now, parse_office_hours(hours), load_regimes()))
