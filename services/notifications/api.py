"""Messages over HTTP: what was sent to whom and when, what needs a person, and the person's word on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict

from services.notifications.application import Notifications
from services.notifications.domain import Notification, Status
from services.notifications.domain.settling import answers
from services.notifications.reading import Reading
from services.notifications.views.outbox import OutboxRow
from shared.casework.cases import order_for
from shared.kit.decider import Refused
from shared.kit.eventstore import as_answer
from shared.kit.http import Done, Principal, Told, done, require, told
from shared.kit.keyring import Fingerprints

Reader = Annotated[Principal, Depends(require("cases:read"))]
Writer = Annotated[Principal, Depends(require("cases:write", "notifications:write"))]
With = Annotated[Told, Depends(told)]
Limit = Annotated[int, Query(ge=1, le=500)]
_SETTLE: Final = "settle"


class SettleBody(BaseModel):
    """Whether the message arrived; if it did, the day on which it had been sent."""

    model_config = ConfigDict(extra="forbid")

    arrived: bool
    sent_on: date | None = None


def queries(reading: Reading, notifications: Notifications) -> APIRouter:
    """The queries."""
    routes = APIRouter(tags=["notifications"])

    @routes.get("/outbox")
    async def outbox(
        who: Reader, state: Status | None = None, reference: str | None = None, limit: Limit = 100
    ) -> dict[str, Any]:
        """The newest messages, without names and texts; those in one state or about one case where asked."""
        found = await reading.outbox(who, None if state is None else state.value, reference, limit)
        return {"notifications": found}

    @routes.get("/attention")
    async def attention(who: Reader, limit: Limit = 100) -> dict[str, Any]:
        """Messages that a person has to see to: failed, of unknown outcome, or with no safe way to their reader."""
        return {"notifications": await reading.attention(who, limit)}

    @routes.get("/cases/{reference}/notifications")
    async def of_case(reference: str, who: Reader) -> dict[str, Any]:
        """What was sent about the case to whom and when, with the texts that left."""
        case = await reading.case(reference, who)
        return {"reference": reference, "notifications": await reading.messages(case, who)}

    @routes.get("/cases/{reference}/actions")
    async def actions(reference: str, who: Reader) -> dict[str, Any]:
        """Which messages may be settled and how, or why not."""
        case = await reading.case(reference, who)
        offered = []
        for row in await reading.rows_of(case):
            state, version = await notifications.outbound.state(row.notification, case.case_id)
            offered.append(_offer(row, who, state) | {"version": version})
        return {"reference": reference, "actions": offered}

    return routes


def commands(reading: Reading, notifications: Notifications, marks: Fingerprints) -> APIRouter:
    """The one command; `marks` recognise a command id that is used for another body."""
    routes = APIRouter(tags=["notifications"])

    @routes.post("/notifications/{notification}/settle")
    async def settle(
        notification: UUID, body: SettleBody, who: Writer, given: With, response: Response
    ) -> Done:
        """Records what a person found out about a message whose outcome isn't known, or that never left."""
        case = await reading.case_of(notification, who)
        order = replace(
            order_for(marks, given, who, _SETTLE, str(notification)), answer={"reference": case.reference}
        )
        handled = await notifications.settle(
            notification, case.case_id, arrived=body.arrived, sent_on=body.sent_on, order=order
        )
        return done(handled, response)

    return routes


def _offer(row: OutboxRow, who: Principal, state: Notification) -> dict[str, Any]:
    action: dict[str, Any] = {
        "command": _SETTLE,
        "notification": str(row.notification),
        "address": f"/notifications/{row.notification}/{_SETTLE}",
        "options": {},
        "refused": None,
    }
    try:
        taken = answers(who.id, state)
    except Refused as refused:
        return action | {"refused": as_answer(refused)}
    days = [day.isoformat() for _, day in taken if day is not None]
    return action | {"options": {"arrived": sorted({arrived for arrived, _ in taken}), "sent_on": days}}
