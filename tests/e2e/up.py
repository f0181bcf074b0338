"""`redress up` as a process of its own, of this checkout or of another one."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import httpx

from deploy.cli.environment import up_file
from tests.conftest import until

ROOT: Final = Path(__file__).parents[2]
SECONDS: Final = 90


def of_checkout(checkout: Path) -> Mapping[str, str]:
    """The environment in which programs of that checkout are run, not those that are installed."""
    return os.environ | {"PYTHONPATH": str(checkout)}


@dataclass(frozen=True)
class Up:
    """A `redress up` of one data folder."""

    home: Path
    port_base: int
    checkout: Path = ROOT
    options: tuple[str, ...] = ()

    async def start(self) -> asyncio.subprocess.Process:
        """Starts it; what it prints goes to `up.log` beside its folder."""
        with self.home.with_suffix(".log").open("ab") as log:
            return await self._redress(
                "up", f"--port-base={self.port_base}", *self.options, stdout=log, stderr=log
            )

    def printed(self) -> str:
        """All that it has printed."""
        return self.home.with_suffix(".log").read_text("utf-8", errors="replace")

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """Up and ready in the block; told to stop at its end."""
        process = await self.start()
        try:
            await until(lambda: up_file(self.home).exists() or process.returncode is not None, SECONDS)
            assert process.returncode is None, self.printed()
            yield process
        finally:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(SECONDS):
                await process.wait()

    async def client(self, *token: str) -> httpx.AsyncClient:
        """A client of whoever `redress token create` makes a token for with these arguments."""
        headers = {"Authorization": f"Bearer {(await self.asked('token', 'create', *token)).strip()}"}
        return httpx.AsyncClient(headers=headers, timeout=30, trust_env=False)

    async def asked(self, *arguments: str) -> str:
        """What another `redress` command prints about this folder; it must succeed."""
        process = await self._redress(*arguments, stdout=asyncio.subprocess.PIPE)
        output, _ = await process.communicate()
        assert process.returncode == 0
        return output.decode()

    def left_running(self) -> list[str]:
        """Processes that were started on this data folder, by what their environment or their arguments say."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                command = (process / "cmdline").read_bytes()
                told = command + (process / "environ").read_bytes()
                if str(self.home).encode() in told or (process / "cwd").readlink().is_relative_to(self.home):
                    found.append(
                        f"{process.name}: {command.replace(bytes(1), b' ').decode(errors='replace')}"
                    )
        return found

    async def _redress(
        self, *arguments: str, stdout: int | IO[bytes], stderr: int | IO[bytes] | None = None
    ) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "deploy.cli.main", *arguments, f"--home={self.home}"),
            stdout=stdout,
            stderr=stderr,
            cwd=self.checkout,
            env=of_checkout(self.checkout),
        )
