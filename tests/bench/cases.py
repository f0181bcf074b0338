"""Cases to give commands to, made as a contact centre makes them; and notes on them at a steady pace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any, Final
from uuid import uuid4

from tests.bench.calling import Caller, callers
from tests.chaos.settling import settled
from tests.chaos.site import CRM, Site

CONNECTIONS: Final = 8
_SETTLED_WITHIN: Final = 300.0
_NOTE: Final = {
    "text": "Rang the depot: the crew goes back on Thursday morning. The customer knows and is content."
}


@dataclass(frozen=True, slots=True)
class Made:
    """Cases by their references, and how many a second were made."""

    references: tuple[str, ...]
    rate: float


async def open_cases(site: Site, number: int) -> Made:
    """So many contacts through the door, one case each, and everything that follows from them done."""
    references: list[str] = []
    numbers = iter(range(number))

    async def send(caller: Caller) -> None:
        for one in numbers:
            answer = await caller.post("/contacts/json", contact(one), str(uuid4()))
            references.append(answer["reference"])

    async with callers(site.url("intake"), site.system(CRM, "contacts:write"), CONNECTIONS) as lines:
        began = time.perf_counter()
        await asyncio.gather(*(send(caller) for caller in lines))
        took = time.perf_counter() - began
    await settled(site, _SETTLED_WITHIN)
    return Made(tuple(references), number / took)


def contact(number: int) -> dict[str, Any]:
    """A contact of the usual size."""
    return {
        "message_id": f"bench-{number:06}",
        "channel": "phone",
        "customer": {
            "name": f"Ana Example {number}",
            "email": f"ana.{number}@example.org",
            "postcode": "ZZ1 1ZZ",
        },
        "subject": f"Missed collection {number}",
        "text": "The bins of our street were not emptied for the third week in a row. " * 5,
        "service": "waste",
    }


@dataclass(slots=True)
class Told:
    """What came of a load: the time of each answer, in seconds from when it should have been sent."""

    waited: list[float] = field(default_factory=list)


class Notes:
    """An officer's notes on cases, one after another and round again."""

    def __init__(self, site: Site, references: Sequence[str]) -> None:
        self._site = site
        self._references = cycle(references)

    async def as_fast_as_possible(self, seconds: float) -> float:
        """Notes a second over several connections that each send the next when the last is answered."""
        done = 0

        async def send(caller: Caller) -> None:
            nonlocal done
            while time.perf_counter() < until:
                await self._note(caller, next(self._references))
                done += 1

        async with callers(self._site.url("intake"), self._officer(), CONNECTIONS) as lines:
            began = time.perf_counter()
            until = began + seconds
            await asyncio.gather(*(send(caller) for caller in lines))
            return done / (time.perf_counter() - began)

    async def steadily(self, rate: float, number: int) -> Told:
        """So many notes at so many a second, sent when they are due, whatever became of those before."""
        told = Told()
        free: asyncio.Queue[Caller] = asyncio.Queue()

        async def send(reference: str, due: float) -> None:
            caller = await free.get()
            await self._note(caller, reference)
            told.waited.append(time.perf_counter() - due)
            free.put_nowait(caller)

        async with callers(self._site.url("intake"), self._officer(), 4 * CONNECTIONS) as lines:
            for caller in lines:
                free.put_nowait(caller)
            began = time.perf_counter()
            async with asyncio.TaskGroup() as group:
                for one, reference in enumerate(islice(self._references, number)):
                    due = began + one / rate
                    await asyncio.sleep(max(0.0, due - time.perf_counter()))
                    group.create_task(send(reference, due))
        return told

    async def _note(self, caller: Caller, reference: str) -> None:
        await caller.post(f"/cases/{reference}/note", _NOTE, str(uuid4()))

    def _officer(self) -> dict[str, str]:
        return self._site.person("Olu Officer", "supervisor")
