"""What can be asked about messages: what was sent to whom and when, and what needs a person."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from services.notifications.application.messages import Messages
from services.notifications.domain.message import Status
from shared.casework.actions import Actions
from shared.casework.commands import Reads
from shared.casework.problems import READ_PROBLEMS

Limit = Annotated[int, Query(ge=1, le=500)]


def queries(messages: Messages) -> APIRouter:
    routes = APIRouter(tags=["notifications"])
    find = messages.its.cases.find

    @routes.get("/outbox", responses=READ_PROBLEMS)
    async def outbox(
        who: Reads, state: Status | None = None, reference: str | None = None, limit: Limit = 100
    ) -> dict[str, Any]:
        """The newest messages, without names and texts; those in one state or about one case where asked."""
        found = await messages.outbox(who, None if state is None else state.value, reference, limit)
        return {"notifications": found}

    @routes.get("/attention", responses=READ_PROBLEMS)
    async def attention(who: Reads, limit: Limit = 100) -> dict[str, Any]:
        """Messages that a person has to see to: failed, of unknown outcome, or with no safe way to their reader."""
        return {"notifications": await messages.attention(who, limit)}

    @routes.get("/cases/{reference}/notifications", responses=READ_PROBLEMS)
    async def of_case(reference: str, who: Reads) -> dict[str, Any]:
        """What was sent about the case to whom and when, with the texts that left. Who looked is written down."""
        case = await find(reference, who, "messages")
        return {"reference": reference, "notifications": await messages.of(case)}

    @routes.get("/cases/{reference}/actions", responses=READ_PROBLEMS)
    async def actions(reference: str, who: Reads) -> Actions:
        """Which messages may be settled and how, or why not. `If-Match` takes the version of the message."""
        offered = await messages.actions(await find(reference, who), who)
        latest = max((action.version for action in offered), default=0)
        return Actions(reference=reference, version=latest, actions=offered)

    return routes
