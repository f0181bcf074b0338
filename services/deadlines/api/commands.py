"""`POST /cases/{reference}/{command}`: one route a command, made from its body."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response

from services.deadlines.api.asking import Desk
from services.deadlines.api.bodies import BODIES, Body
from services.deadlines.domain import facts
from shared.casework.commands import WithTold, Writes
from shared.casework.problems import COMMAND_PROBLEMS
from shared.kit.http import Done, done

Route = Callable[..., Awaitable[Done]]


def router(desk: Desk) -> APIRouter:
    """Every command that an officer can give to the clocks of a case."""
    routes = APIRouter(tags=["commands"])
    for body in BODIES:
        routes.post(
            f"/cases/{{reference}}/{body.command_kind}",
            name=body.command_kind,
            operation_id=body.command_kind,
            description=(body.__doc__ or "").strip(),
            responses=COMMAND_PROBLEMS,
        )(_route(desk, body))
    return routes


def _route(desk: Desk, kind: type[Body]) -> Route:
    async def give(reference: str, body: Body, principal: Writes, told: WithTold, response: Response) -> Done:
        case = await desk.find(reference, principal)
        order = desk.order(told, principal, what=kind.command_kind, reference=reference, on=body.happened_on)
        clocks = await desk.clocks(case.case_id)
        owner = facts.customer(clocks.state) or case.case_id
        command = body.command(await desk.deadlines.circumstances(), owner)
        return done(await desk.deadlines.command(case.case_id, command, order), response)

    give.__annotations__["body"] = kind
    return give
