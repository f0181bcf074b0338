"""One case, from its own stream: as it stands, its files, and what can be done with it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from services.intake.api.asking import PROBLEMS, Reads, find
from services.intake.api.document import case_document, file_of, original_of
from services.intake.api.quarantine import download
from services.intake.application.cases import Cases
from services.intake.application.desk import Desk
from services.intake.domain.case import Offer
from shared.kit.events import SealedBlob
from shared.kit.http import Problem, etag


def router(desk: Desk) -> APIRouter:
    """`GET /cases/{reference}` and below."""
    routes = APIRouter(tags=["cases"])
    cases = Cases(desk)

    @routes.get("/cases/{reference}", responses=PROBLEMS)
    async def case(reference: str, principal: Reads, response: Response) -> dict[str, Any]:
        """The case as it stands now, with what an officer did a moment ago. Its ETag is its version.

        Personal texts are open here; where a key was destroyed stands `{"erased": true}`. Who looked is written down.
        """
        found = await find(cases, reference, principal, "case")
        response.headers["ETag"] = etag(found.version)
        response.headers["Cache-Control"] = "no-store"
        return await case_document(found, desk.sealer, desk.rules)

    @routes.get("/cases/{reference}/actions", responses=PROBLEMS)
    async def actions(reference: str, principal: Reads, response: Response) -> dict[str, Any]:
        """What can be done with the case now, with the values that it may take, and why the rest is refused."""
        found = await find(cases, reference, principal)
        response.headers["ETag"] = etag(found.version)
        return {
            "reference": reference,
            "version": found.version,
            "actions": [_action(offer) for offer in cases.offers(found, principal)],
        }

    @routes.get("/cases/{reference}/original", responses=PROBLEMS)
    async def original(reference: str, principal: Reads) -> Response:
        """The message that made the case, byte for byte as it came."""
        found = await find(cases, reference, principal, "original")
        return await _open(original_of(found), f"{reference}-original")

    @routes.get("/cases/{reference}/attachments/{number}", responses=PROBLEMS)
    async def attachment(reference: str, number: int, principal: Reads) -> Response:
        """A file that came with the case, numbered from 1; to be saved, never shown as a page."""
        found = await find(cases, reference, principal, f"attachment {number}")
        blob = file_of(found, number)
        if blob is None:
            raise Problem(404, "no-such-attachment", "There is no such file here.")
        return await _open(blob, f"{reference}-{number}")

    async def _open(blob: SealedBlob, name: str) -> Response:
        body = await desk.sealer.open_bytes(blob)
        if body is None:
            raise Problem(410, "erased", "It was erased.", citation="UK GDPR Art 17")
        return download(body, name, blob.media_type)

    return routes


def _action(offer: Offer) -> dict[str, Any]:
    if offer.refused is None:
        return {"action": offer.kind, "offered": True, "options": dict(offer.options)}
    refused = offer.refused
    return {
        "action": offer.kind,
        "offered": False,
        "code": refused.code,
        "title": refused.title,
        "citation": refused.citation,
    }
