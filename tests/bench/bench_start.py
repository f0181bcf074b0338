"""`redress up` on an empty folder: from its start to the answer of the first request, and once more on what it left."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path
from typing import Final

import httpx

from deploy.cli.keys import Keys
from deploy.cli.services import urls
from deploy.embedded.processes import end
from shared.kit.http import system_token
from tests.bench.cases import contact
from tests.bench.opening import SETTINGS, folder
from tests.bench.processor import spent_by_all
from tests.bench.row import Goal, Row
from tests.chaos.site import CRM, PORTS
from tests.conftest import free_ports

_LONGEST: Final = 120.0


async def measure(*, quick: bool) -> Row:  # noqa: ARG001  two starts are little enough
    """The first request is a contact: it needs PostgreSQL, intake and the keyring."""
    with folder() as home:
        first, worked = await _start(home, 1)
        again, worked_again = await _start(home, 2)
    return Row(
        "embedded start to first request served",
        (
            Goal("on an empty folder", 10, first, "s", at_most=True),
            Goal("again", 10, again, "s", at_most=True),
        ),
        notes=(
            f"processor time until then: {worked:.1f} s on an empty folder, {worked_again:.1f} s again",
            "all servers and six services, shared by all processors: less than that can't be",
        ),
    )


async def _start(home: Path, number: int) -> tuple[float, float]:
    """Seconds until the first answer, and of processor time."""
    ports = free_ports(PORTS)
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.cli.main", "up", "--home", str(home), "--port-base", str(ports)),
        env=os.environ | SETTINGS,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(_LONGEST):
            await _served(home, urls(ports)["intake"], number)
        return time.perf_counter() - began, spent_by_all(process.pid)
    finally:
        await end(process, (signal.SIGTERM, 60))


async def _served(home: Path, intake: str, number: int) -> None:
    key = Keys(home / "keys").token_private
    while not key.exists() or not key.stat().st_size:  # noqa: ASYNC110  another process makes it
        await asyncio.sleep(0.01)
    headers = {"Authorization": f"Bearer {system_token(key.read_bytes(), CRM, ['contacts:write'])}"}
    async with httpx.AsyncClient(headers=headers, timeout=30, trust_env=False) as client:
        while True:
            try:
                answer = await client.post(f"{intake}/contacts/json", json=contact(number))
            except httpx.TransportError:
                await asyncio.sleep(0.02)
                continue
            if answer.is_success:
                return
            await asyncio.sleep(0.02)
