"""Messages that can't be read: looked at, mended, sent through, discarded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from services.intake.adapters import Unreadable
from services.intake.api.contacts import ContactAnswer, answer, unread
from services.intake.application.dependencies import Dependencies
from services.intake.application.quarantine import Mended, Quarantining
from services.intake.domain.contact import Discard
from services.intake.views.quarantine import page
from shared.casework.paging import cursor, place
from shared.casework.problems import COMMAND_PROBLEMS, READ_PROBLEMS, no_such
from shared.kit.decider import Refused
from shared.kit.events import SealedBlob
from shared.kit.http import Principal, Problem, require

Sees = Annotated[Principal, Depends(require("quarantine:write"))]


class Held(BaseModel):
    """A message in quarantine, or what became of it. `pointer` is a JSON pointer to the fault."""

    contact_id: UUID
    standing: str
    adapter: str
    sender: str
    sender_message_id: str | None = None
    code: str
    pointer: str
    received_at: datetime
    reference: str | None = None


def router(dependencies: Dependencies) -> APIRouter:
    routes = APIRouter(tags=["quarantine"])
    quarantining = Quarantining(dependencies)

    @routes.get("/quarantine", responses=READ_PROBLEMS)
    async def messages(
        _: Sees,
        standing: Annotated[str | None, Query(description="held, sent-through or discarded")] = None,
        after: Annotated[str | None, Query(description="`next` of the page before")] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> dict[str, Any]:
        """The messages, the latest first."""
        found, last = await page(
            dependencies.pool, standing, place(after, datetime.fromisoformat, UUID), limit
        )
        return {"messages": found, "next": cursor(last)}

    @routes.get("/quarantine/{contact_id}", responses=READ_PROBLEMS)
    async def message(contact_id: UUID, _: Sees) -> Held:
        """What is wrong with a message, and where; its text is shown at `raw` only."""
        side = await _find(quarantining, contact_id)
        held = side.state.quarantined
        assert held is not None
        return Held(
            contact_id=contact_id,
            standing=side.state.standing,
            adapter=held.adapter,
            sender=held.sender,
            sender_message_id=held.sender_message_id,
            code=held.code,
            pointer=held.pointer,
            received_at=held.received_at,
            reference=side.state.reference or None,
        )

    @routes.get(
        "/quarantine/{contact_id}/raw", responses={**READ_PROBLEMS, 410: {"description": "Destroyed."}}
    )
    async def raw(contact_id: UUID, principal: Sees) -> Response:
        """The message as it came, byte for byte. Who looked is written down."""
        await _find(quarantining, contact_id)
        body, blob = await quarantining.raw(contact_id)
        await dependencies.store.record_access(principal.id, contact_id, None, "quarantined message")
        if body is None:
            raise Problem(410, "destroyed", "The message's key is destroyed.")
        return download(body, "message", blob)

    @routes.post("/quarantine/{contact_id}/send-through", responses=COMMAND_PROBLEMS)
    async def send_through(
        contact_id: UUID, request: Request, response: Response, principal: Sees
    ) -> ContactAnswer:
        """Reads the message again and makes it a case, received on the day it came.

        A body takes the place of the broken one; without a body the message is read as it is, such as after a
        format was mended. The key of the quarantined message is destroyed.
        """
        await _find(quarantining, contact_id)
        body = await request.body()
        media_type = request.headers.get("content-type", "application/octet-stream")[:200]
        mended = Mended(body, media_type) if body else None
        try:
            return answer(await quarantining.send_through(contact_id, principal.id, mended), response)
        except Unreadable as unreadable:
            raise unread(unreadable, contact_id) from unreadable

    @routes.post("/quarantine/{contact_id}/discard", status_code=204, responses=COMMAND_PROBLEMS)
    async def discard(contact_id: UUID, body: Discard, principal: Sees) -> None:
        """Gives the message up and destroys its key."""
        await _find(quarantining, contact_id)
        await quarantining.discard(contact_id, body.reason, quarantining.discarding(contact_id, principal.id))

    return routes


def download(body: AsyncIterator[bytes], name: str, blob: SealedBlob) -> Response:
    """Bytes of a stranger's: to be saved, never shown as a page. They are sent as they are opened."""
    return StreamingResponse(
        body,
        media_type="application/octet-stream",
        headers={
            "Content-Length": str(blob.size),
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Original-Media-Type": blob.media_type.encode("ascii", "replace").decode(),
        },
    )


async def _find(quarantining: Quarantining, contact_id: UUID) -> Any:
    try:
        return await quarantining.find(contact_id)
    except Refused as refused:
        raise no_such(refused.code, "message") from refused
