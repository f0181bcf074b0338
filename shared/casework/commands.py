"""`POST /cases/{reference}/{command}`: one route a command, made from the command itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, Depends, Response

from shared.casework.cases import Cases
from shared.casework.problems import COMMAND_PROBLEMS
from shared.kit.decider import Command
from shared.kit.eventstore import Handled, Order
from shared.kit.http import Done, Principal, Told, done, require, told

C = TypeVar("C", bound=Command)

Reads = Annotated[Principal, Depends(require("cases:read"))]
Writes = Annotated[Principal, Depends(require("cases:write"))]
WithTold = Annotated[Told, Depends(told)]


@dataclass(frozen=True, slots=True)
class Asked(Generic[C]):
    """A command that somebody gives to a case, with its order: id, version decided on, mark."""

    reference: str
    command: C
    who: Principal
    order: Order


Give = Callable[[Asked[Any]], Awaitable[Handled]]
Route = Callable[..., Awaitable[Done]]


def command_routes(cases: Cases[Any], commands: Sequence[type[Command]], give: Give) -> APIRouter:
    """A route for each command: its body is the command, its name and its text are the command's own."""
    routes = APIRouter(tags=["commands"])
    for command in commands:
        routes.post(
            f"/cases/{{reference}}/{command.verb}",
            name=command.verb,
            operation_id=command.verb,
            description=(command.__doc__ or "").strip(),
            responses=COMMAND_PROBLEMS,
        )(_route(cases, command, give))
    return routes


def _route(cases: Cases[Any], kind: type[Command], give: Give) -> Route:
    async def route(reference: str, body: Command, who: Writes, given: WithTold, response: Response) -> Done:
        order = cases.order(given, who, kind.verb, reference)
        asked = Asked(reference, body, who, order)
        return done(await give(asked), response)

    route.__annotations__["body"] = kind
    return route
