"""The access logs of all services, read together as the auditor, who may read and nothing else (decision 0026)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg

from services.audit.settings import AuditSettings
from shared.contracts.services import WITH_DATABASE
from shared.kit import sql

_SQL: Final = sql.Statements(__package__)
_WITHIN: Final = 3.0
"""Seconds that a service's database has to answer."""
_EVERY_NUMBER: Final = 2**63 - 1

Cursor = tuple[datetime, tuple[str, int]]
"""Where a page ended: when, in which service, and the look's number there."""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at a part of a case in a service (`what`, such as `timeline`), or was refused it."""

    at: datetime
    service: str
    number: int
    principal: str
    what: str
    refused: bool

    @property
    def cursor(self) -> Cursor:
        """What tells it from every other and puts it in order."""
        return self.at, (self.service, self.number)


@dataclass(slots=True)
class Looks:
    """A page of looks, the latest first; `unread` are the services whose log could not be read, and why."""

    looks: list[Look] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    more: bool = False


async def looks_at(settings: AuditSettings, case_id: UUID, before: Cursor | None, limit: int) -> Looks:
    """Up to `limit` looks at a case from before a cursor. A service that can't be reached is named, not left out."""
    found = Looks()

    async def read(service: str) -> Sequence[Look]:
        try:
            async with asyncio.timeout(_WITHIN):
                return await _of(service, settings.auditor_url(service), case_id, before, limit + 1)
        except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            found.unread[service] = type(error).__name__
            return ()

    logs = await asyncio.gather(*map(read, WITH_DATABASE))
    merged = sorted((look for log in logs for look in log), key=lambda look: look.cursor, reverse=True)
    found.looks, found.more = merged[:limit], len(merged) > limit
    return found


async def _of(service: str, url: str, case_id: UUID, before: Cursor | None, limit: int) -> list[Look]:
    connection = await asyncpg.connect(url, server_settings={"application_name": "redress looks"})
    try:
        rows = await connection.fetch(_SQL.looks, case_id, *_bound(service, before), limit)
    finally:
        await connection.close()
    return [
        Look(row["at"], service, row["number"], row["principal"], row["what"], row["refused"]) for row in rows
    ]


def _bound(service: str, before: Cursor | None) -> tuple[datetime | None, int]:
    """Moment and number before which a service's looks lie; looks of one moment go by the services' names."""
    if before is None:
        return None, 0
    at, (other, number) = before
    return at, number if service == other else _EVERY_NUMBER if service < other else 0
