"""A steady load that something is broken under, and how long the views stood still because of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench.cases import Notes, open_cases
from tests.bench.visibility import Seen, notes_on
from tests.chaos.settling import settled
from tests.chaos.site import Site

BEFORE: Final = 4.0
"""Seconds of load before it is broken."""


@dataclass(frozen=True, slots=True)
class Broken:
    """What was broken.

    Attributes:
        began, mended: when it was killed, and when its successor was started, in seconds since 1970.
        seen: the notes that were written meanwhile.
    """

    began: float
    mended: float
    seen: Sequence[Seen]

    def stall(self) -> float:
        """The longest that a committed event waited until every view showed it."""
        return max(one.everywhere_after for one in self.seen)

    def stall_of(self, service: str) -> float:
        """The same for one service."""
        return max(one.after(service) for one in self.seen)

    def level_at(self, service: str, within: float) -> float:
        """When the last event became visible that had waited longer than `within` seconds."""
        late = [one.at[service] for one in self.seen if one.after(service) > within]
        return max([self.began, *late])


async def interrupted(
    site: Site, breaking: Callable[[], Awaitable[float]], *, rate: float, seconds: float
) -> Broken:
    """Notes at a steady rate; after a few seconds `breaking` breaks something, and tells when it was mended."""
    made = await open_cases(site, int(rate * seconds))
    loading = asyncio.ensure_future(Notes(site, made.references).steadily(rate, len(made.references)))
    await asyncio.sleep(BEFORE)
    began = time.time()
    mended = await breaking()
    await loading
    await settled(site, 300)
    return Broken(began, mended, await notes_on(site, made.references))
