"""Four services' stores, a log and audit, small enough for a test: what is appended flows when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import asyncpg
from pydantic import SecretStr

from services.audit.application.verification.copies import copies
from services.audit.application.verification.report import Report
from services.audit.application.verification.verify import verify
from services.audit.main import SERVICE
from services.audit.settings import AuditSettings
from shared.contracts.deadlines import ClockStarted
from shared.contracts.intake import CaseOpened, Customer, NoteAdded, Receipt, Triaged
from shared.contracts.services import PUBLISHERS
from shared.kit.blobs import BlobStore
from shared.kit.events import Event, Plain, SealedBlob
from shared.kit.eventstore import Cause, NewEvent, Pool, PostgresEventStore, StreamWrite, connect_pool
from shared.kit.keyring import Sealer
from shared.kit.log import PARTITIONS, MarksReader, Relay, Subscriber
from shared.kit.merkle import SigningKey
from tests.conftest import Databases, MakeTopic
from tests.kit.databases import AUDITOR, ROLE, as_role, owned_database
from tests.kit.running import running
from tests.unit.kit.keyring.dict_keyring import DictKeyring

OFFICER: Final = "person:00000000-0000-0000-0000-00000000000f"
_PACKAGES: Final = ("shared.kit.log.subscriber",)


@dataclass(frozen=True)
class Places:
    """Where everything is: the owner's ways into the databases, the log and the folder of this test."""

    owners: dict[str, str]
    bootstrap: str
    topic: str
    marks: str
    settings: AuditSettings


async def make_places(postgres: Databases, bootstrap: str, make_topic: MakeTopic, folder: Path) -> Places:
    """Databases, topics and a signing key of this test's own."""
    owners = {}
    for name in (*PUBLISHERS, "audit"):
        packages = (*_PACKAGES, *(["services.audit"] if name == "audit" else []))
        owners[name] = await owned_database(postgres, f"audit_{name}", packages)
    key = folder / "checkpoints.key"
    SigningKey.generate("redress-tests").write(key)
    settings = AuditSettings(
        database_url=as_role(postgres, owners["audit"], ROLE),
        keyring_url="",
        kafka=bootstrap,
        port=0,
        blobs=str(folder / "blobs"),
        master_key=SecretStr(""),
        token_public_key_file=folder / "no-token.pem",
        checkpoint_key_file=key,
        checkpoints=folder / "checkpoints",
        auditor_urls={name: as_role(postgres, owner, AUDITOR) for name, owner in owners.items()},
    )
    events = await make_topic("case-events", partitions=PARTITIONS)
    marks = await make_topic("relay-marks", partitions=1, cleanup_policy="compact")
    return Places(owners, bootstrap, events, marks, settings)


