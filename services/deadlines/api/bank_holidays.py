"""The calendar: days that were proclaimed bank holidays, and the calendar as it is now."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from services.deadlines.application.dependencies import Dependencies
from shared.casework.commands import Reads, WithTold
from shared.casework.problems import COMMAND_PROBLEMS
from shared.kit.http import Done, Principal, done, require
from shared.rules.calendar.days import Nation

_CALENDAR = "calendar"
Proclaims = Annotated[Principal, Depends(require("calendar:write"))]


class BankHoliday(BaseModel):
    """A weekday that is a bank holiday in one nation, and where that is proclaimed."""

    model_config = ConfigDict(extra="forbid")
    on: date
    nation: Nation
    source: Annotated[str, StringConstraints(min_length=1, max_length=300)]


def router(dependencies: Dependencies) -> APIRouter:
    """`/calendar/bank-holidays`."""
    routes = APIRouter(tags=["calendar"])

    @routes.post("/calendar/bank-holidays", responses=COMMAND_PROBLEMS)
    async def proclaim(body: BankHoliday, principal: Proclaims, told: WithTold, response: Response) -> Done:
        """Adds a bank holiday. Every running clock that counts it gets its new date by an event of its own."""
        order = dependencies.order(told, principal, what="proclaim", reference=_CALENDAR)
        handled = await dependencies.deadlines.proclaim(body.on, body.nation.value, body.source, order)
        return done(handled, response)

    @routes.get("/calendar/bank-holidays")
    async def bank_holidays(
        principal: Reads,  # noqa: ARG001  who may read a case may read the calendar
        since: date | None = None,
        nation: Nation | None = None,
    ) -> dict[str, Any]:
        """Every bank holiday that deadlines are counted with, and the name of that calendar."""
        calendar = await dependencies.deadlines.calendar.today()
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
