"""The rows of the event store and of due work."""

from __future__ import annotations

from typing import Final

from shared.kit.eventstore import connect_pool
from tests.bench.bench_appends import SLICES, measure_appends, measure_claims, server_with_tables
from tests.bench.row import Goal, Row

_OF_BARE: Final = 0.6
_CLAIMS: Final = 10_000


async def appends_of_one(*, quick: bool) -> Row:
    """One writer."""
    return await _appends(1, quick=quick)


async def appends_of_eight(*, quick: bool) -> Row:
    """Eight writers at once."""
    return await _appends(8, quick=quick)


async def due(*, quick: bool) -> Row:  # noqa: ARG001  it takes a few seconds
    """Due rows claimed by one poller."""
    async with server_with_tables() as server:
        pool = await connect_pool(server.dsn())
        try:
            rate = await measure_claims(pool)
        finally:
            await pool.close()
    return Row("due rows claimed", (Goal("", _CLAIMS, rate, "/s"),))


async def _appends(writers: int, *, quick: bool) -> Row:
    async with server_with_tables() as server:
        found = await measure_appends(server.dsn(), writers, 1 if quick else SLICES)
    return Row(
        f"appends with receipts, {writers} writer{'s' if writers > 1 else ''}",
        (
            Goal("of bare asyncpg", _OF_BARE, found.ours / found.bare, "x"),
            Goal("ahead of the peer", 1, found.ours / found.peer, "x"),
        ),
        f"ours {found.ours:,.0f}/s, bare asyncpg {found.bare:,.0f}/s, the eventsourcing library's recorder, "
        f"without receipts, {found.peer:,.0f}/s",
    )
