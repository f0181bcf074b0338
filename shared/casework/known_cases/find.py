"""A case by its reference, in the view `cases` of whatever service asks."""

from __future__ import annotations

from typing import Final, TypeVar

from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.log import Row

R = TypeVar("R", bound=Row)
_BY_REFERENCE: Final = sql.load(__package__, "by_reference.sql")


async def by_reference(pool: Pool, row: type[R], reference: str) -> R | None:
    """The case as this service has heard of it; None: it hasn't."""
    found = await pool.fetchval(_BY_REFERENCE, reference)
    return None if found is None else row.model_validate_json(found)
