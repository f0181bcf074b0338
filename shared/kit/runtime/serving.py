"""One process, one event loop: the HTTP server and the service's tasks live and end together."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import structlog
import uvicorn
from fastapi import FastAPI

_log = structlog.get_logger(__name__)
_GRACE: Final = 10
"""Seconds that requests under way are given at the end."""


class _Server(uvicorn.Server):
    """A server that leaves signals to the process it is a part of."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


async def serve(
    app: FastAPI, host: str, port: int, tasks: Sequence[Callable[[], Awaitable[None]]] = ()
) -> None:
    """Serves the application and runs the tasks until SIGTERM or SIGINT, then ends all in order.

    A task that ends or fails by itself ends the process: what started it starts it again.

    Raises:
        ExceptionGroup: a task failed.
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
    async with asyncio.TaskGroup() as group:
        running = [group.create_task(_run(task)) for task in tasks]
        serving = group.create_task(server.serve())
        waiting = asyncio.ensure_future(stop.wait())
        await asyncio.wait({waiting, serving}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        server.should_exit = True
        await serving
        for task in running:
            task.cancel()
    _log.info("stopped")


async def _run(task: Callable[[], Awaitable[None]]) -> None:
    await task()
    raise RuntimeError(f"{task!r} ended by itself")
