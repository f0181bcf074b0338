"""What audit says of a case: its timeline and its raw events."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from services.audit.api.reads import Auditor, Reader
from services.audit.application.casebook import Casebook
from services.audit.application.proofs.proof import text_of
from services.audit.application.timeline.moments import moment
from services.audit.views.log.headers import unpack
from services.audit.views.log.rows import LogRow
from shared.casework.problems import READ_PROBLEMS, Responses
from shared.kit.events import instant
from shared.kit.http import Problem

Moment = Annotated[
    str | None, Query(description="An instant, or a day in London: its end.", examples=["2026-11-22"])
]

_TIMELINE_ANSWERS: Final[Responses] = {**READ_PROBLEMS, 200: {"content": {"text/plain": {}}}}


def router(book: Casebook) -> APIRouter:
    routes = APIRouter(tags=["audit"])

    @routes.get("/cases/{reference}/timeline", responses=_TIMELINE_ANSWERS)
    async def timeline(
        request: Request, reference: str, who: Reader, as_at: Moment = None, happened_by: Moment = None
    ) -> Response:
        """Everything that happened in a case, as JSON or, with `Accept: text/plain`, to be read by a person.

        `as_at`: as it was known then, by when things were recorded. `happened_by`: only what had happened by then.
        """
        cuts = _moment(as_at, "as_at"), _moment(happened_by, "happened_by")
        found = await book.timeline(await book.cases.find(reference, who, "timeline"), *cuts)
        if _wants_text(request.headers.get("accept", "")):
            return PlainTextResponse(found.as_text())
        return JSONResponse(found.as_json())

    @routes.get("/cases/{reference}/events", responses=READ_PROBLEMS)
    async def events(reference: str, who: Auditor) -> dict[str, Any]:
        """The case's events as they were received, personal texts sealed, each with the hash of its leaf."""
        case = await book.cases.find(reference, who, "events")
        return {
            "reference": case.reference,
            "case_id": str(case.case_id),
            "events": [_raw(row) for row in await book.events(case)],
        }

    return routes


def _moment(text: str | None, name: str) -> datetime | None:
    try:
        return None if text is None else moment(text)
    except (ValueError, OverflowError) as error:
        raise Problem(
            422,
            "invalid-moment",
            f"{text!r} is neither an instant nor a day.",
            "Write 2026-11-22, or 2026-11-22T09:30:00Z.",
            pointer=f"/query/{name}",
        ) from error


def _wants_text(accept: str) -> bool:
    """Whether the first kind that is asked for and that we have is text."""
    kinds = [part.split(";")[0].strip() for part in accept.split(",")]
    return next((kind == "text/plain" for kind in kinds if kind in ("text/plain", "application/json")), False)


def _raw(row: LogRow) -> dict[str, Any]:
    return {
        "partition": row.partition,
        "offset": row.log_offset,
        "leaf_index": row.leaf_index,
        "leaf_hash": base64.b64encode(row.leaf_hash).decode(),
        "received_at": instant(row.received_at),
        "headers": [[name, text_of(value)] for name, value in unpack(row.headers)],
        "value": text_of(row.value),
    }
