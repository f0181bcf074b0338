"""Reading the list of quarantined messages, page by page."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.kit import sql
from shared.kit.eventstore import Pool

_PAGE: Final = sql.load(__package__, "page.sql")


async def page(
    pool: Pool, standing: str | None, after: tuple[datetime, UUID] | None, limit: int
) -> tuple[list[dict[str, Any]], tuple[datetime, UUID] | None]:
    """Messages, the latest first, and where the next page begins, if there is one."""
    rows = await pool.fetch(
        _PAGE, standing, after[0] if after else None, after[1] if after else None, limit + 1
    )
    found = [dict(row) for row in rows[:limit]]
    last = found[-1] if len(rows) > limit else None
    return found, (last["received_at"], last["contact_id"]) if last else None
