"""The door: one address a format."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from services.intake.adapters import Unreadable
from services.intake.application.dependencies import Dependencies
from services.intake.application.quarantine import Quarantined, Quarantining
from services.intake.application.receiving import Accepted, Message
from shared.casework.commands import WithTold
from shared.casework.problems import READ_PROBLEMS
from shared.kit.events import derive
from shared.kit.http import Principal, Problem, require

Sends = Annotated[Principal, Depends(require("contacts:write"))]


class ContactAnswer(BaseModel):
    """The case that a contact made, now or before."""

    reference: str
    case_id: UUID
    repeated: bool
    likely_repeat_of: str | None = None


def answer(accepted: Accepted, response: Response) -> ContactAnswer:
    """201 with the new case, or 200 with the one that there was."""
    response.status_code = 200 if accepted.repeated else 201
    response.headers["Location"] = f"/cases/{accepted.reference}"
    return ContactAnswer(
        reference=accepted.reference,
        case_id=accepted.case_id,
        repeated=accepted.repeated,
        likely_repeat_of=accepted.likely_repeat_of,
    )


def unread(fault: Unreadable, kept: UUID) -> Problem:
    """What is wrong with a message, and where it is kept."""
    return Problem(422, fault.code, fault.title, fault.detail, pointer=fault.pointer, quarantine_id=str(kept))


def router(dependencies: Dependencies) -> APIRouter:
    routes = APIRouter(tags=["contacts"])
    quarantining = Quarantining(dependencies)

    @routes.post(
        "/contacts/{adapter}",
        status_code=201,
        responses={
            **READ_PROBLEMS,
            200: {"description": "A repeat: the first case."},
            413: {"description": "Over 1,000,000 bytes; not kept."},
            422: {"description": "Unreadable; kept in quarantine under `quarantine_id`, if there is one."},
        },
        openapi_extra={"requestBody": {"required": True, "content": {"*/*": {"schema": {}}}}},
    )
    async def receive(
        adapter: str, request: Request, response: Response, principal: Sends, told: WithTold
    ) -> ContactAnswer:
        """Takes a contact in the sender's own format and makes it a case, once.

        A repeat is known by the sender's message id, for ever; without one, by the same words within 24 hours.
        What can't be read is kept, and the answer says where the fault is.
        """
        if adapter not in dependencies.adapters:
            raise Problem(
                404,
                "no-such-adapter",
                "There is no such format here.",
                f"There are {', '.join(sorted(dependencies.adapters))}.",
            )
        message = Message(
            adapter=adapter,
            sender=principal.id,
            acting=principal.id,
            body=told.body,
            media_type=request.headers.get("content-type", "application/octet-stream")[:200],
            arrived_at=dependencies.now(),
            key=None if told.key is None else derive.command_id(principal.id, told.key),
        )
        try:
            return answer(await quarantining.receive(message, dict(request.headers)), response)
        except Quarantined as kept:
            raise unread(kept.unreadable, kept.contact_id) from kept

    return routes
