"""A database of a service of its own for each test module, entered with no more rights than a service has."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import asyncpg
import pytest

from shared.kit.eventstore import Pool, PostgresEventStore, connect_pool
from shared.kit.runtime import migrations
from tests.conftest import Databases

SERVICE = "eventstore_tester"


@dataclass(frozen=True)
class Ways:
    """The ways into one database: its owner's, a service's and the auditor's."""

    owner: str
    service: str
    auditor: str


async def service_database(postgres: Databases) -> Ways:
    """A fresh database with the tables of the store and of due work."""
    owner = await postgres.fresh_database("store")
    connection = await asyncpg.connect(owner)
    try:
        for role, kind in (
            ("redress_service", "NOLOGIN"),
            ("redress_auditor", "NOLOGIN"),
            (SERVICE, "LOGIN IN ROLE redress_service"),
            ("auditor", "LOGIN IN ROLE redress_auditor"),
        ):
            if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role):
                await connection.execute(f"CREATE ROLE {role} {kind}")
        for login, group in ((SERVICE, "redress_service"), ("auditor", "redress_auditor")):
            await connection.execute(f"GRANT {group} TO {login}")
        name = await connection.fetchval("SELECT current_database()")
    finally:
        await connection.close()
    await migrations.apply(owner, ["shared.kit.eventstore", "shared.kit.due"])
    return Ways(owner, postgres.dsn(name, SERVICE), postgres.dsn(name, "auditor"))


@pytest.fixture(scope="module")
async def database(postgres: Databases) -> Ways:
    """The module's database."""
    return await service_database(postgres)


@pytest.fixture(scope="module")
async def pool(database: Ways) -> AsyncIterator[Pool]:
    """Connections of the service."""
    pool = await connect_pool(database.service, max_size=20)
    yield pool
    await pool.close()


@pytest.fixture
def store(pool: Pool) -> PostgresEventStore:
    """The service's store."""
    return PostgresEventStore(pool, "/redress/tests")
