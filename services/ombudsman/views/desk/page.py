"""The desk as a list."""

from __future__ import annotations

from typing import Any, Final

from shared.kit import sql
from shared.kit.eventstore import Pool

_PAGE: Final = sql.load(__package__, "page.sql")


async def page(pool: Pool, *, restricted: bool, still_open: bool | None) -> list[dict[str, Any]]:
    """The referrals, oldest first; only open or only decided ones where that is asked."""
    return [dict(row) for row in await pool.fetch(_PAGE, restricted, still_open)]
