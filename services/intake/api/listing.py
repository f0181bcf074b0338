"""`GET /cases`: queues and searches, from the view."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.intake.application.dependencies import Dependencies
from services.intake.views.case_list import Filters, page
from shared.casework.commands import Reads
from shared.casework.paging import cursor, place
from shared.casework.policy import sees_restricted
from shared.casework.problems import READ_PROBLEMS
from shared.contracts.ids import unit_id


def router(dependencies: Dependencies) -> APIRouter:
    routes = APIRouter(tags=["cases"])

    @routes.get("/cases", responses=READ_PROBLEMS)
    async def cases(  # noqa: PLR0917  one parameter a filter
        principal: Reads,
        standing: Annotated[str | None, Query(description="open, refused or closed")] = None,
        regime: Annotated[str | None, Query(description="a regime's name; empty: not triaged yet")] = None,
        stage: str | None = None,
        department: Annotated[str | None, Query(description="a unit's code")] = None,
        officer: Annotated[UUID | None, Query(description="an officer's id")] = None,
        person: Annotated[UUID | None, Query(description="a customer's or representative's id")] = None,
        received_from: date | None = None,
        received_to: date | None = None,
        receipt_is_doubtful: Annotated[
            bool | None, Query(description="whether an officer has still to look at the day of receipt")
        ] = None,
        after: Annotated[str | None, Query(description="`next` of the page before")] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> dict[str, Any]:
        """Cases, the latest received first. Restricted ones only for those who may see them."""
        filters = Filters(
            standing=standing,
            regime=regime,
            stage=stage,
            department_id=unit_id(department) if department is not None else None,
            officer_id=officer,
            person_id=person,
            received_from=received_from,
            received_to=received_to,
            receipt_is_doubtful=receipt_is_doubtful,
        )
        found = await page(
            dependencies.pool,
            dependencies.sealer,
            filters,
            restricted=sees_restricted(principal),
            after=place(after, date.fromisoformat, str),
            limit=limit,
        )
        return {"cases": found.cases, "next": cursor(found.next)}

    return routes
