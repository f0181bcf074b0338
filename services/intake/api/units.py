"""Teams and departments, and who works there. People are given to a unit under `/staff`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from services.intake.application.dependencies import Dependencies
from services.intake.application.units import Units
from services.intake.domain.unit import RegisterUnit, RenameUnit
from services.intake.views.units import everything
from shared.casework.cases import order_for
from shared.casework.commands import Reads, WithTold
from shared.casework.problems import COMMAND_PROBLEMS, READ_PROBLEMS
from shared.contracts import ids
from shared.kit.decider import Line, Word
from shared.kit.http import Done, Principal, done, require

Manages = Annotated[Principal, Depends(require("units:write"))]


class NewUnit(BaseModel):
    """A team or a department."""

    model_config = ConfigDict(extra="forbid")
    code: Word
    name: Line
    kind: Literal["team", "department"]
    email: Line = Field(description="Where its mail goes; sealed.")


class NewName(BaseModel):
    """The name from now on."""

    model_config = ConfigDict(extra="forbid")
    name: Line


def router(dependencies: Dependencies) -> APIRouter:
    """`/units`."""
    routes = APIRouter(tags=["units"])
    units = Units(dependencies)

    @routes.get("/units", responses=READ_PROBLEMS)
    async def every(_: Reads) -> dict[str, Any]:
        """All units by name, each with its officers, also those who were there or will be."""
        return {"units": await everything(dependencies.pool, dependencies.sealer)}

    @routes.post("/units", status_code=201, responses=COMMAND_PROBLEMS)
    async def register(body: NewUnit, principal: Manages, told: WithTold, response: Response) -> Done:
        """Registers a unit under a code of its own."""
        command = RegisterUnit(
            unit_id=ids.unit_id(body.code),
            code=body.code,
            name=body.name,
            unit_kind=body.kind,
            email=body.email,
        )
        asked = order_for(dependencies.marks, told, principal, "register-unit", body.code)
        return done(await units.command(body.code, command, asked), response)

    @routes.post("/units/{code}/rename", responses=COMMAND_PROBLEMS)
    async def rename(
        code: str, body: NewName, principal: Manages, told: WithTold, response: Response
    ) -> Done:
        """Gives a unit a new name; what was recorded before keeps the old one."""
        asked = order_for(dependencies.marks, told, principal, "rename-unit", code)
        return done(await units.command(code, RenameUnit(name=body.name), asked), response)

    return routes
