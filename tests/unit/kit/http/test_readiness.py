"""Readiness answers in time, whatever stands still, and names it."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from shared.kit.http import Check, app, create_app


async def _ready(*checks: Check) -> httpx.Response:
    service = create_app("tests", token_key="", checks=checks)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(service), base_url="http://tests") as client:
        return await client.get("/health/ready")


async def _well() -> str:
    return ""


async def _frozen() -> str:
    await asyncio.Event().wait()
    return ""


async def test_a_service_is_ready_when_nothing_keeps_it() -> None:
    assert (await _ready(Check("postgres", _well))).status_code == 200


async def test_checks_that_stand_still_are_named_and_cost_one_wait_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app, "_PATIENCE", 0.05)
    async with asyncio.timeout(10):
        answer = await _ready(Check("postgres", _well), Check("topics", _frozen), Check("reading", _frozen))
    assert answer.status_code == 503
    assert answer.json()["reasons"] == dict.fromkeys(("topics", "reading"), "no answer within 0.05 s")
