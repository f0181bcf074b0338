"""Erasing people."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict

from services.intake.application.dependencies import Dependencies
from services.intake.application.people import People
from shared.casework.cases import order_for
from shared.casework.commands import WithTold
from shared.casework.problems import COMMAND_PROBLEMS
from shared.kit.decider import Line
from shared.kit.http import Done, Principal, done, require

Erases = Annotated[Principal, Depends(require("erase:write"))]


class Erasure(BaseModel):
    """On what ground, such as `request under Article 17`. It stays in the log: no names here."""

    model_config = ConfigDict(extra="forbid")
    ground: Line


def router(dependencies: Dependencies) -> APIRouter:
    routes = APIRouter(tags=["people"])
    people = People(dependencies)

    @routes.post("/people/{person_id}/erase", responses=COMMAND_PROBLEMS)
    async def erase(
        person_id: UUID, body: Erasure, principal: Erases, told: WithTold, response: Response
    ) -> Done:
        """Destroys every key of a person, in every case. Their texts are gone; events and figures stay."""
        asked = order_for(dependencies.marks, told, principal, "erase", str(person_id))
        return done(await people.erase(person_id, body.ground, asked), response)

    return routes
