"""A server made ready for Redress: one database and one role a service, the keyring's, and the auditor's role."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg

from shared.kit import sql
from shared.kit.runtime import migrations

SERVICE_ROLE: Final = "redress_service"
AUDITOR_ROLE: Final = "redress_auditor"
AUDITOR: Final = "auditor"
"""The login of `audit verify`: it may read every service's event table and write nothing."""
KEYRING: Final = "keyring"
STORE_PACKAGES: Final = (
    "shared.kit.eventstore",
    "shared.kit.due",
    "shared.kit.log.relay",
    "shared.kit.log.subscriber",
)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


async def prepare_server(
    admin_dsn: str,
    dsn_of: Mapping[str, str],
    packages: Mapping[str, Sequence[str]],
    passwords: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Makes what is missing of roles and databases, then applies the schema files; gives the files applied.

    Args:
        admin_dsn: a superuser's, to any database of the server.
        dsn_of: the superuser's way into each database, by its name: the services' and the keyring's.
        packages: the packages whose schema each database has.
        passwords: by role; none where the server asks for none (the embedded one: a private socket).
    """
    connection = await asyncpg.connect(admin_dsn)
    try:
        for role in (SERVICE_ROLE, AUDITOR_ROLE):
            await _make_role(connection, role, login=False)
        for name in [*(name for name in dsn_of if name != KEYRING), AUDITOR]:
            await _make_role(connection, name, login=True, password=(passwords or {}).get(name))
        await connection.execute(f"GRANT {AUDITOR_ROLE} TO {AUDITOR}")
        for name in dsn_of:
            await _make_database(connection, name)
            if name != KEYRING:
                await connection.execute(f"GRANT {SERVICE_ROLE} TO {name}")
        await _let_in(connection, [name for name in dsn_of if name != KEYRING])
    finally:
        await connection.close()
    done: list[str] = []
    for name, dsn in dsn_of.items():
        await _prepare_database(name, dsn)
        done += await migrations.apply(dsn, packages[name])
    return tuple(done)


async def _make_role(
    connection: asyncpg.Connection[asyncpg.Record], name: str, *, login: bool, password: str | None = None
) -> None:
    _check(name)
    if not await connection.fetchval(sql.load(__package__, "role_exists.sql"), name):
        await connection.execute(f"CREATE ROLE {name} {'LOGIN' if login else 'NOLOGIN'}")
    if password is not None:
        literal = await connection.fetchval("SELECT quote_literal($1::text)", password)
        await connection.execute(f"ALTER ROLE {name} PASSWORD {literal}")


async def _make_database(connection: asyncpg.Connection[asyncpg.Record], name: str) -> None:
    _check(name)
    if not await connection.fetchval(sql.load(__package__, "database_exists.sql"), name):
        await connection.execute(f"CREATE DATABASE {name}")
    await connection.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")


async def _let_in(connection: asyncpg.Connection[asyncpg.Record], services: Sequence[str]) -> None:
    """Each service enters its own database and the keyring; the auditor enters every service's."""
    for name in services:
        await connection.execute(f"GRANT CONNECT, TEMPORARY, CREATE ON DATABASE {name} TO {name}")
        await connection.execute(f"GRANT CONNECT ON DATABASE {name} TO {AUDITOR}")
        await connection.execute(f"GRANT CONNECT ON DATABASE {KEYRING} TO {name}")


async def _prepare_database(name: str, dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        if name != KEYRING:
            await connection.execute(f"CREATE SCHEMA IF NOT EXISTS views AUTHORIZATION {name}")
    finally:
        await connection.close()


def _check(name: str) -> None:
    """Names go into statements that take no parameters, so only plain ones are let through."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} can't name a role or a database")
