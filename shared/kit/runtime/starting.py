"""Waiting for what a service stands on: the order in which things are started doesn't matter."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

import asyncpg
import structlog

from shared.kit.eventstore import LOST, Pool, connect_pool
from shared.kit.runtime import migrations
from shared.kit.tries import Tries

_CLOSED_WITHIN: Final = 3.0
_log = structlog.get_logger(__name__)


async def pool_when_ready(
    dsn: str, packages: Sequence[str], application_name: str, max_size: int = 10
) -> Pool:
    """A pool on the database, once it can be reached and has all of its schema.

    Raises:
        UnsafeServer: the server may lose what it acknowledges: waiting doesn't mend that.
    """
    told, tries = "", Tries(longest=0.5)
    while True:
        try:
            pool = await connect_pool(dsn, max_size=max_size, application_name=application_name)
        except (*LOST, asyncpg.PostgresError) as error:
            reason = f"{type(error).__name__}: {error}"
        else:
            reason = await _lacking(pool, packages)
            if not reason:
                return pool
            await pool.close()
        if reason != told:
            _log.info("waiting for the database", reason=reason)
            told = reason
        await tries.pause()


async def close(pool: Pool) -> None:
    """Closes a pool; its connections are cut when they don't come back, as in an outage."""
    try:
        async with asyncio.timeout(_CLOSED_WITHIN):
            await pool.close()
    except TimeoutError:
        pool.terminate()


async def _lacking(pool: Pool, packages: Sequence[str]) -> str:
    try:
        missing = await migrations.missing(pool, packages)
    except asyncpg.PostgresError as error:
        return f"{type(error).__name__}: {error}"
    return f"schema files not applied yet: {', '.join(missing)}" if missing else ""
