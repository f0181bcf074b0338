"""A service killed and started again by its watcher, under a steady load: when its views are level again."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from typing import Final

from tests.bench.interrupted import Broken, interrupted
from tests.bench.opening import installation
from tests.bench.row import Goal, Row
from tests.chaos.site import Site

SERVICE: Final = "deadlines"
_LEVEL: Final = 0.5


async def measure(*, quick: bool) -> Row:
    """SIGKILL to deadlines, which reads, decides, relays and owes work."""
    async with installation() as site:
        rate, seconds = (20.0, 15.0) if quick else (100.0, 15.0)
        broken = await interrupted(site, lambda: _kill(site), rate=rate, seconds=seconds)
    return _row(rate, broken)


def _row(rate: float, broken: Broken) -> Row:
    level, under_two = broken.level_at(SERVICE, _LEVEL), broken.level_at(SERVICE, 2.0)
    return Row(
        "a service killed and restarted",
        (Goal("level again after its restart", 2, max(0.0, level - broken.mended), "s", at_most=True),),
        notes=(
            f"{SERVICE}, at {rate:.0f} events a second, started again after {broken.mended - broken.began:.2f} s",
            f"its lag was {broken.stall_of(SERVICE):.2f} s at most",
            f"after the kill: under 2 s again {under_two - broken.began:.2f} s, level {level - broken.began:.2f} s",
        ),
    )


async def _kill(site: Site) -> float:
    service = site.installation.services[SERVICE]
    pid = service.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while service.pid in (None, pid):  # noqa: ASYNC110  its watcher starts it
        await asyncio.sleep(0.005)
    return time.time()
