"""`GET /cases`: queues and searches, from the view."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.intake.api.asking import PROBLEMS, Reads, cursor, place, read_place
from services.intake.application.desk import Desk
from services.intake.views.case_list import Filters, page
from shared.contracts.ids import unit_id


def router(desk: Desk) -> APIRouter:
    """`GET /cases`."""
    routes = APIRouter(tags=["cases"])

    @routes.get("/cases", responses=PROBLEMS)
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
        )
        found = await page(
            desk.pool,
            desk.sealer,
            filters,
            restricted=principal.sees_restricted,
            after=read_place(place(after), date.fromisoformat, str),
            limit=limit,
        )
        return {"cases": found.cases, "next": cursor(found.next)}

    return routes