@dataclass
class Council:
    """A council at work."""

    places: Places
    postgres: Databases
    keyring: DictKeyring
    sealer: Sealer
    stores: dict[str, PostgresEventStore]
    pools: dict[str, Pool]
    audit: Pool
    subscriber: Subscriber
    marks: MarksReader
    versions: dict[str, int] = field(default_factory=dict)

    async def record(
        self,
        service: str,
        stream: str,
        key: UUID,
        *events: Event,
        happened: datetime | None = None,
        principal: str = OFFICER,
        because: UUID | None = None,
    ) -> list[UUID]:
        """A service records events; gives their ids."""
        version = self.versions.get(stream, 0)
        news = tuple(NewEvent(event, happened or datetime.now(UTC)) for event in events)
        cause = Cause(principal, uuid4(), because)
        recorded = await self.stores[service].append([StreamWrite(stream, key, version, news)], cause)
        self.versions[stream] = version + len(events)
        return [each.envelope.event_id for each in recorded]

    async def open_case(self, reference: str = "CR-2026-000001", notes: int = 2) -> UUID:
        """A case with a clock and some notes: `notes` + 3 events in two streams."""
        case, person = uuid4(), uuid4()
        stream = f"case-{case}"
        (opened,) = await self.record("intake", stream, case, opening(reference, person))
        await self.record(
            "intake",
            stream,
            case,
            Triaged(regime="corporate", regime_version="1", stage="stage1", received_on=date(2026, 11, 20)),
            *(NoteAdded(text=Plain(f"Ann Example rang, {number}", person)) for number in range(notes)),
        )
        await self.record(
            "deadlines", f"clock-{case}", case, clock(), principal="service:deadlines", because=opened
        )
        return case

    async def flow(self) -> None:
        """Relays and audit run until everything recorded is with audit."""
        wanted = sum(
            [await pool.fetchval("SELECT count(*) FROM stored_events") for pool in self.pools.values()]
        )
        async with self.relays(), running(self.subscriber_run()):
            await self.kept(wanted)

    async def publish(self) -> None:
        """Relays run until everything recorded is on the log; audit doesn't."""
        async with self.relays():
            for name, pool in self.pools.items():
                last = await pool.fetchval("SELECT coalesce(max(notification_id), 0) FROM stored_events")
                query = "SELECT coalesce(max(notification_id), 0) FROM relay_state WHERE service = $1"
                async with asyncio.timeout(60):
                    while await pool.fetchval(query, name) < last:  # noqa: ASYNC110
                        await asyncio.sleep(0.02)

    @asynccontextmanager
    async def relays(self) -> AsyncIterator[None]:
        """Every service's relay."""
        places = self.places
        relays = [
            Relay(
                as_role(self.postgres, places.owners[name], ROLE),
                store,
                places.bootstrap,
                name,
                places.topic,
                places.marks,
            )
            for name, store in self.stores.items()
        ]
        async with running(*(relay.run() for relay in relays)):
            yield

    async def subscriber_run(self) -> None:
        """Audit reads, with a new member each time."""
        self.subscriber = new_subscriber(self.places, self.audit)
        await self.subscriber.run()

    async def kept(self, number: int) -> None:
        """Waits until audit keeps so many events."""
        async with asyncio.timeout(60):
            while await self.audit.fetchval("SELECT count(*) FROM audit_log") < number:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def verify(self, given: str | None = None, key: SigningKey | None = None) -> Report:
        """As `redress audit verify`."""
        trusted = key or SigningKey.from_setting(f"file:{self.places.settings.checkpoint_key_file}")
        async with copies(self.places.settings, self.places.topic) as every:
            return await verify(every, trusted.verify_key, given)

    async def as_superuser(self, service: str, statement: str, *arguments: Any) -> str:
        """Somebody who may do anything in a database."""
        connection = await asyncpg.connect(self.places.owners[service])
        try:
            return str(await connection.execute(statement, *arguments))
        finally:
            await connection.close()


def new_subscriber(places: Places, pool: Pool) -> Subscriber:
    """Audit's subscriber, with the views of its definition, on this test's log."""
    views: Sequence[Any] = SERVICE.views(places.settings)
    return Subscriber(pool, places.bootstrap, f"audit-{places.topic}", views, topic=places.topic)


def opening(reference: str, person: UUID, name: str = "Ann Example") -> CaseOpened:
    """A contact by web form about missed bins."""
    return CaseOpened(
        reference=reference,
        channel="web-form",
        adapter="json",
        sender="system:web",
        receipt=Receipt(received_on=date(2026, 11, 20), precision="day", said_by="sender"),
        customer=Customer(person_id=person, name=Plain(name, person)),
        text=Plain(f"{name} says that the bins were missed.", person),
        original=SealedBlob(key_id=uuid4(), sha256="0" * 64, size=10, media_type="application/json"),
    )


def clock() -> ClockStarted:
    """The clock of the first answer."""
    return ClockStarted(
        regime="corporate",
        regime_version="1",
        clock="stage1_respond",
        occurrence=1,
        stage="stage1",
        role="duty",
        base_event="acknowledged",
        base_date=date(2026, 11, 24),
        due_on=date(2026, 12, 8),
        given=False,
        working={"rule": "stage1_respond"},
        calendar_version="england-1",
    )


@asynccontextmanager
async def at_work(places: Places, postgres: Databases, folder: Path) -> AsyncIterator[Council]:
    """Connects everything."""
    keyring = DictKeyring()
    sealer = Sealer(keyring, BlobStore.open(folder / "blobs"))
    async with AsyncExitStack() as stack:
        pools = {}
        for name in PUBLISHERS:
            pools[name] = await connect_pool(as_role(postgres, places.owners[name], ROLE), min_size=1)
            stack.push_async_callback(pools[name].close)
        audit = await connect_pool(places.settings.database_url, min_size=1)
        stack.push_async_callback(audit.close)
        stores = {name: PostgresEventStore(pool, f"/redress/{name}", sealer) for name, pool in pools.items()}
        marks = MarksReader(places.bootstrap, PUBLISHERS, places.marks)
        yield Council(
            places, postgres, keyring, sealer, stores, pools, audit, new_subscriber(places, audit), marks
        )
