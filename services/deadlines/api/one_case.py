"""The clocks of one case, from their stream: the dates, why they are these, what can be done."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from services.deadlines.api.document import clock_document, proposal_document, span_document
from services.deadlines.application.case_clocks import CaseClocks
from services.deadlines.application.dependencies import Dependencies
from services.deadlines.domain.clock.why import Why, why
from shared.casework.actions import Actions, actions_of, answered
from shared.casework.commands import Reads
from shared.casework.problems import READ_PROBLEMS
from shared.contracts.deadlines import ClockEvent
from shared.kit.http import Problem, etag


def router(dependencies: Dependencies, clocks: CaseClocks) -> APIRouter:
    """`GET /cases/{reference}/clocks`, `/why` and `/actions`."""
    routes = APIRouter(tags=["cases"])

    @routes.get("/cases/{reference}/clocks", responses=READ_PROBLEMS)
    async def clocks_of_case(reference: str, principal: Reads, response: Response) -> dict[str, Any]:
        """Every clock of the case, also those that were met or stopped. The ETag is the version of the clocks."""
        case = await clocks.cases.find(reference, principal, "clocks")
        side = await clocks.of(case.case_id)
        response.headers["ETag"] = etag(side.version)
        runs = sorted(side.state.runs.values(), key=lambda run: (run.due_on, run.clock, run.occurrence))
        return {
            "reference": reference,
            "version": side.version,
            "historic": case.historic,
            "clocks": [clock_document(run, dependencies.regimes) for run in runs],
            "pauses": [span_document(span) for span in side.state.spans],
            "extensions": [proposal_document(proposal) for proposal in side.state.proposals],
        }

    @routes.get(
        "/cases/{reference}/why",
        responses={**READ_PROBLEMS, 200: {"content": {"text/plain": {}, "application/json": {}}}},
        response_model=None,
    )
    async def why_this_date(
        reference: str,
        principal: Reads,
        clock: Annotated[str | None, Query(description="Without it, every clock that runs.")] = None,
        occurrence: Annotated[int | None, Query(ge=1)] = None,
        accept: Annotated[str, Header(include_in_schema=False)] = "text/plain",
    ) -> Response:
        """Why this date? Rule, base day, days not counted, pauses, extensions, and every day it was moved."""
        case = await clocks.cases.find(reference, principal, "why")
        answers = await _why(case.case_id, clock, occurrence)
        if "json" in accept:
            return JSONResponse({"reference": reference, "clocks": [found.as_dict() for found in answers]})
        text = "\n\n".join("\n".join(found.lines) for found in answers)
        return PlainTextResponse(text + "\n")

    @routes.get("/cases/{reference}/actions", responses=READ_PROBLEMS)
    async def actions(reference: str, principal: Reads, response: Response) -> Actions:
        """What can be done with the clocks now, with the values that it may take, and why the rest is refused."""
        case = await clocks.cases.find(reference, principal)
        side = await clocks.of(case.case_id)
        offers = await clocks.offers(case.case_id, side.state)
        return answered(reference, actions_of(reference, offers, side.version), side.version, response)

    async def _why(case: UUID, clock: str | None, occurrence: int | None) -> tuple[Why, ...]:
        recorded = await clocks.recorded(case)
        answers = why([(one.envelope, one.event) for one in recorded if isinstance(one.event, ClockEvent)])
        if clock is None:
            return tuple(found for found in answers if found.live)
        named = [
            found for found in answers if found.clock == clock and occurrence in (None, found.occurrence)
        ]
        if not named:
            raise Problem(404, "no-clock", f"This case has no such clock {clock}.")
        return tuple(named if occurrence else named[-1:])

    return routes
