"""A service's databases, and its store and keys on them, as its `runtime` puts them together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import asyncpg

from shared.kit.blobs import BlobStore
from shared.kit.eventstore import Pool, PostgresEventStore, connect_pool
from shared.kit.keyring import MasterKey, PostgresKeyring, Sealer
from shared.kit.log import Reactor, View
from shared.kit.log.subscriber.folding import positions
from shared.kit.log.subscriber.views.preparing import prepare
from shared.kit.runtime import migrations
from tests.conftest import Databases

ROLE: Final = "log_tester"
"""Has a service's rights, and owns schema `views`."""
AUDITOR: Final = "log_test_auditor"
"""Has the auditor's rights."""
_ROLES: Final = {"redress_service": "NOLOGIN", "redress_auditor": "NOLOGIN", ROLE: "LOGIN", AUDITOR: "LOGIN"}
_PACKAGES: Final = ("shared.kit.eventstore", "shared.kit.due", "shared.kit.log.relay")


async def owned_database(postgres: Databases, name: str = "log", packages: Iterable[str] = ()) -> str:
    """A fresh database of a service, with what these packages need besides; gives its owner's URL."""
    owner = await postgres.fresh_database(name)
    connection = await asyncpg.connect(owner)
    try:
        for role, kind in _ROLES.items():
            if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role):
                await connection.execute(f"CREATE ROLE {role} {kind}")
        await connection.execute(f"GRANT redress_service TO {ROLE}")
        await connection.execute(f"GRANT redress_auditor TO {AUDITOR}")
        database = await connection.fetchval("SELECT current_database()")
        await connection.execute(f'GRANT CREATE ON DATABASE "{database}" TO {ROLE}')
        await connection.execute(f"CREATE SCHEMA views AUTHORIZATION {ROLE}")
    finally:
        await connection.close()
    await migrations.apply(owner, (*_PACKAGES, *packages))
    return owner


def as_role(postgres: Databases, owner: str, role: str) -> str:
    """The same database, as that role."""
    return postgres.dsn(owner.partition("?")[0].rpartition("/")[2], role)


async def service_database(postgres: Databases) -> str:
    """A fresh database, as the service's role."""
    return as_role(postgres, await owned_database(postgres), ROLE)


@dataclass(frozen=True)
class Places:
    """Where a service lies, for this process or another one."""

    service: str
    keyring: str
    master: str
    blobs: Path


async def make_places(postgres: Databases, folder: Path) -> Places:
    """Fresh databases and a fresh master key."""
    service = await service_database(postgres)  # it makes the roles
    owner = await postgres.fresh_database("keyring")
    await migrations.apply(owner, ["shared.kit.keyring"])
    return Places(service, as_role(postgres, owner, ROLE), MasterKey.generate(), folder)


@dataclass(frozen=True)
class Stored:
    """A service's store and keys."""

    pool: Pool
    keyring: PostgresKeyring
    sealer: Sealer
    store: PostgresEventStore


@asynccontextmanager
async def stored_at(
    places: Places, service: str, views: Sequence[View], reactors: Sequence[Reactor]
) -> AsyncIterator[Stored]:
    """Opened on these places, with the tables of its views; opened again it goes on where it was."""
    pool, keys = await connect_pool(places.service), await connect_pool(places.keyring)
    try:
        keyring = PostgresKeyring(keys, MasterKey.from_setting(places.master))
        sealer = Sealer(keyring, BlobStore.open(str(places.blobs)))
        await prepare(pool, views, reactors, {0: 0})
        await in_views(pool, positions.ensure_positions, [0])
        yield Stored(pool, keyring, sealer, PostgresEventStore(pool, f"/redress/{service}", sealer))
    finally:
        await keys.close()
        await pool.close()


async def in_views(pool: Pool, do: Any, *arguments: Any) -> Any:
    """Does something with the ledger of the live views."""
    async with pool.acquire() as connection, connection.transaction():
        await positions.enter(connection, positions.LIVE)
        return await do(connection, *arguments)
