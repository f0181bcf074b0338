"""Reading what is due, page by page."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from shared.kit import sql
from shared.kit.eventstore import Pool

_PAGE: Final = sql.load(__package__, "page.sql")
_FIRST: Final = (date.min, UUID(int=0), "", 0)
Place = tuple[date, UUID, str, int]
"""Where a page ended: due date, case, clock and occurrence."""


async def page(
    pool: Pool, *filters: object, after: Place | None, limit: int
) -> tuple[list[dict[str, Any]], Place | None]:
    """Runs of clocks by their due dates, and where the next page begins, if there is one.

    `filters` are what the statement takes before the place and the limit, in its order.
    """
    rows = await pool.fetch(_PAGE, *filters, *(after or _FIRST), limit + 1)
    found = [dict(row) for row in rows[:limit]]
    last = found[-1] if len(rows) > limit else None
    return found, (last["due_on"], last["case_id"], last["clock"], last["occurrence"]) if last else None
