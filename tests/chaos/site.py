"""A whole installation as a program meets it from outside: addresses, tokens, databases, the mailbox."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import asyncpg
import httpx

from deploy.cli.installation import Installation, ServiceProcess
from deploy.cli.keys import Keys
from deploy.cli.registrar import Registrar
from deploy.cli.services import urls
from shared.contracts.services import PUBLISHERS
from shared.kit.http import person_token, system_token
from tests.chaos.twins import OFFSET, port, twins
from tests.conftest import free_ports

READERS: Final = (*PUBLISHERS, "audit")
"""The services that fold the log."""
PORTS: Final = OFFSET + len(READERS)
"""N to N+5 the services, N+10 to N+15 three brokers, N+20 the mailbox, from N+21 second instances."""
CRM: Final = "crm"
"""The system whose dates are believed."""

QUICK: Final[Mapping[str, str]] = {
    "REDRESS_OFFICE_HOURS": "all",
    "REDRESS_OWN_SENDERS": f"system:{CRM}",
    "REDRESS_SEND_AGAIN_AFTER": ",".join(["1"] * 60),
    "REDRESS_SMTP_LONGEST": "10",
}
"""Settings of a trial: reminders at any hour, the CRM's dates believed, short waits."""


@dataclass(frozen=True, slots=True)
class Site:
    """A running installation."""

    installation: Installation
    twins: dict[str, ServiceProcess] = field(default_factory=dict)
    _registered: dict[tuple[str, tuple[str, ...]], UUID] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """The data folder."""
        return self.installation.home

    @property
    def bootstrap(self) -> str:
        """Kafka."""
        return self.installation.embedded.bootstrap

    def instances(self, service: str) -> list[ServiceProcess]:
        """The processes of a service: one or two."""
        return [each[service] for each in (self.installation.services, self.twins) if service in each]

    def urls(self) -> dict[str, str]:
        """Where every instance of every service answers, by what to call it."""
        base = self.installation.port_base
        seconds = {
            f"{name} 2": f"http://127.0.0.1:{port(base, number)}"
            for number, name in enumerate(READERS)
            if name in self.twins
        }
        return urls(base) | seconds

    def url(self, service: str) -> str:
        """Where a service answers."""
        return urls(self.installation.port_base)[service]

    def system(self, name: str, *scopes: str) -> dict[str, str]:
        """The headers of a program's requests."""
        return _bearer(system_token(self._signing_key(), name, scopes))

    def person(self, name: str, *roles: str) -> dict[str, str]:
        """The headers of a person's requests, who is registered when they are first asked for."""
        if (name, roles) not in self._registered:
            self._registered[name, roles] = self.registrar().ensure(name, roles).person_id
        return _bearer(person_token(self._signing_key(), self._registered[name, roles]))

    def registrar(self) -> Registrar:
        """What registers staff by the data folder's key."""
        return Registrar(self.home, self.url("intake"))

    def client(self, headers: Mapping[str, str], seconds: float = 15) -> httpx.AsyncClient:
        """A client whose requests carry these headers."""
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=20)
        return httpx.AsyncClient(headers=dict(headers), timeout=seconds, limits=limits, trust_env=False)

    @asynccontextmanager
    async def database(self, name: str) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
        """A superuser's connection to a service's database."""
        connection = await asyncpg.connect(self.installation.embedded.dsn(name))
        try:
            yield connection
        finally:
            await connection.close(timeout=5)

    async def rows(self, database: str, statement: str, *arguments: Any) -> list[asyncpg.Record]:
        """The rows of one query as the superuser."""
        async with self.database(database) as connection:
            return await connection.fetch(statement, *arguments)

    def _signing_key(self) -> bytes:
        return Keys(self.installation.embedded.home.keys).token_private.read_bytes()


@asynccontextmanager
async def opened(
    home: Path,
    brokers: int = 1,
    settings: Mapping[str, str] = QUICK,
    port_base: int | None = None,
    *,
    two: bool = False,
) -> AsyncIterator[Site]:
    """An installation on free ports, ready; stopped at the end. `two`: every reader has a second instance."""
    ports = free_ports(PORTS) if port_base is None else port_base
    async with (
        Installation(home, ports, brokers, settings) as installation,
        twins(installation, READERS if two else ()) as seconds,
    ):
        yield Site(installation, seconds)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
