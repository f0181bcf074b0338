"""Waiting until nothing moves any more: by looking, never by the clock."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final

import asyncpg
from aiokafka.errors import KafkaError

from shared.contracts.services import PUBLISHERS
from tests.chaos.log import ends
from tests.chaos.site import READERS, Site
from tests.chaos.windows import TO_RELAY

_LOOK_EVERY: Final = 0.5
RIPE: Final = """
SELECT count(*) FROM public.due_work
WHERE due_at <= clock_timestamp() + interval '6 seconds' AND parked_at IS NULL
"""
"""What is due, and what looks again every 5 seconds whether it may be done, as reminders of unassigned cases do."""
POSITIONS: Final = "SELECT partition, off FROM views.partition_positions"
RECORDED: Final = "SELECT coalesce(max(notification_id), 0) FROM public.stored_events"
UNDER_WAY: Final = """
SELECT count(*)
FROM (
    SELECT DISTINCT ON (originator_id) topic
    FROM public.stored_events
    WHERE originator_id LIKE 'notification-%'
    ORDER BY originator_id, originator_version DESC
) AS last_event
WHERE topic = ANY(ARRAY[
    'redress.notifications.requested.v1',
    'redress.notifications.attempt-began.v1',
    'redress.notifications.attempt-failed.v1'
])
"""


class NeverSettled(Exception):
    """Something still moves, or stands still where it should move, after a long time."""


@dataclass(slots=True)
class _Look:
    """What isn't done yet, a sentence each, and how much there is of everything."""

    open: list[str] = field(default_factory=list)
    recorded: dict[str, int] = field(default_factory=dict)


async def settled(site: Site, within: float) -> float:
    """Waits until everything recorded is published, folded, done and sent; gives the seconds that it took.

    Two looks in a row must find nothing open and nothing new: work of one service makes work for another.

    Raises:
        NeverSettled: not `within` seconds; it says what is open.
    """
    began, before = time.monotonic(), _Look(open=["not looked at yet"])
    while time.monotonic() - began < within:
        try:
            now = await _look(site)
        except (KafkaError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            now = _Look(open=[repr(error)])
        if not now.open and not before.open and now.recorded == before.recorded:
            return time.monotonic() - began
        before = now
        await asyncio.sleep(_LOOK_EVERY)
    raise NeverSettled(f"not settled after {within:.0f} s: {'; '.join(before.open) or 'still recording'}")


async def _look(site: Site) -> _Look:
    look = _Look()
    at_end = await ends(site.bootstrap)
    for service in READERS:
        async with site.database(service) as connection:
            await _look_at(connection, service, at_end, look)
    return look


async def _look_at(
    connection: asyncpg.Connection[asyncpg.Record], service: str, at_end: dict[int, int], look: _Look
) -> None:
    positions = {row["partition"]: row["off"] for row in await connection.fetch(POSITIONS)}
    behind = sum(max(0, end - positions.get(partition, 0)) for partition, end in at_end.items())
    beyond = sum(positions.get(partition, 0) > end for partition, end in at_end.items())
    ripe = await connection.fetchval(RIPE)
    to_relay = await connection.fetchval(TO_RELAY) if service in PUBLISHERS else 0
    under_way = await connection.fetchval(UNDER_WAY) if service == "notifications" else 0
    look.recorded[service] = await connection.fetchval(RECORDED)
    for number, what in (
        (behind, "events not folded"),
        (beyond, "partitions read beyond their end"),
        (ripe, "due rows not done"),
        (to_relay, "events not relayed"),
        (under_way, "messages under way"),
    ):
        if number:
            look.open.append(f"{service}: {number} {what}")
