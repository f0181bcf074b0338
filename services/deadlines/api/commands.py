"""`POST /cases/{reference}/{command}`: one route a command, made from its body."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response

from services.deadlines.api.bodies import BODIES, Body
from services.deadlines.application.dependencies import Dependencies
from services.deadlines.domain.clock import facts
from shared.casework.commands import WithTold, Writes
from shared.casework.problems import COMMAND_PROBLEMS
from shared.kit.http import Done, done

Route = Callable[..., Awaitable[Done]]


def router(dependencies: Dependencies) -> APIRouter:
    """Every command that an officer can give to the clocks of a case."""
    routes = APIRouter(tags=["commands"])
    for body in BODIES:
        routes.post(
            f"/cases/{{reference}}/{body.command_kind}",
            name=body.command_kind,
            operation_id=body.command_kind,
            description=(body.__doc__ or "").strip(),
            responses=COMMAND_PROBLEMS,
        )(_route(dependencies, body))
    return routes


def _route(dependencies: Dependencies, kind: type[Body]) -> Route:
    async def give(reference: str, body: Body, principal: Writes, told: WithTold, response: Response) -> Done:
        case = await dependencies.cases.find(reference, principal)
        order = dependencies.order(
            told, principal, what=kind.command_kind, reference=reference, on=body.happened_on
        )
        clocks = await dependencies.clocks(case.case_id)
        owner = facts.customer(clocks.state) or case.case_id
        command = body.command(await dependencies.deadlines.circumstances(), owner)
        return done(await dependencies.deadlines.command(case.case_id, command, order), response)

    give.__annotations__["body"] = kind
    return give
