"""Teams and departments, and who works there. People are given to a unit under `/staff`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from services.intake.api.asking import COMMAND_PROBLEMS, PROBLEMS, Line, Reads, Told, Word, order
from services.intake.application.desk import Desk
from services.intake.application.units import Units
from services.intake.domain.unit import RegisterUnit, RenameUnit
from services.intake.views.units import everything
from shared.contracts import ids
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


def router(desk: Desk) -> APIRouter:
    """`/units`."""
    routes = APIRouter(tags=["units"])
    units = Units(desk)

    @routes.get("/units", responses=PROBLEMS)
    async def every(_: Reads) -> dict[str, Any]:
        """All units by name, each with its officers, also those who were there or will be."""
        return {"units": await everything(desk.pool, desk.sealer)}

    @routes.post("/units", status_code=201, responses=COMMAND_PROBLEMS)
    async def register(body: NewUnit, principal: Manages, told: Told, response: Response) -> Done:
        """Registers a unit under a code of its own."""
        command = RegisterUnit(
            unit_id=ids.unit_id(body.code), code=body.code, name=body.name, kind=body.kind, email=body.email
        )
        asked = order(desk, told, principal, "register-unit", reference=body.code, at=None)
        return done(await units.command(body.code, command, asked), response)

    @routes.post("/units/{code}/rename", responses=COMMAND_PROBLEMS)
    async def rename(code: str, body: NewName, principal: Manages, told: Told, response: Response) -> Done:
        """Gives a unit a new name; what was recorded before keeps the old one."""
        asked = order(desk, told, principal, "rename-unit", reference=code, at=None)
        return done(await units.command(code, RenameUnit(name=body.name), asked), response)

    return routes
