"""A database that is away is said to be away, whatever a route was asking it for."""

from __future__ import annotations

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from shared.kit.http import problems, refusals


def application(failure: Exception) -> FastAPI:
    """One route, which fails."""
    app = FastAPI()
    problems.install(app)
    refusals.install(app)

    @app.get("/")
    async def fails() -> None:
        raise failure

    return app


async def get(failure: Exception) -> httpx.Response:
    transport = httpx.ASGITransport(application(failure), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://redress") as client:
        return await client.get("/")


@pytest.mark.parametrize(
    "failure",
    [
        ConnectionRefusedError(111, "Connection refused"),
        TimeoutError(),
        asyncpg.CannotConnectNowError("the database system is starting up"),
        asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation"),
        asyncpg.InterfaceError("connection is closed"),
    ],
    ids=lambda failure: type(failure).__name__,
)
async def test_a_lost_database_asks_to_come_again(failure: Exception) -> None:
    answer = await get(failure)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["code"] == "store-unavailable"


@pytest.mark.parametrize(
    "failure", [FileNotFoundError(2, "No such file", "words.toml"), ValueError("a mistake")]
)
async def test_a_mistake_is_no_outage(failure: Exception) -> None:
    assert (await get(failure)).status_code == 500
