"""Teams and departments, and who works there. People are given to a unit under `/staff`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from services.intake.application.dependencies import Dependencies
from services.intake.application.units import Units
from services.intake.domain.unit import RegisterUnit, RenameUnit
from services.intake.views.units import everything
from shared.casework.cases import order_for
from shared.casework.commands import Reads, WithTold
from shared.casework.problems import COMMAND_PROBLEMS, READ_PROBLEMS
from shared.kit.http import Done, Principal, done, require

Manages = Annotated[Principal, Depends(require("units:write"))]


def router(dependencies: Dependencies) -> APIRouter:
    routes = APIRouter(tags=["units"])
    units = Units(dependencies)

    @routes.get("/units", responses=READ_PROBLEMS)
    async def every(_: Reads) -> dict[str, Any]:
        """All units by name, each with its officers, also those who were there or will be."""
        return {"units": await everything(dependencies.pool, dependencies.sealer)}

    @routes.post("/units", status_code=201, responses=COMMAND_PROBLEMS)
    async def register(body: RegisterUnit, principal: Manages, told: WithTold, response: Response) -> Done:
        """Registers a unit under a code of its own."""
        asked = order_for(dependencies.marks, told, principal, body.verb, body.code)
        return done(await units.command(body.code, body, asked), response)

    @routes.post("/units/{code}/rename", responses=COMMAND_PROBLEMS)
    async def rename(
        code: str, body: RenameUnit, principal: Manages, told: WithTold, response: Response
    ) -> Done:
        """Gives a unit a new name; what was recorded before keeps the old one."""
        asked = order_for(dependencies.marks, told, principal, body.verb, code)
        return done(await units.command(code, body, asked), response)

    return routes
