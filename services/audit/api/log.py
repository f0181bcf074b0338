"""What audit says of the log as a whole: its checkpoints and its alarms."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.audit.api.reads import Auditor, Limit
from services.audit.application.checkpoints.signed import latest
from services.audit.application.proofs.proof import text_of
from services.audit.views.log.alarms import newest_alarms
from services.audit.views.log.headers import unpack
from shared.casework.problems import READ_PROBLEMS
from shared.kit.events import instant
from shared.kit.eventstore import Pool


def router(pool: Pool) -> APIRouter:
    routes = APIRouter(tags=["audit"])

    @routes.get("/checkpoints", responses=READ_PROBLEMS)
    async def checkpoints(_who: Auditor, limit: Limit = 100) -> dict[str, Any]:
        """The newest checkpoints that audit signed, the newest first."""
        return {
            "checkpoints": [
                {"number": signed.number, "at": instant(signed.at), "note": signed.note}
                for signed in await latest(pool, limit)
            ]
        }

    @routes.get("/alarms", responses=READ_PROBLEMS)
    async def alarms(_who: Auditor, limit: Limit = 100) -> dict[str, Any]:
        """What must never happen and did, the newest first."""
        return {"alarms": [_alarm(dict(row)) for row in await newest_alarms(pool, limit)]}

    return routes


def _alarm(row: dict[str, Any]) -> dict[str, Any]:
    headers = [[name, text_of(value)] for name, value in unpack(row.pop("headers"))]
    return {
        **row,
        "at": instant(row["at"]),
        "event_id": str(row["event_id"]),
        "headers": headers,
        "value": text_of(row["value"]),
    }
