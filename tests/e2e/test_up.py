"""`redress up`: beside another installation, refused a second time, stopped without a trace, started again."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from deploy.cli.environment import up_file
from deploy.cli.services import SERVICES, urls
from tests.chaos.site import PORTS
from tests.conftest import free_ports, until
from tests.e2e.council import Council

SECONDS = 90
BODY = {"message_id": "kept", "text": "The bins of our street were not emptied."}


@dataclass(frozen=True)
class Up:
    """A `redress up` of one data folder."""

    home: Path
    port_base: int

    async def start(self) -> asyncio.subprocess.Process:
        """Starts it; what it prints goes to `up.log` beside its folder."""
        with self.home.with_suffix(".log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "deploy.cli.main",
                "up",
                f"--home={self.home}",
                f"--port-base={self.port_base}",
                stdout=log,
                stderr=log,
            )

    def printed(self) -> str:
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

    async def token(self) -> str:
        """A CRM's token, from the command line."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "deploy.cli.main",
            *("token", "create", "crm", "--scope=contacts:write", f"--home={self.home}"),
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate()
        assert process.returncode == 0
        return output.decode().strip()

    async def send(self, token: str) -> httpx.Response:
        """The one contact."""
        async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
            headers = {"Authorization": f"Bearer {token}"}
            url = f"{urls(self.port_base)['intake']}/contacts/json"
            return await client.post(url, json=BODY, headers=headers)

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


async def test_up_keeps_its_data_and_leaves_nothing_running(council: Council, tmp_path: Path) -> None:
    up = Up(tmp_path / "redress", free_ports(PORTS))
    async with up.running() as process:
        token = await up.token()
        first = await up.send(token)
        assert first.status_code == 201, first.text
        assert len(up.left_running()) >= len(SERVICES), "the look at running processes sees none"

        # Another installation runs beside it: each has its own cases and its own keys.
        elsewhere = await council.sends(BODY)
        assert elsewhere.status_code == 201
        assert (
            await Up(council.site.home, council.site.installation.port_base).send(token)
        ).status_code == 401

        second = await Up(up.home, free_ports(PORTS)).start()
        async with asyncio.timeout(SECONDS):
            assert await second.wait() != 0
        assert f"is in use by the running process {process.pid}" in up.printed()
    assert process.returncode == 0, up.printed()
    assert up.left_running() == []
    assert not up_file(up.home).exists()

    async with up.running():
        again = await up.send(token)
        assert (again.status_code, again.json()["reference"]) == (200, first.json()["reference"])
    assert up.left_running() == []
