"""Audit over HTTP: timelines, raw events, checkpoints and alarms."""

from __future__ import annotations

import asyncio
import base64
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from services.audit.application import Casebook
from services.audit.log.headers import unpack
from services.audit.log.rows import LogRow
from services.audit.timeline.moments import moment
from shared.kit import sql
from shared.kit.events import instant
from shared.kit.http import Principal, Problem, require

Reader = Annotated[Principal, Depends(require("cases:read", "audit:read"))]
Auditor = Annotated[Principal, Depends(require("audit:read"))]
Moment = Annotated[
    str | None, Query(description="An instant, or a day in London: its end.", examples=["2026-11-22"])
]
Limit = Annotated[int, Query(ge=1, le=1000)]

_CHECKPOINTS: Final = sql.load("services.audit.checkpoints", "sql/newest.sql")
_ALARMS: Final = sql.load(__package__, "alarms.sql")
_TIMELINE_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"text/plain": {}}},
    404: {"description": "No such case for you."},
    409: {"description": "Audit has not read everything yet: ask again."},
}


def router(book: Casebook) -> APIRouter:
    """Audit's routes."""
    routes = APIRouter(tags=["audit"])

    @routes.get("/cases/{reference}/timeline", responses=_TIMELINE_ANSWERS)
    async def timeline(
        request: Request, reference: str, who: Reader, as_at: Moment = None, happened_by: Moment = None
    ) -> Response:
        """Everything that happened in a case, as JSON or, with `Accept: text/plain`, to be read by a person.

        `as_at`: as it was known then, by when things were recorded. `happened_by`: only what had happened by then.
        """
        cuts = _moment(as_at, "as_at"), _moment(happened_by, "happened_by")
        case = await book.case(reference, who)
        found, _ = await asyncio.gather(book.timeline(case, *cuts), book.note_access(who, case, "timeline"))
        if _wants_text(request.headers.get("accept", "")):
            return PlainTextResponse(found.as_text())
        return JSONResponse(found.as_json())

    @routes.get("/cases/{reference}/events")
    async def events(reference: str, who: Auditor) -> dict[str, Any]:
        """The case's events as they were received, personal texts sealed, each with the hash of its leaf."""
        case = await book.case(reference, who)
        rows, _ = await asyncio.gather(book.events(case), book.note_access(who, case, "events"))
        return {
            "reference": case.reference,
            "case_id": str(case.case_id),
            "events": [_raw(row) for row in rows],
        }

    @routes.get("/checkpoints")
    async def checkpoints(_who: Auditor, limit: Limit = 100) -> dict[str, Any]:
        """The newest checkpoints that audit signed, the newest first."""
        rows = await book.parts.pool.fetch(_CHECKPOINTS, limit)
        return {
            "checkpoints": [
                {"number": row["number"], "at": instant(row["at"]), "note": row["note"]} for row in rows
            ]
        }

    @routes.get("/alarms")
    async def alarms(_who: Auditor, limit: Limit = 100) -> dict[str, Any]:
        """What must never happen and did, the newest first."""
        return {"alarms": [_alarm(dict(row)) for row in await book.parts.pool.fetch(_ALARMS, limit)]}

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
        "headers": [[name, value.decode(errors="replace")] for name, value in unpack(row.headers)],
        "value": row.value.decode(errors="replace"),
    }


def _alarm(row: dict[str, Any]) -> dict[str, Any]:
    headers = [[name, value.decode(errors="replace")] for name, value in unpack(row.pop("headers"))]
    return {
        **row,
        "at": instant(row["at"]),
        "event_id": str(row["event_id"]),
        "headers": headers,
        "value": row["value"].decode(errors="replace"),
    }
