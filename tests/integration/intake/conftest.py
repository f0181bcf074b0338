"""Intake on a real PostgreSQL, asked over HTTP inside the process; Kafka is away."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from pydantic import SecretStr

from services.intake.adapters.registered import adapters
from services.intake.api import routers
from services.intake.application.dependencies import Dependencies
from services.intake.main import VIEWS
from services.intake.settings import IntakeSettings
from shared.casework.staff import STAFF
from shared.kit.blobs import BlobStore
from shared.kit.events import read_json
from shared.kit.eventstore import BEGINNING, Pool, PostgresEventStore, StoredRow, connect_pool
from shared.kit.http import create_app, create_key_pair, system_token
from shared.kit.keyring import MasterKey, PostgresKeyring, Sealer
from shared.kit.log import Received
from shared.kit.runtime import KEYRING, prepare_server
from tests.conftest import Databases
from tests.integration.intake.plain import PlainAdapter
from tests.staff import KnownStaff


@dataclass
class Clock:
    """The time that intake is told; tests move it by hand."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass(frozen=True)
class Ways:
    intake: str
    keyring: str


@pytest.fixture(scope="module")
async def ways(postgres: Databases) -> Ways:
    name = f"intake_{uuid.uuid4().hex[:12]}"
    await prepare_server(
        postgres.dsn(),
        {name: postgres.dsn(name), KEYRING: postgres.dsn(KEYRING)},
        {
            name: ("shared.kit.eventstore", "shared.kit.due", "services.intake"),
            KEYRING: ("shared.kit.keyring",),
        },
    )
    return Ways(postgres.dsn(name, name), postgres.dsn(KEYRING, name))


@pytest.fixture(scope="module")
async def pool(ways: Ways) -> AsyncIterator[Pool]:
    pool = await connect_pool(ways.intake, max_size=10)
    yield pool
    await pool.close()


@pytest.fixture(scope="module")
async def keys(ways: Ways) -> AsyncIterator[Pool]:
    pool = await connect_pool(ways.keyring, max_size=4)
    yield pool
    await pool.close()


@pytest.fixture(scope="module")
def key_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tokens")
    create_key_pair(folder / "private.pem", folder / "public.pem")
    return folder / "private.pem", folder / "public.pem"


@pytest.fixture
def clock() -> Clock:
    """A Tuesday morning in the past, so that nothing that the database stamps is before it."""
    return Clock(datetime(2026, 3, 10, 9, 30, tzinfo=UTC))


@pytest.fixture
def settings(ways: Ways, key_files: tuple[Path, Path], tmp_path: Path) -> IntakeSettings:
    return IntakeSettings(
        database_url=ways.intake,
        keyring_url=ways.keyring,
        kafka="unused",
        port=0,
        blobs=str(tmp_path / "blobs"),
        master_key=SecretStr("unused"),
        token_public_key_file=key_files[1],
        own_senders=("system:own",),
    )


@pytest.fixture(scope="module")
def master() -> MasterKey:
    return MasterKey.from_setting(MasterKey.generate())


@pytest.fixture
def desk(pool: Pool, keys: Pool, settings: IntakeSettings, master: MasterKey, clock: Clock) -> Dependencies:
    keyring = PostgresKeyring(keys, master)
    sealer = Sealer(keyring, BlobStore.open(settings.blobs))
    return Dependencies(
        settings=settings,
        pool=pool,
        store=PostgresEventStore(pool, "/redress/intake", sealer),
        master=master,
        keyring=keyring,
        sealer=sealer,
        adapters={**adapters(), "plain": PlainAdapter()},
        now=clock,
    )


