"""A database full of events, and half a kilobyte of JSON, for the benches of relay and subscriber."""

from __future__ import annotations

import json
from typing import Final
from uuid import uuid4

import asyncpg

from shared.kit.events import Event, event
from shared.kit.runtime import migrations

BYTES: Final = 500
STREAMS: Final = 1000


@event("redress.test.weighed.v1")
class Weighed(Event):
    """An event of the usual weight."""

    text: str
    number: int


def half_kilobyte() -> bytes:
    """The JSON of one."""
    text = "x" * (BYTES - len(json.dumps({"text": "", "number": 1})))
    return json.dumps({"text": text, "number": 1}).encode()


async def fresh_database(admin_dsn: str) -> str:
    """A database of this run's own with the tables of store, due work and relay."""
    name = f"bench_{uuid4().hex[:12]}"
    connection = await asyncpg.connect(admin_dsn)
    try:
        for role in ("redress_service", "redress_auditor"):
            if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role):
                await connection.execute(f"CREATE ROLE {role} NOLOGIN")
        await connection.execute(f'CREATE DATABASE "{name}"')
        current = await connection.fetchval("SELECT current_database()")
    finally:
        await connection.close()
    dsn = admin_dsn.replace(f"/{current}", f"/{name}", 1)
    await migrations.apply(dsn, ["shared.kit.eventstore", "shared.kit.due", "shared.kit.log.relay"])
    return dsn


async def fill(dsn: str, events: int) -> None:
    """Stores so many events, of `STREAMS` streams in turn, a thousand a transaction."""
    connection = await asyncpg.connect(dsn)
    value = half_kilobyte()
    try:
        await connection.execute("CREATE TEMP TABLE s (n integer, key uuid DEFAULT gen_random_uuid())")
        await connection.execute("INSERT INTO s SELECT generate_series(1, $1::integer)", STREAMS)
        for first in range(1, events // STREAMS + 1):
            await connection.execute(
                """
                INSERT INTO stored_events (
                    originator_id, originator_version, topic, state, event_id, source, key,
                    happened_at, principal, correlation_id
                )
                SELECT 'case-' || key, $1, 'redress.test.weighed.v1', $2, gen_random_uuid(), '/redress/bench', key,
                    now(), 'service:bench', key
                FROM s ORDER BY n
                """,
                first,
                value,
            )
        await connection.execute("ANALYZE stored_events")
    finally:
        await connection.close()
