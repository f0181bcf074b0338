"""Files lives in a running system, through the services' front doors: as historic cases, or as cases that go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Self
from uuid import UUID

import httpx

from deploy.cli.calling import addresses, told
from deploy.cli.keys import Keys
from deploy.cli.registrar import Registrar
from deploy.simulation.council import Council, Department, Staff
from deploy.simulation.life import Life, Posted
from deploy.simulation.lives import ROLES
from services.intake.domain.case.assign import Assign
from services.intake.domain.case.close import Close
from services.intake.domain.case.refuse import Refuse, RefuseWithoutNotice
from shared.kit.http import person_token

_TOGETHER: Final = 4
_PATIENCE: Final = 60.0
"""Seconds until a service must have heard what went before."""
_TOKEN: Final = timedelta(minutes=5)
_NOT_YET: Final = {httpx.codes.NOT_FOUND, httpx.codes.CONFLICT, httpx.codes.SERVICE_UNAVAILABLE}
_TAKEN: Final = "unit-code-taken"
_ENDS: Final = frozenset({Close.verb, Refuse.verb, RefuseWithoutNotice.verb})


class NotFiled(Exception):
    """A service refuses for good what its own decider allowed, or doesn't answer."""


class Filing:
    """Says again, as those who did it, what was done in each life; each request with an id of its own, so that filing
    the same lives again changes nothing.

    Args:
        home: the data folder, whose key makes the simulation's people known.
    """

    def __init__(self, home: Path) -> None:
        self._urls = addresses(home)
        self._key = Keys(home / "keys").token_private.read_bytes()
        self._registrar = Registrar(home, self._urls["intake"])
        self._persons: dict[str, UUID] = {}
        self._ids: dict[str, str] = {}
        self._client = httpx.AsyncClient(timeout=60, trust_env=False)

    @classmethod
    @asynccontextmanager
    async def into(cls, home: Path, council: Council) -> AsyncIterator[Self]:
        """Opens the council's departments first.

        Raises:
            NotFiled, NotRegistered, OSError: the system isn't running, or its data folder isn't this one.
        """
        filing = cls(home)
        try:
            for department in council.departments:
                await filing._open(department)
            yield filing
        finally:
            await filing._client.aclose()

    async def file(self, lives: Iterable[Life]) -> AsyncIterator[str]:
        """Files each life, some side by side; gives the references as the cases are done.

        Raises:
            NotFiled: see there.
        """
        under_way: set[asyncio.Task[str]] = set()
        try:
            for life in lives:
                under_way.add(asyncio.create_task(self._file(life)))
                if len(under_way) == _TOGETHER:
                    done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                    for each in done:
                        yield each.result()
            for task in asyncio.as_completed(under_way):
                yield await task
        finally:
            for each in under_way:
                each.cancel()

    async def _open(self, department: Department) -> None:
        head = department.staff[-1]
        await self._register(head)
        unit = {
            "code": department.code,
            "name": department.name,
            "kind": "department",
            "email": department.email,
        }
        answer = await self._send(Posted("intake", "/units", unit, head), {})
        if answer.is_error and answer.json().get("code") != _TAKEN:
            raise NotFiled(told(answer))
        for each in department.staff:
            await self._register(each, (department.code, each.position))

    async def _register(self, who: Staff, *units: tuple[str, str]) -> None:
        known = await asyncio.to_thread(
            self._registrar.ensure, who.login, ROLES, units, name=who.name, email=who.email
        )
        self._persons[who.login] = known.person_id
        self._ids[str(who.person_id)] = str(known.person_id)

    async def _file(self, life: Life) -> str:
        reference = ""
        for number, asked in in_order_of_filing(life.asked):
            key = {"Idempotency-Key": str(life.id_of("asked", str(number)))}
            answer = await self._insist(asked, key, reference)
            reference = reference or answer["reference"]
        return reference

    async def _insist(self, asked: Posted, headers: dict[str, str], reference: str) -> dict[str, Any]:
        """Until it is accepted: the decider has allowed it, so who refuses it hasn't heard yet what went before."""
        waits_for = f"{asked.service} has not answered"
        try:
            async with asyncio.timeout(_PATIENCE):
                while (answer := await self._send(asked, headers, reference)).status_code in _NOT_YET:
                    waits_for = told(answer)
                    await asyncio.sleep(float(answer.headers.get("Retry-After", 0.1)))
        except TimeoutError:
            raise NotFiled(f"{asked.path}: {waits_for}") from None
        if answer.is_error:
            raise NotFiled(f"{asked.path}: {told(answer)}")
        found: dict[str, Any] = answer.json()
        return found

    def _as_known(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The body with everybody under the id that they have in the running system."""
        return {
            name: self._ids.get(value, value) if isinstance(value, str) else value
            for name, value in body.items()
        }

    async def _send(self, asked: Posted, headers: dict[str, str], reference: str = "") -> httpx.Response:
        token = person_token(self._key, self._persons[asked.who.login], _TOKEN)
        url = self._urls[asked.service] + asked.path.format(reference=reference)
        authorization = {"Authorization": f"Bearer {token}"}
        try:
            return await self._client.post(
                url, json=self._as_known(asked.body), headers=headers | authorization
            )
        except httpx.HTTPError as error:
            raise NotFiled(f"{asked.service} does not answer at {url} ({error}).") from error


def in_order_of_filing(asked: Sequence[Posted]) -> Iterator[tuple[int, Posted]]:
    """Each with its number, who has the case last of all, or before it ends: reminders wait until somebody has it, and
    nobody is to be reminded of what is only being written down.
    """
    held: list[tuple[int, Posted]] = []
    for number, each in enumerate(asked):
        verb = each.path.rpartition("/")[2]
        if verb == Assign.verb:
            held.append((number, each))
            continue
        if verb in _ENDS:
            yield from held
            held = []
        yield number, each
    yield from held
