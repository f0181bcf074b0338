"""A PostgreSQL of the keyring's own: these tests read its raw files and copy it as a backup would."""

from __future__ import annotations

import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeAlias

import asyncpg
import pytest

from deploy.embedded.postgres import SUPERUSER, Postgres, binaries
from deploy.embedded.privileges import unprivileged
from deploy.embedded.processes import spawn, tail
from shared.kit.keyring import MasterKey, PostgresKeyring
from shared.kit.runtime import KEYRING, prepare_server

SERVICE = "intake"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


class KeyringServer:
    """A server with the keyring's database, made ready as in operation, and one service's."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self.postgres = Postgres(folder / name, folder / f"{name}.log")

    @property
    def owner_dsn(self) -> str:
        return self.postgres.dsn(KEYRING, SUPERUSER)

    @property
    def service_dsn(self) -> str:
        return self.postgres.dsn(KEYRING, SERVICE)

    async def prepare(self) -> None:
        await prepare_server(
            self.postgres.dsn(),
            {SERVICE: self.postgres.dsn(SERVICE), KEYRING: self.owner_dsn},
            {SERVICE: (), KEYRING: ("shared.kit.keyring",)},
        )

    async def backup(self, name: str) -> KeyringServer:
        """A physical copy with its write-ahead log, as a server that has not been started."""
        copy = KeyringServer(self.folder, name)
        privileges = unprivileged()
        copy.postgres.data.mkdir(mode=0o700)
        privileges.hand_over(copy.postgres.data)
        process = await spawn(
            [
                *(binaries() / "pg_basebackup", "-D", copy.postgres.data, "-h", self.postgres.sockets),
                *("-U", SUPERUSER, "-c", "fast", "-X", "stream"),
            ],
            copy.postgres.log,
            on_parent_death=signal.SIGKILL,
            privileges=privileges,
        )
        assert await process.wait() == 0, tail(copy.postgres.log)
        return copy

    async def stop(self) -> None:
        await self.postgres.stop()
        shutil.rmtree(self.postgres.sockets, ignore_errors=True)


@pytest.fixture(scope="session")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[KeyringServer]:
    server = KeyringServer(tmp_path_factory.mktemp("keyring"), "first")
    await server.postgres.start()
    try:
        await server.prepare()
        yield server
    finally:
        await server.stop()


@pytest.fixture
async def pool(server: KeyringServer) -> AsyncIterator[Pool]:
    """A service's way into the keyring."""
    async with asyncpg.create_pool(server.service_dsn, min_size=0, max_size=8) as pool:
        yield pool


@pytest.fixture
async def owner(server: KeyringServer) -> AsyncIterator[Connection]:
    """The migrating superuser's connection to the keyring's database."""
    connection = await asyncpg.connect(server.owner_dsn)
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
def master() -> MasterKey:
    return MasterKey.from_setting(MasterKey.generate())


@pytest.fixture
def keyring(pool: Pool, master: MasterKey) -> PostgresKeyring:
    return PostgresKeyring(pool, master)
