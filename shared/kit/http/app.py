"""A service's HTTP application: the same health, errors, metrics and documentation for all of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from shared.kit.http import pages, problems, refusals
from shared.kit.http.limits import BodyLimit
from shared.kit.http.principal import NoPersons, Persons
from shared.kit.http.writable import writable


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold before a service is ready; `reason` says what is wrong, or is empty."""

    name: str
    reason: Callable[[], Awaitable[str]]


_PATIENCE: Final = 3.0
"""Seconds that readiness waits for one check: what asks gives up after five, and then knows nothing."""


async def _within_patience(check: Check) -> str:
    try:
        async with asyncio.timeout(_PATIENCE):
            return await check.reason()
    except TimeoutError:
        return f"no answer within {_PATIENCE:g} s"


@asynccontextmanager
async def _nothing(_app: FastAPI) -> AsyncIterator[None]:
    yield


def _no_events() -> dict[str, Any]:
    return {"info": {}, "channels": {}, "components": {"messages": {}, "schemas": {}}}


def create_app(
    name: str,
    *,
    token_key: str,
    persons: Persons | None = None,
    routers: Sequence[APIRouter] = (),
    checks: Sequence[Check] = (),
    status: Callable[[], Awaitable[dict[str, object]]] | None = None,
    registry: CollectorRegistry | None = None,
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None = None,
    events: Callable[[], dict[str, Any]] = _no_events,
) -> FastAPI:
    """The application of the service `name`.

    Args:
        token_key: the public key (PEM) that tokens are checked with.
        persons: says what a person is; without it people are refused.
        routers: the service's own routes.
        checks: what `/health/ready` asks; any reason makes it 503 and stands in the answer.
        status: figures for `/status`: lag, marks, parked cases.
        registry: the metrics that `/metrics` prints.
        lifespan: what runs as long as the application does.
        events: the AsyncAPI document of the log, shown at `/asyncapi`.
    """
    app = FastAPI(
        title=f"Redress {name}",
        description=f"The {name} service. Errors are RFC 9457 problem details.",
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan or _nothing,
        dependencies=[Depends(writable)],
    )
    app.state.token_key = token_key
    app.state.persons = persons or NoPersons()
    app.add_middleware(BodyLimit)
    problems.install(app)
    refusals.install(app)
    pages.install(app, events)

    @app.get("/health/live", tags=["health"])
    async def live() -> dict[str, str]:
        """The process runs. It says nothing of Kafka or PostgreSQL."""
        return {"status": "live", "service": name}

    @app.get("/health/ready", tags=["health"], responses={503: {"description": "Not ready; it says why."}})
    async def ready() -> Response:
        """The service can do its work, or what keeps it from it."""
        told = await asyncio.gather(*(_within_patience(check) for check in checks))
        reasons = {check.name: reason for check, reason in zip(checks, told, strict=True) if reason}
        body = {"status": "not ready" if reasons else "ready", "service": name, "reasons": reasons}
        return JSONResponse(body, status_code=503 if reasons else 200)

    @app.get("/status", tags=["health"])
    async def figures() -> dict[str, object]:
        """How far the service has read and published, what is parked, what is late."""
        return {"service": name, **(await status() if status else {})}

    @app.get("/metrics", tags=["health"], response_class=PlainTextResponse)
    async def metrics() -> Response:
        """Prometheus metrics."""
        return Response(generate_latest(registry or CollectorRegistry()), media_type=CONTENT_TYPE_LATEST)

    for router in routers:
        app.include_router(router)
    return app
