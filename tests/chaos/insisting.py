"""Sending the same request until there is a definite answer, as a CRM does that must not lose a contact."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final

import httpx

from shared.kit.tries import Tries

PATIENCE: Final = 120.0
_LATER: Final = frozenset({429, 502, 503, 504})


class NoAnswer(Exception):
    """Nobody gave a definite answer for as long as anybody would wait."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A definite answer.

    Attributes:
        broken: tries before it whose answer never came.
        refused: tries before it that were to be repeated later (503 and the like).
        faults: tries before it that were answered 500.
    """

    response: httpx.Response
    broken: int
    refused: int
    faults: int

    @property
    def tries(self) -> int:
        """How often it was sent."""
        return 1 + self.broken + self.refused + self.faults

    @property
    def ok(self) -> bool:
        """It was done."""
        return self.response.is_success


async def insist(client: httpx.AsyncClient, method: str, url: str, **how: Any) -> Answer:
    """The first definite answer.

    Raises:
        NoAnswer: there was none within `PATIENCE` seconds.
    """
    broken = refused = faults = 0
    deadline, last, tries = time.monotonic() + PATIENCE, "", Tries(longest=1.0)
    while time.monotonic() < deadline:
        try:
            response = await client.request(method, url, **how)
        except httpx.TransportError as error:
            broken, last = broken + 1, repr(error)
        else:
            later = response.status_code in _LATER or "retry-after" in response.headers
            if not later and not response.is_server_error:
                return Answer(response, broken, refused, faults)
            refused, faults, last = refused + later, faults + (not later), response.text[:300]
        await tries.pause()
    raise NoAnswer(f"{method} {url}: {last}")