class Client:
    """Intake as several people and systems see it."""

    def __init__(self, desk: Dependencies, private: Path, public: Path) -> None:
        self.desk = desk
        self._private = private.read_bytes()
        self._staff = KnownStaff(self._private)
        self._app = create_app(
            "intake", token_key=public.read_text(), persons=self._staff, routers=routers(desk)
        )

    def http(self, token: str | None = None) -> httpx.AsyncClient:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self._app), base_url="http://intake", headers=headers
        )

    def system(self, name: str = "crm", *scopes: str) -> httpx.AsyncClient:
        return self.http(system_token(self._private, name, scopes or ("contacts:write",)))

    def person(self, name: str = "Olu", *roles: str) -> httpx.AsyncClient:
        return self.http(self._staff.token(name, *(roles or ("officer",))))

    @property
    def administrator(self) -> httpx.AsyncClient:
        return self.person("Adi", "administrator")

    @property
    def crm(self) -> httpx.AsyncClient:
        return self.system()

    @property
    def officer(self) -> httpx.AsyncClient:
        return self.person()

    @property
    def supervisor(self) -> httpx.AsyncClient:
        return self.person("Sam", "supervisor")

    async def send(self, sender: httpx.AsyncClient | None = None, **message: Any) -> httpx.Response:
        """A message in the tests' own format, with a message id of its own unless it says otherwise."""
        body = {"id": uuid.uuid4().hex, "text": "The bin was not emptied.", **message}
        body = {name: value for name, value in body.items() if value is not None}
        return await (sender or self.crm).post("/contacts/plain", json=body)

    async def case(self, **message: Any) -> str:
        """The reference of a new case."""
        answer = await self.send(**{"customer": {"name": "Ada Ash", "email": "ada@example.org"}, **message})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["reference"])

    async def triaged(self, regime: str = "corporate", **message: Any) -> str:
        """The reference of a new case under a regime."""
        reference = await self.case(**message)
        await self.ok(reference, "triage", regime=regime)
        return reference

    async def give(
        self,
        reference: str,
        command: str,
        by: httpx.AsyncClient | None = None,
        headers: dict[str, str] | None = None,
        **body: Any,
    ) -> httpx.Response:
        return await (by or self.officer).post(f"/cases/{reference}/{command}", json=body, headers=headers)

    async def ok(self, reference: str, command: str, **body: Any) -> dict[str, Any]:
        answer = await self.give(reference, command, **body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def read(self, reference: str, by: httpx.AsyncClient | None = None) -> dict[str, Any]:
        answer = await (by or self.officer).get(f"/cases/{reference}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
def client(desk: Dependencies, key_files: tuple[Path, Path]) -> Client:
    return Client(desk, *key_files)


@pytest.fixture
def with_settings(desk: Dependencies, key_files: tuple[Path, Path]) -> Any:
    """`with_settings(repeat_window=...)`: the same intake, configured otherwise."""

    def make(**changes: Any) -> Client:
        return Client(replace(desk, settings=desk.settings.model_copy(update=changes)), *key_files)

    return make


def as_received(rows: Sequence[StoredRow]) -> list[Received]:
    """Stored events as the log would bring them."""
    return [
        Received(row.envelope, read_json(row.envelope.wire_name, row.state), 0, offset, 0, (), b"")
        for offset, row in enumerate(rows)
    ]


async def received_of(store: PostgresEventStore, stream: str) -> list[Received]:
    """The events of one stream as the log would bring them."""
    return as_received(await store.stream_rows(stream))


async def rebuild_views(pool: Pool, store: PostgresEventStore) -> None:
    """Makes the views anew from the whole store, as their subscriber would from the log."""
    events = as_received(await store.read_after(BEGINNING, 100_000))
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL search_path TO views")
        for view in (*VIEWS, STAFF):
            for table in view.tables:
                await connection.execute(f"DROP TABLE IF EXISTS {table}")
            await connection.execute(view.schema_sql)
            for start in range(0, len(events), 7):
                await view.fold(connection, events[start : start + 7])


async def stored(pool: Pool, stream: str) -> list[str]:
    """The wire names of a stream, without prefix and version."""
    rows: list[asyncpg.Record] = await pool.fetch(
        "SELECT topic FROM stored_events WHERE originator_id = $1 ORDER BY originator_version", stream
    )
    return [row["topic"].split(".")[2] for row in rows]
