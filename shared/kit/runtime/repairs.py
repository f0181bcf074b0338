"""Parked cases over HTTP: what waits for a repair, and its replay when the cause is mended."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends

from shared.kit.due import parked_rows, replay_parked
from shared.kit.http import Principal, Problem, require
from shared.kit.log import parked_keys
from shared.kit.runtime.definition import Parts

Repairer = Annotated[Principal, Depends(require("quarantine:write"))]


def router(parts: Parts[Any]) -> APIRouter:
    routes = APIRouter(tags=["repairs"])

    @routes.get("/parked")
    async def parked(_who: Repairer) -> dict[str, list[dict[str, Any]]]:
        """The cases that this service can't go on with, oldest first, and why."""
        events = [
            {"key": str(each.key), "what": "events", "waiting": each.waiting, "error": each.error}
            for each in await parked_keys(parts.pool)
        ]
        work = [
            {"key": str(row.key), "what": row.command, "waiting": 1, "error": row.error}
            for row in await parked_rows(parts.pool)
        ]
        return {"parked": events + work}

    @routes.post("/parked/{key}/replay")
    async def replay(key: UUID, _who: Repairer) -> dict[str, int]:
        """Folds what waits behind the case and lets its work be tried again."""
        waiting = sum(each.waiting for each in await parked_keys(parts.pool) if each.key == key)
        reason = await parts.subscriber.replay(key)
        if reason is not None:
            raise Problem(409, "still-parked", "The case still can't be folded.", reason)
        return {"replayed": waiting + await replay_parked(parts.pool, key)}

    return routes


async def waiting_keys(parts: Parts[Any]) -> Collection[UUID]:
    """Whose due work waits: the keys that the subscriber has parked."""
    return {each.key for each in await parked_keys(parts.pool)}
