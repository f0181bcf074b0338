"""`GET /due`: what is due, by day, department, officer and state, a page at a time."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from services.deadlines.application.dependencies import Dependencies
from services.deadlines.views.due.fold import State
from shared.casework.commands import Reads
from shared.casework.policy import sees_restricted
from shared.contracts.ids import unit_id
from shared.kit import sql
from shared.kit.http import Problem
from shared.rules.regimes.rules import Role

_LIVE: Final = (State.RUNNING, State.MISSED, State.PAUSED)
_FIRST: Final = (date.min, UUID(int=0), "", 0)
Cursor = tuple[date, UUID, str, int]


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
        rows = await dependencies.pool.fetch(
            sql.load("services.deadlines.views.due", "list.sql"),
            [found.value for found in asked.state],
            [found.value for found in asked.role],
            asked.by,
            None if asked.department is None else _unit(asked.department),
            asked.officer,
            sees_restricted(principal),
            asked.historic,
            *_cursor(asked.after),
            asked.limit + 1,
        )
        return {"items": [dict(row) for row in rows[: asked.limit]], "next": _next(rows, asked.limit)}

    return routes


def _unit(text: str) -> UUID:
    """A unit's id, from itself or its code."""
    try:
        return UUID(text)
    except ValueError:
        return unit_id(text)


def _next(rows: list[Any], limit: int) -> str | None:
    if len(rows) <= limit:
        return None
    last = rows[limit - 1]
    cursor = [last["due_on"].isoformat(), str(last["case_id"]), last["clock"], last["occurrence"]]
    return base64.urlsafe_b64encode(json.dumps(cursor).encode()).decode()


def _cursor(after: str | None) -> Cursor:
    if after is None:
        return _FIRST
    try:
        day, case, clock, occurrence = json.loads(base64.urlsafe_b64decode(after.encode()))
        return date.fromisoformat(day), UUID(case), str(clock), int(occurrence)
    except (ValueError, TypeError, AttributeError, binascii.Error) as error:
        raise Problem(
            400, "bad-cursor", "This cursor isn't one of ours: take `next` of the page before."
        ) from error
