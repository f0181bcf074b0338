"""Staff: who works here, and what they are from when until when."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from services.intake.application.dependencies import Dependencies
from services.intake.application.staff import Staff
from services.intake.application.units import Units
from services.intake.domain.staff import OF_ONE, RegisterStaff, StaffCommand
from shared.casework.cases import order_for
from shared.casework.commands import WithTold
from shared.casework.problems import COMMAND_PROBLEMS, READ_PROBLEMS, no_such
from shared.casework.staff import everybody, places_of
from shared.contracts import ids
from shared.kit.http import Done, Principal, done, etag, require

Manages = Annotated[Principal, Depends(require("staff:write"))]
Sees = Annotated[Principal, Depends(require("cases:read", "staff:write"))]
Route = Callable[..., Awaitable[Done]]


class Registered(Done):
    """As any command, with the person's id."""

    person_id: UUID


def router(dependencies: Dependencies) -> APIRouter:
    routes = APIRouter(tags=["staff"])
    staff, sealer = Staff(dependencies, Units(dependencies)), dependencies.sealer

    @routes.get("/staff", responses=READ_PROBLEMS)
    async def every(_: Sees) -> dict[str, Any]:
        """Everybody who works here, or has, with their roles, units, groups and absences."""
        return {"staff": await sealer.unseal_rows(await everybody(dependencies.pool), places_of)}

    @routes.get("/staff/{person_id}", responses=READ_PROBLEMS)
    async def one(person_id: UUID, _: Sees, response: Response) -> dict[str, Any]:
        """One person of staff, as their stream says it."""
        found = await staff.find(person_id)
        if found is None:
            raise no_such("no-such-staff", "person of staff")
        response.headers["ETag"] = etag(found.version)
        return (await sealer.unseal_rows([found], places_of))[0]

    @routes.post("/staff", status_code=201, responses=COMMAND_PROBLEMS)
    async def register(body: RegisterStaff, who: Manages, told: WithTold, response: Response) -> Registered:
        """Registers somebody under the id that follows from their identity provider's word for them."""
        person_id = ids.staff_id(body.issuer, body.subject)
        order = order_for(dependencies.marks, told, who, body.verb, str(person_id))
        handled = await staff.give(person_id, body, order)
        return Registered(**done(handled, response).model_dump(), person_id=person_id)

    for kind in [each.command for each in OF_ONE]:
        routes.post(
            f"/staff/{{person_id}}/{kind.verb}",
            name=kind.verb,
            operation_id=f"staff-{kind.verb}",
            description=(kind.__doc__ or "").strip(),
            responses=COMMAND_PROBLEMS,
        )(_route(dependencies, staff, kind))
    return routes


def _route(dependencies: Dependencies, staff: Staff, kind: type[StaffCommand]) -> Route:
    async def give(
        person_id: UUID, body: StaffCommand, who: Manages, told: WithTold, response: Response
    ) -> Done:
        order = order_for(dependencies.marks, told, who, f"staff {kind.verb}", str(person_id))
        return done(await staff.give(person_id, body, order), response)

    give.__annotations__["body"] = kind
    return give
