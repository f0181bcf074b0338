"""What this service knows at this moment, read from its own views."""

from __future__ import annotations

from typing import Final, TypeVar
from uuid import UUID

from services.notifications.domain.suppression import CaseFacts, ClockFacts
from services.notifications.views.cases import CaseRow
from services.notifications.views.clocks import ClockRow
from services.notifications.views.directory import UnitRow
from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.log import Row

_SQL: Final = sql.Statements(__package__)
R = TypeVar("R", bound=Row)


class CaseHistory:
    """Reads one thing at a time, by its id."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def case(self, case_id: UUID) -> CaseRow | None:
        """A case; None: not heard of."""
        return await self._one(CaseRow, _SQL.case_by_id, case_id)

    async def clock(self, case_id: UUID, clock: str | None, occurrence: int | None) -> ClockRow | None:
        if clock is None or occurrence is None:
            return None
        return await self._one(ClockRow, _SQL.clock, case_id, clock, occurrence)

    async def unit(self, unit_id: UUID | None) -> UnitRow | None:
        return None if unit_id is None else await self._one(UnitRow, _SQL.unit, unit_id)

    async def about_case(self, case: CaseRow) -> CaseFacts:
        """What matters of a case for whether a message may leave."""
        erased = case.customer_id is not None and bool(
            await self._pool.fetchval(_SQL.is_erased, case.customer_id)
        )
        return facts_of(case, erased=erased)

    async def _one(self, row: type[R], statement: str, *arguments: object) -> R | None:
        found = await self._pool.fetchval(statement, *arguments)
        return None if found is None else row.model_validate_json(found)


def facts_of(case: CaseRow, *, erased: bool) -> CaseFacts:
    """What a case's row says of whether a message may leave; `erased`: the customer's keys were destroyed."""
    return CaseFacts(
        closed=case.status != "open",
        historic=case.historic,
        safe_channels=None if case.safe_channels is None else frozenset(case.safe_channels),
        responded=frozenset(case.responded),
        contributions_over=frozenset(case.parts_over),
        customer_erased=erased,
        officer_id=case.officer_id,
    )


def about_clock(clock: ClockRow | None) -> ClockFacts | None:
    """What matters of a clock for whether a message may leave."""
    return None if clock is None else ClockFacts(clock.state, clock.due_on)
