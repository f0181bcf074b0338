"""A server that is one process: what starting, stopping, killing and watching mean for each of them."""

import asyncio
import signal
from abc import ABC, abstractmethod

import structlog

from deploy.embedded.processes import end
from shared.kit.tries import Tries

_log = structlog.get_logger(__name__)


class Part(ABC):
    """PostgreSQL, a broker or the mailbox."""

    stop_steps: tuple[tuple[signal.Signals, float], ...] = ((signal.SIGTERM, 10),)

    def __init__(self, name: str) -> None:
        self.name = name
        self.process: asyncio.subprocess.Process | None = None
        self._wanted = False
        self._started = asyncio.Event()
        self._starting = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """The running process's id, or None."""
        return self.process.pid if self.process and self.process.returncode is None else None

    @property
    def serving(self) -> bool:
        """Whether it runs and its start is complete."""
        return self.pid is not None and self._started.is_set()

    async def start(self) -> None:
        """Start and return when it serves; nothing to do if it runs already."""
        self._wanted = True
        async with self._starting:
            if self.pid is None:
                self._started.clear()
                try:
                    await self._launch()
                except BaseException:  # half a start is none: the next one begins anew
                    if self.process is not None:
                        await end(self.process)
                    raise
                self._started.set()

    async def stop(self) -> None:
        """Stop cleanly and return when it is gone. It stays down until `start`."""
        self._wanted = False
        if self.process:
            await end(self.process, *self.stop_steps)

    async def kill(self) -> None:
        """SIGKILL, as when a machine stops. It stays down until `start`."""
        self._wanted = False
        if self.process:
            await end(self.process)

    async def watch(self) -> None:
        """Start it again whenever it dies by itself; run until cancelled."""
        while True:
            await self._started.wait()
            assert self.process is not None
            code = await self.process.wait()
            self._started.clear()
            if self._wanted:
                _log.warning("embedded_part_died", part=self.name, exit_code=code)
                await self._bring_back()

    async def _bring_back(self) -> None:
        tries = Tries(0.2, 5.0)
        while self._wanted:
            try:
                await self.start()
            except (OSError, RuntimeError) as error:
                _log.error("embedded_part_does_not_start", part=self.name, reason=str(error))
                await tries.pause()
            else:
                _log.info("embedded_part_is_back", part=self.name, pid=self.pid)
                return

    @abstractmethod
    async def _launch(self) -> None:
        """Set `process` to a new one and return when it serves; raise a RuntimeError that says why not."""
