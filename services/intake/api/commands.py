"""`POST /cases/{reference}/{command}`: one route a command, made from its body."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response

from services.intake.api.asking import COMMAND_PROBLEMS, Told, Writes, find, no_such_case, order
from services.intake.api.bodies import BODIES, Body, Given
from services.intake.application.cases import Cases, NoSuchCase
from services.intake.application.desk import Desk
from services.intake.application.staff import Staff
from services.intake.application.units import Units
from shared.kit.http import Done, done

Route = Callable[..., Awaitable[Done]]


def router(desk: Desk) -> APIRouter:
    """Every command that an officer can give to a case."""
    routes = APIRouter(tags=["commands"])
    for body in BODIES:
        routes.post(
            f"/cases/{{reference}}/{body.kind}",
            name=body.kind,
            operation_id=body.kind,
            description=(body.__doc__ or "").strip(),
            responses=COMMAND_PROBLEMS,
        )(_route(desk, body))
    return routes


def _route(desk: Desk, kind: type[Body]) -> Route:
    cases, units, staff = Cases(desk), Units(desk), Staff(desk)

    async def give(reference: str, body: Body, principal: Writes, told: Told, response: Response) -> Done:
        if body.looks_up:  # else the answer would tell that a hidden case exists
            await find(cases, reference, principal)
        now = desk.now()
        happened_at = body.happened_at or now
        asked = order(desk, told, principal, kind.kind, reference=reference, at=happened_at)
        command = await body.command(Given(now, happened_at, principal.id, units, staff))
        try:
            return done(await cases.command(reference, principal, command, asked), response)
        except NoSuchCase as missing:
            raise no_such_case() from missing

    give.__annotations__["body"] = kind
    return give
