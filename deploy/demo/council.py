"""The council's programs and people as they call Redress: the CRM with its scope, officers with their roles."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar
from uuid import UUID

import httpx

from deploy.cli.keys import Keys
from deploy.cli.registrar import Registrar
from deploy.cli.services import urls
from shared.kit.events import command_id
from shared.kit.http import person_token, system_token

T = TypeVar("T")
PATIENCE: Final = 60.0
"""Seconds that anything in the demonstration may take to become true."""
_PEOPLE: Final = (
    ("officer", "olwen.officer", "supervisor"),
    ("reviewer", "rowan.reviewer", "supervisor"),
    ("auditor", "alex.auditor", "auditor"),
)
_SOON: Final = frozenset({"not-heard-of-yet", "busy", "store-unavailable"})


class Council:
    """A client for each who acts; refusals come back as answers, to be looked at."""

    def __init__(self, home: Path, port_base: int) -> None:
        self._key = Keys(home / "keys").token_private.read_bytes()
        self._urls = urls(port_base)
        self._registrar = Registrar(home, self._urls["intake"])
        self._client = httpx.AsyncClient(timeout=30)
        self._tokens = {"crm": system_token(self._key, "crm", ["contacts:write"])}

    async def open(self) -> None:
        """Registers those who act: the data folder's key makes them what they are."""
        for who, login, role in _PEOPLE:
            registered = await self.register(login, (role, "restricted"))
            self._tokens[who] = person_token(self._key, registered)

    async def register(self, login: str, roles: Collection[str] = (), **more: Any) -> UUID:
        """Somebody of the staff; gives their id."""
        return (await asyncio.to_thread(self._registrar.ensure, login, roles, **more)).person_id

    async def close(self) -> None:
        await self._client.aclose()

    async def send(self, who: str, method: str, service: str, path: str, **how: Any) -> httpx.Response:
        """One request as `who`; asked again where the service says that it will know soon."""
        headers = {"Authorization": f"Bearer {self._tokens[who]}"} | how.pop("headers", {})
        async with asyncio.timeout(PATIENCE):
            while True:
                answer = await self._client.request(
                    method, self._urls[service] + path, headers=headers, **how
                )
                if not (answer.is_error and code_of(answer) in _SOON):
                    return answer
                await asyncio.sleep(0.1)

    async def get(self, service: str, path: str, who: str = "officer", **params: str) -> Any:
        answer = await self.send(who, "GET", service, path, params=params)
        return expected(answer).json()

    async def text(self, service: str, path: str, who: str = "officer", **params: str) -> str:
        answer = await self.send(who, "GET", service, path, params=params, headers={"Accept": "text/plain"})
        return expected(answer).text

    async def command(
        self, service: str, reference: str, command: str, body: Mapping[str, Any], who: str = "officer"
    ) -> httpx.Response:
        """A command to a case, whatever is answered; its id makes a repeat harmless."""
        key = str(command_id(reference, command, repr(sorted(body.items()))))
        return await self.send(
            who,
            "POST",
            service,
            f"/cases/{reference}/{command}",
            json=dict(body),
            headers={"Idempotency-Key": key},
        )

    async def do(
        self, service: str, reference: str, command: str, who: str = "officer", **body: Any
    ) -> dict[str, Any]:
        found: dict[str, Any] = expected(await self.command(service, reference, command, body, who)).json()
        return found


class Unexpected(Exception):
    """Something in the demonstration isn't as it must be."""


def expected(answer: httpx.Response) -> httpx.Response:
    """An answer that must be a success.

    Raises:
        Unexpected: it isn't.
    """
    if answer.is_error:
        request = answer.request
        raise Unexpected(f"{request.method} {request.url}: {answer.status_code} {answer.text[:500]}")
    return answer


def code_of(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("code", ""))
    except ValueError:
        return ""


async def until(what: str, condition: Callable[[], Awaitable[T | None]]) -> T:
    """Waits until the condition gives something.

    Raises:
        Unexpected: it doesn't within `PATIENCE`.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                found = await condition()
                if found:
                    return found
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise Unexpected(f"not within {PATIENCE:.0f} s: {what}") from None
