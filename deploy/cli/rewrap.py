"""`redress rewrap`: after the master key got a new version, every data key is wrapped anew under it."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

import asyncpg
import typer

from deploy.cli.prepare import to_database
from shared.kit.keyring import MasterKey, MasterKeyMissing, Spoiled, rewrap
from shared.kit.runtime import KEYRING


def rewrap_command(
    admin_url: Annotated[
        str, typer.Option(envvar="REDRESS_ADMIN_URL", help="A superuser's URL to any database of the server.")
    ],
    master_key: Annotated[
        str, typer.Option(envvar="REDRESS_MASTER_KEY", help="Old and new version, as every service has them.")
    ],
) -> None:
    """Run it until it answers 0; then the old version may be thrown away."""
    try:
        wrapped = asyncio.run(_rewrap(to_database(admin_url, KEYRING), master_key))
    except (OSError, ValueError, MasterKeyMissing, Spoiled, asyncpg.PostgresError) as error:
        sys.exit(f"redress rewrap: {error}")
    print(f"{wrapped} keys wrapped anew")


async def _rewrap(dsn: str, setting: str) -> int:
    connection = await asyncpg.connect(dsn)
    try:
        return await rewrap(connection, MasterKey.from_setting(setting))
    finally:
        await connection.close()
