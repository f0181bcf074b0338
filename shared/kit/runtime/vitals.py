"""The tasks that a service lives by: whether all of them live, and whether those that go round still do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from shared.kit.http import Check

_STILL_FOR: Final = 30.0
"""Seconds without a round after which a service isn't ready: rounds take half a second, a lease is six."""


class Vitals:
    """A service's tasks.

    Args:
        rounds: by what it is called on screen, when it last went round (`time.monotonic`).
    """

    def __init__(self, rounds: Mapping[str, Callable[[], float]]) -> None:
        self._rounds = rounds
        self._tasks: list[asyncio.Task[Any]] = []

    def start(self, *works: Callable[[], Awaitable[object]]) -> Sequence[asyncio.Task[Any]]:
        """Starts a task for each; none may end before the process does."""
        self._tasks += [asyncio.create_task(_run(work), name=_name(work)) for work in works]
        return self._tasks

    def checks(self) -> list[Check]:
        """What readiness asks: a process that answers HTTP isn't therefore one that works."""
        return [Check("tasks", self._lost), Check("rounds", self._still)]

    async def _lost(self) -> str:
        return "; ".join(f"{task.get_name()} has ended" for task in self._tasks if task.done())

    async def _still(self) -> str:
        now = time.monotonic()
        still = {name: now - last() for name, last in self._rounds.items()}
        return "; ".join(
            f"{name} has stood still for {silent:.0f} s"
            for name, silent in still.items()
            if silent > _STILL_FOR
        )


async def _run(work: Callable[[], Awaitable[object]]) -> None:
    await work()


def _name(work: object) -> str:
    owner = getattr(work, "__self__", None)
    return str(getattr(work, "__qualname__", work)) if owner is None else type(owner).__name__
