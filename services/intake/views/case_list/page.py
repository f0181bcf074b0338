"""Reading the list of cases, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from services.intake.views.case_list.fold import CaseRow
from shared.contracts.ids import case_stream
from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.keyring import Place, Sealer, SourceEvent

_PAGE: Final = sql.load(__package__, "page.sql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked for; None lets everything through. An empty regime means: not triaged yet."""

    standing: str | None = None
    regime: str | None = None
    stage: str | None = None
    department_id: UUID | None = None
    officer_id: UUID | None = None
    person_id: UUID | None = None
    received_from: date | None = None
    received_to: date | None = None
    receipt_is_doubtful: bool | None = None


@dataclass(frozen=True, slots=True)
class CasePage:
    """Cases, the latest received first, and where the next page begins, if there is one."""

    cases: list[dict[str, Any]]
    next: tuple[date, str] | None


async def page(
    pool: Pool,
    sealer: Sealer,
    filters: Filters,
    *,
    restricted: bool,
    after: tuple[date, str] | None,
    limit: int,
) -> CasePage:
    """One page; `restricted` says whether restricted cases exist for whoever asks."""
    rows = await pool.fetch(
        _PAGE,
        restricted,
        filters.standing,
        filters.regime,
        filters.stage,
        filters.department_id,
        filters.officer_id,
        filters.person_id,
        filters.received_from,
        filters.received_to,
        filters.receipt_is_doubtful,
        after[0] if after else None,
        after[1] if after else None,
        limit + 1,
    )
    found = [CaseRow.model_validate_json(row["row"]) for row in rows[:limit]]
    more = len(rows) > limit
    last = found[-1] if more else None
    shown = await sealer.unseal_rows(found, _places)
    return CasePage(shown, (last.received_on, last.reference) if last else None)


def _places(row: CaseRow) -> dict[str, Place]:
    opened = SourceEvent.at(case_stream(row.case_id), 1, row.case_id)
    return {"customer_name": opened.field("customer.name"), "subject": opened.field("subject")}
