"""One case, from its own stream: as it stands, its files, and what can be done with it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from services.intake.api.document import case_document, file_of, original_of
from services.intake.api.quarantine import download
from services.intake.application.cases import CaseCommands, CaseFound
from services.intake.application.dependencies import Dependencies
from services.intake.application.sealing import ORIGINAL, content_of
from shared.casework.actions import Actions, actions_of, answered
from shared.casework.commands import Reads
from shared.casework.problems import READ_PROBLEMS
from shared.kit.events import SealedBlob
from shared.kit.http import Problem, etag


def router(dependencies: Dependencies, desk: CaseCommands) -> APIRouter:
    routes = APIRouter(tags=["cases"])
    find = desk.cases.find

    @routes.get("/cases/{reference}", responses=READ_PROBLEMS)
    async def case(reference: str, principal: Reads, response: Response) -> dict[str, Any]:
        """The case as it stands now, with what an officer did a moment ago. Its ETag is its version.

        Personal texts are open here; where a key was destroyed stands `{"erased": true}`. Who looked is written down.
        """
        found = await find(reference, principal, "case")
        response.headers["ETag"] = etag(found.version)
        response.headers["Cache-Control"] = "no-store"
        return await case_document(found, dependencies.sealer, dependencies.rules)

    @routes.get("/cases/{reference}/actions", responses=READ_PROBLEMS)
    async def actions(reference: str, principal: Reads, response: Response) -> Actions:
        """What can be done with the case now, with the values that it may take, and why the rest is refused."""
        found = await find(reference, principal)
        offers = actions_of(reference, desk.offers(found, principal), found.version)
        return answered(reference, offers, found.version, response)

    @routes.get("/cases/{reference}/original", responses=READ_PROBLEMS)
    async def original(reference: str, principal: Reads) -> Response:
        """The message that made the case, byte for byte as it came."""
        found = await find(reference, principal, "original")
        return await _open(found, original_of(found), ORIGINAL, f"{reference}-original")

    @routes.get("/cases/{reference}/attachments/{number}", responses=READ_PROBLEMS)
    async def attachment(reference: str, number: int, principal: Reads) -> Response:
        """A file that came with the case, numbered from 1; to be saved, never shown as a page."""
        found = await find(reference, principal, f"attachment {number}")
        blob = file_of(found, number)
        if blob is None:
            raise Problem(404, "no-such-attachment", "There is no such file here.")
        return await _open(found, blob, content_of(number - 1), f"{reference}-{number}")

    async def _open(found: CaseFound, blob: SealedBlob, field: str, name: str) -> Response:
        body = await dependencies.sealer.open_stream(blob, found.case_id, field)
        if body is None:
            raise Problem(410, "erased", "It was erased.", citation="UK GDPR Art 17")
        return download(body, name, blob)

    return routes
