"""How each service is, as it says itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

_TIMEOUT: Final = 3.0


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """One service's answer to `/health/ready` and `/status`; `reasons` says what keeps it from its work."""

    name: str
    url: str
    up: bool
    ready: bool
    reasons: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)


async def ask_all(services: Mapping[str, str]) -> list[ServiceStatus]:
    """Asks all at once; one that doesn't answer is down, and the others are shown all the same."""
    async with httpx.AsyncClient(timeout=_TIMEOUT) as client:
        return list(await asyncio.gather(*(_ask(client, name, url) for name, url in services.items())))


async def _ask(client: httpx.AsyncClient, name: str, url: str) -> ServiceStatus:
    try:
        ready = await client.get(f"{url}/health/ready")
        figures = await client.get(f"{url}/status")
    except httpx.HTTPError as error:
        return ServiceStatus(name, url, up=False, ready=False, reasons={"process": type(error).__name__})
    return ServiceStatus(
        name,
        url,
        up=True,
        ready=ready.status_code == httpx.codes.OK,
        reasons=ready.json().get("reasons", {}),
        figures=figures.json() if figures.is_success else {},
    )
