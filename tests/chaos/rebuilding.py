"""The views of every service, built anew from the log: they switch only if they say the same as the live ones."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Final

from deploy.cli.service_process import environment_file
from tests.chaos.site import READERS, Site

_LONGEST: Final = 180.0


async def rebuilt_equal(site: Site) -> list[str]:
    """Rebuilds the views of every service; what was refused, a sentence each."""
    wrong = []
    for service in READERS:
        code, told = await run_task(site, service, "rebuild")
        if code != 0:
            wrong.append(f"rebuild of {service}: {told}")
    return wrong


async def verified(site: Site) -> list[str]:
    """`redress audit verify`: store, log and leaf, event by event; what it finds, a sentence each."""
    code, told = await run_task(site, "audit", "verify")
    return [f"audit verify: {told}"] if code != 0 else []


async def run_task(site: Site, service: str, *arguments: str) -> tuple[int, str]:
    """Runs a task of a service's program in its environment; gives its exit status and its last words."""
    told = json.loads(environment_file(site.home, service).read_text("utf-8"))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"services.{service}.main",
        *arguments,
        env=os.environ | told,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(_LONGEST):
            output, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        return -1, f"not done after {_LONGEST:.0f} s"
    assert process.returncode is not None
    return process.returncode, output.decode(errors="replace")[-2000:]
