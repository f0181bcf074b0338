"""A relay that is cancelled ends, whatever fails at that moment; one that stands by is well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from shared.kit.log.relay import relay as module
from shared.kit.log.relay.lock import LockLost
from shared.kit.log.relay.relay import Relay


class _Lock:
    async def ping(self) -> None:
        await asyncio.Event().wait()


def _holding(monkeypatch: pytest.MonkeyPatch, *, told_to_wait: bool = False) -> None:
    @asynccontextmanager
    async def held(_dsn: str, _name: str, waiting: Callable[[], None]) -> AsyncIterator[_Lock]:
        if told_to_wait:
            waiting()
            await asyncio.Event().wait()
        yield _Lock()

    monkeypatch.setattr(module, "held", held)


def _relay() -> Relay:
    source: Any = None
    return Relay("nowhere", source, "nowhere:1", "test")


async def test_a_relay_that_is_cancelled_while_it_loses_its_lock_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _holding(monkeypatch)
    failing, let_go = asyncio.Event(), asyncio.Event()

    async def lose_the_lock() -> None:
        raise LockLost("gone")

    async def close_slowly() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            failing.set()
            await let_go.wait()

    class Losing(Relay):
        async def _lead(self, lock: Any) -> None:  # noqa: ARG002
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(close_slowly())
                await asyncio.sleep(0)
                tasks.create_task(lose_the_lock())

    source: Any = None
    running = asyncio.create_task(Losing("nowhere", source, "nowhere:1", "test").run())
    await failing.wait()
    running.cancel()
    let_go.set()
    done, _ = await asyncio.wait({running}, timeout=5)
    assert done, "it went on alone, and nothing else of its process lived"
    assert running.cancelled()


async def test_a_relay_that_stands_by_has_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    _holding(monkeypatch, told_to_wait=True)
    relay = _relay()
    relay.status.error = "LockLost: gone"
    running = asyncio.create_task(relay.run())
    async with asyncio.timeout(5):
        while relay.status.error is not None:  # noqa: ASYNC110
            await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait({running})
