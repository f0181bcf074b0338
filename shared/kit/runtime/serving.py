"""One process, one event loop: the HTTP server and the service's tasks live and end together."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import structlog
import uvicorn
from fastapi import FastAPI

from shared.kit.runtime.vitals import Vitals

_log = structlog.get_logger(__name__)
_GRACE: Final = 10
"""Seconds that requests under way are given at the end."""
_LAST_GRACE: Final = 5.0
"""Seconds that cancelled tasks are given to end. Nothing they hold is lost with the process: it may be killed at any
moment, and a half-dead one is worse than none."""


class _Server(uvicorn.Server):
    """A server that leaves signals to the process it is a part of."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(
    app: FastAPI,
    host: str,
    port: int,
    tasks: Sequence[Callable[[], Awaitable[None]]] = (),
    vitals: Vitals | None = None,
) -> None:
    """Serves the application and runs the tasks until SIGTERM or SIGINT, then ends all in order.

    A task that ends or fails by itself ends the process: what started it starts it again. So does one that doesn't
    end when it is cancelled: the process leaves without it.

    Raises:
        ExceptionGroup: a task ended or failed.
    """
    server = _Server(
        uvicorn.Config(
            app, host=host, port=port, log_config=None, timeout_graceful_shutdown=_GRACE, lifespan="on"
        )
    )
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    running = (vitals or Vitals({})).start(*tasks)
    serving = asyncio.create_task(server.serve(), name="the HTTP server")
    stopping = asyncio.create_task(stop.wait(), name="the wait for a signal")
    try:
        await asyncio.wait({stopping, serving, *running}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        server.should_exit = True
    ended = [task for task in running if task.done()]
    if not ended:
        await asyncio.wait({serving}, timeout=_GRACE + 1)
    await _end([*running, serving])
    failures = [_failure(task) for task in ended]
    if failures:
        raise ExceptionGroup("the service lost a task", failures)
    await serving
    _log.info("stopped")


async def _end(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancels the tasks; leaves the process at once when one of them goes on in spite of it."""
    for task in tasks:
        task.cancel()
    _, alive = await asyncio.wait(tasks, timeout=_LAST_GRACE)
    if alive:
        _log.error("tasks did not end: the process leaves", tasks=sorted(task.get_name() for task in alive))
        os._exit(1)


def _failure(task: asyncio.Task[Any]) -> Exception:
    error = None if task.cancelled() else task.exception()
    if isinstance(error, Exception):
        return error
    return RuntimeError(f"{task.get_name()} ended by itself")
