"""What the rows are measured on: servers alone or a whole installation, in a folder of its own that is removed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

import asyncpg

from deploy.embedded.home import Home
from deploy.embedded.postgres import Postgres
from deploy.embedded.supervisor import Embedded
from tests.chaos.site import CRM, Site, opened
from tests.conftest import free_ports

SETTINGS: Final[Mapping[str, str]] = {"REDRESS_OFFICE_HOURS": "all", "REDRESS_OWN_SENDERS": f"system:{CRM}"}


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    made = Path(tempfile.mkdtemp(prefix="redress-bench-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@asynccontextmanager
async def servers() -> AsyncIterator[Embedded]:
    """PostgreSQL and one broker."""
    ports = free_ports(3)
    with folder() as home:
        async with Embedded(home, kafka_port=ports, smtp_port=ports + 2) as embedded:
            yield embedded


@asynccontextmanager
async def installation(brokers: int = 1) -> AsyncIterator[Site]:
    """PostgreSQL, brokers and six services; PostgreSQL remembers when each transaction was committed."""
    with folder() as home:
        await _remember_commit_times(Home(home.resolve()))
        async with opened(home, brokers, SETTINGS) as site:
            yield site


async def _remember_commit_times(home: Home) -> None:
    home.create()
    server = Postgres(home.postgres, home.logs / "postgres.log")
    await server.start()
    try:
        connection = await asyncpg.connect(server.dsn())
        await connection.execute("ALTER SYSTEM SET track_commit_timestamp = on")
        await connection.close()
    finally:
        await server.stop()
