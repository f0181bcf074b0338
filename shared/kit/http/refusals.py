"""What the event store and the keyring refuse, as problems that say what to do."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response

from shared.kit.eventstore import (
    LOST,
    CommandReused,
    StaleVersion,
    StoreUnavailable,
    TooContended,
    TooLarge,
    is_lost,
)
from shared.kit.http.problems import Problem
from shared.kit.keyring import Erased

_SOON = {"Retry-After": "1"}


def install(app: FastAPI) -> None:
    """Makes them problems in this application."""

    @app.exception_handler(StaleVersion)
    async def stale(request: Request, error: StaleVersion) -> Response:
        changed = [
            {"version": recorded.envelope.version, "type": recorded.envelope.wire_name}
            for recorded in error.changed
        ]
        return Problem(
            412,
            "version-stale",
            "Somebody changed this meanwhile.",
            "Read it again, look at what changed, and decide anew.",
            version=error.actual,
            changed=changed,
        ).response(request)

    @app.exception_handler(CommandReused)
    async def reused(request: Request, error: CommandReused) -> Response:
        return Problem(
            422, "idempotency-key-reused", "This Idempotency-Key was used for another command.", str(error)
        ).response(request)

    @app.exception_handler(TooLarge)
    async def large(request: Request, error: TooLarge) -> Response:
        return Problem(413, "event-too-large", "That is too much for one event.", str(error)).response(
            request
        )

    @app.exception_handler(TooContended)
    async def contended(request: Request, error: TooContended) -> Response:
        return Problem(
            503, "busy", "Others are changing this right now.", str(error), headers=_SOON
        ).response(request)

    @app.exception_handler(StoreUnavailable)
    async def unavailable(request: Request, _error: Exception) -> Response:
        return Problem(
            503,
            "store-unavailable",
            "The database can't be reached.",
            "Send the same request with the same Idempotency-Key again: it is done once.",
            headers=_SOON,
        ).response(request)

    async def lost(request: Request, error: Exception) -> Response:
        """Whatever a route was asking the database for."""
        if not is_lost(error):
            raise error
        return await unavailable(request, error)

    for kind in LOST:
        app.add_exception_handler(kind, lost)

    @app.exception_handler(Erased)
    async def erased(request: Request, _error: Erased) -> Response:
        return Problem(
            409,
            "erased",
            "This person's data have been erased.",
            "Nothing more can be written about them here.",
            citation="UK GDPR Art 17",
        ).response(request)
