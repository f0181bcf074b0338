"""`redress prepare`: roles, databases and tables on a PostgreSQL server. Running it again adds what is new."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import typer

from deploy.cli.services import WITH_DATABASE
from shared.kit.runtime import AUDITOR, KEYRING, STORE_PACKAGES, prepare_server


def prepare_command(
    admin_url: Annotated[
        str, typer.Option(envvar="REDRESS_ADMIN_URL", help="A superuser's URL to any database of the server.")
    ],
) -> None:
    """Makes roles, databases and tables. Passwords come from REDRESS_PASSWORD_<SERVICE>."""
    passwords = {
        name: password
        for name in (*WITH_DATABASE, AUDITOR)
        if (password := os.environ.get(f"REDRESS_PASSWORD_{name.upper()}"))
    }
    dsn_of = {name: to_database(admin_url, name) for name in (*WITH_DATABASE, KEYRING)}
    try:
        applied = asyncio.run(prepare_databases(admin_url, dsn_of, passwords))
    except (OSError, asyncpg.PostgresError) as error:
        sys.exit(f"redress prepare: {error}")
    print(f"{len(applied)} schema files applied")


async def prepare_databases(
    admin_dsn: str, dsn_of: Mapping[str, str], passwords: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """As `prepare_server`, with the packages that each database needs."""
    packages: dict[str, tuple[str, ...]] = {
        name: (*STORE_PACKAGES, f"services.{name}") for name in WITH_DATABASE
    }
    packages[KEYRING] = ("shared.kit.keyring",)
    return await prepare_server(admin_dsn, dsn_of, packages, passwords)


def to_database(url: str, name: str) -> str:
    """The same server's URL, to another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
