"""The calendar: days that were proclaimed bank holidays, and the calendar as it is now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from services.deadlines.application.dependencies import Dependencies
from services.deadlines.domain.calendar import STREAM, Proclaim, calendar_decider
from services.deadlines.views.cases.fold import CaseRow
from shared.casework.cases import Cases
from shared.casework.commands import Reads, WithTold
from shared.casework.problems import COMMAND_PROBLEMS
from shared.contracts.ids import CALENDAR_KEY
from shared.kit.eventstore import handle
from shared.kit.http import Done, Principal, done, require
from shared.rules.calendar.days import Nation

_CALENDAR = "calendar"
Proclaims = Annotated[Principal, Depends(require("calendar:write"))]


def router(dependencies: Dependencies, cases: Cases[CaseRow]) -> APIRouter:
    """`/calendar/bank-holidays`."""
    routes = APIRouter(tags=["calendar"])

    @routes.post("/calendar/bank-holidays", responses=COMMAND_PROBLEMS)
    async def proclaim(body: Proclaim, principal: Proclaims, told: WithTold, response: Response) -> Done:
        """Adds a bank holiday. Every running clock that counts it gets its new date by an event of its own."""
        order = replace(cases.order(told, principal, body.verb, _CALENDAR), happened_at=dependencies.now())
        rules = calendar_decider(dependencies.calendar.shipped)
        handled = await handle(dependencies.store, rules, STREAM, CALENDAR_KEY, body, order=order)
        await dependencies.calendar.today()
        return done(handled, response)

    @routes.get("/calendar/bank-holidays")
    async def bank_holidays(
        principal: Reads,  # noqa: ARG001  who may read a case may read the calendar
        since: date | None = None,
        nation: Nation | None = None,
    ) -> dict[str, Any]:
        """Every bank holiday that deadlines are counted with, and the name of that calendar."""
        calendar = await dependencies.calendar.today()
        return {
            "version": calendar.version,
            "first_day": calendar.first_day,
            "last_day": calendar.last_day,
            "days": [
                {
                    "on": day.day,
                    "name": day.name,
                    "nations": sorted(day.nations),
                    "source": day.source,
                    "status": day.status,
                }
                for day in calendar.days
                if (since is None or day.day >= since) and (nation is None or nation in day.nations)
            ],
        }

    return routes
