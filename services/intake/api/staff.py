"""Staff: who works here, and what they are from when until when."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from services.intake.api.asking import COMMAND_PROBLEMS, PROBLEMS, Told, no_such, order
from services.intake.api.staff_bodies import BODIES, Given, NewStaff, StaffBody
from services.intake.application.desk import Desk
from services.intake.application.staff import Staff
from services.intake.application.units import Units
from shared.casework.staff import StaffRow, everybody
from shared.contracts import ids
from shared.kit.http import Done, Principal, done, etag, require

Manages = Annotated[Principal, Depends(require("staff:write"))]
Sees = Annotated[Principal, Depends(require("cases:read", "staff:write"))]
Route = Callable[..., Awaitable[Done]]


class Registered(Done):
    """As any command, with the person's id."""

    person_id: UUID


class People(BaseModel):
    """Rows to be unsealed together."""

    staff: tuple[StaffRow, ...]


def router(desk: Desk) -> APIRouter:
    """`/staff`."""
    routes = APIRouter(tags=["staff"])
    staff = Staff(desk)

    @routes.get("/staff", responses=PROBLEMS)
    async def every(_: Sees) -> dict[str, Any]:
        """Everybody who works here, or has, with their roles, units, groups and absences."""
        return await desk.sealer.unseal_all(People(staff=tuple(await everybody(desk.pool))))

    @routes.get("/staff/{person_id}", responses=PROBLEMS)
    async def one(person_id: UUID, _: Sees, response: Response) -> dict[str, Any]:
        """One person of staff, as their stream says it."""
        found = await staff.one(person_id)
        if found is None:
            raise no_such("no-such-staff", "person of staff")
        response.headers["ETag"] = etag(found.version)
        return await desk.sealer.unseal_all(found)

    @routes.post("/staff", status_code=201, responses=COMMAND_PROBLEMS)
    async def register(body: NewStaff, principal: Manages, told: Told, response: Response) -> Registered:
        """Registers somebody under the id that follows from their identity provider's word for them."""
        person_id = ids.staff_id(body.issuer, body.subject)
        command = await body.command(person_id, Given(staff.today(), Units(desk), staff))
        asked = order(desk, told, principal, "register-staff", reference=str(person_id), at=None)
        handled = await staff.command(person_id, command, asked)
        return Registered(**done(handled, response).model_dump(), person_id=person_id)

    for body in BODIES:
        routes.post(
            f"/staff/{{person_id}}/{body.kind}",
            name=body.kind,
            operation_id=f"staff-{body.kind}",
            description=(body.__doc__ or "").strip(),
            responses=COMMAND_PROBLEMS,
        )(_route(desk, staff, body))
    return routes


def _route(desk: Desk, staff: Staff, kind: type[StaffBody]) -> Route:
    units = Units(desk)

    async def give(
        person_id: UUID, body: StaffBody, principal: Manages, told: Told, response: Response
    ) -> Done:
        asked = order(desk, told, principal, f"staff {kind.kind}", reference=str(person_id), at=None)
        command = await body.command(Given(staff.today(), units, staff))
        return done(await staff.command(person_id, command, asked), response)

    give.__annotations__["body"] = kind
    return give
