"""`GET /due`: what is due, by day, department, officer and state, a page at a time."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from services.deadlines.application.dependencies import Dependencies
from services.deadlines.views.due.fold import State
from services.deadlines.views.due.page import page
from shared.casework.commands import Reads
from shared.casework.paging import cursor, place
from shared.casework.policy import sees_restricted
from shared.contracts.ids import unit_id
from shared.rules.regimes.rules import Role

_LIVE: Final = (State.RUNNING, State.MISSED, State.PAUSED)


class DueFilter(BaseModel):
    """What is asked for; without a filter, whatever is owed and still runs."""

    model_config = ConfigDict(extra="forbid")
    by: date | None = Field(default=None, description="Due on that day or before.")
    department: str | None = Field(default=None, description="A unit's code or id.")
    officer: UUID | None = None
    state: list[State] = Field(default=list(_LIVE), description="Without it, what still runs.")
    role: list[Role] = Field(
        default=[role for role in Role if role.owed],
        description="Without it, duties and backstops: limits are only shown.",
    )
    historic: bool = Field(default=False, description="Historic cases, too.")
    after: str | None = Field(default=None, description="`next` of the page before.")
    limit: int = Field(default=100, ge=1, le=500)


def router(dependencies: Dependencies) -> APIRouter:
    """The list of what is due."""
    routes = APIRouter(tags=["due"])

    @routes.get("/due", responses={400: {"description": "A cursor that isn't one."}})
    async def due(principal: Reads, asked: Annotated[DueFilter, Query()]) -> dict[str, Any]:
        """What is due, in the order of the days. A missed clock stays until something meets or stops it."""
        items, following = await page(
            dependencies.pool,
            [found.value for found in asked.state],
            [found.value for found in asked.role],
            asked.by,
            None if asked.department is None else _unit(asked.department),
            asked.officer,
            sees_restricted(principal),
            asked.historic,
            after=place(asked.after, date.fromisoformat, UUID, str, int),
            limit=asked.limit,
        )
        return {"items": items, "next": cursor(following)}

    return routes


def _unit(text: str) -> UUID:
    """A unit's id, from itself or its code."""
    try:
        return UUID(text)
    except ValueError:
        return unit_id(text)
