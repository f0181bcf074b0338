"""A case by its reference."""

from __future__ import annotations

from typing import Final

from services.audit.views.cases.fold import CaseRow
from shared.kit import sql
from shared.kit.eventstore import Pool

_BY_REFERENCE: Final = sql.load(__package__, "by_reference.sql")


async def by_reference(pool: Pool, reference: str) -> CaseRow | None:
    """The case as audit has heard of it; None: it hasn't."""
    found = await pool.fetchrow(_BY_REFERENCE, reference)
    return None if found is None else CaseRow(**found)
