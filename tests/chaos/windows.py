"""What a kill hit: the state at that moment, read from the databases while the process stands still."""

from __future__ import annotations

from collections import Counter
from typing import Final

import asyncpg

from shared.contracts.services import PUBLISHERS
from tests.chaos.site import READERS, Site

CLAIMED: Final = "between claim and answer"
UNANSWERED: Final = "between append and answer"
UNSAVED: Final = "between relay send and saved position"
MID_BATCH: Final = "mid-batch (a fold's transaction open)"
WRITING: Final = "in a statement that writes"
OWING: Final = "with due work claimed"
UNRELAYED: Final = "with events not yet relayed"
EARLY: Final = "with a send that reached the new log before its first event"
ALL: Final = (CLAIMED, UNANSWERED, UNSAVED, MID_BATCH, WRITING, OWING, UNRELAYED, EARLY)

SESSIONS: Final = """
SELECT
    count(*) FILTER (WHERE state LIKE 'idle in transaction%' AND backend_xid IS NOT NULL) AS mid_batch,
    count(*) FILTER (WHERE state = 'active' AND backend_xid IS NOT NULL) AS writing
FROM pg_stat_activity
WHERE usename = ANY($1::name[])
"""
CLAIMS: Final = """
SELECT count(*)
FROM (
    SELECT DISTINCT ON (originator_id) originator_id, topic
    FROM public.stored_events
    WHERE originator_id IN (
        SELECT originator_id FROM public.stored_events
        WHERE topic = 'redress.notifications.attempt-began.v1' AND recorded_at > clock_timestamp() - interval '1 minute'
    )
    ORDER BY originator_id, originator_version DESC
) AS last_event
WHERE topic = 'redress.notifications.attempt-began.v1'
"""
DUE: Final = "SELECT count(*) FROM public.due_work WHERE lease IS NOT NULL AND claim_at > clock_timestamp()"
TO_RELAY: Final = """
SELECT count(*)
FROM public.stored_events AS e, public.relay_state AS r
WHERE (e.transaction_id, e.notification_id) > (r.transaction_id::text::xid8, r.notification_id)
"""


async def at_this_moment(site: Site, services: tuple[str, ...]) -> Counter[str]:
    """How many of each window these services are in."""
    found: Counter[str] = Counter()
    roles = [service for service in services if service in READERS]
    async with site.database("postgres") as connection:
        row = await connection.fetchrow(SESSIONS, roles)
    assert row is not None
    found[MID_BATCH], found[WRITING] = row["mid_batch"], row["writing"]
    for service in roles:
        async with site.database(service) as connection:
            await _of_service(connection, service, found)
    return +found


async def claims(site: Site) -> int:
    """Messages that have been claimed and wait for the mail server's answer."""
    async with site.database("notifications") as connection:
        found: int = await connection.fetchval(CLAIMS)
    return found


async def _of_service(
    connection: asyncpg.Connection[asyncpg.Record], service: str, found: Counter[str]
) -> None:
    found[OWING] += await connection.fetchval(DUE)
    if service in PUBLISHERS:
        found[UNRELAYED] += await connection.fetchval(TO_RELAY)
    if service == "notifications":
        found[CLAIMED] += await connection.fetchval(CLAIMS)
