"""A broker killed under a steady load: how long the views of every service stand still."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from tests.bench.interrupted import Broken, interrupted
from tests.bench.opening import installation
from tests.bench.row import Goal, Row
from tests.chaos.site import READERS, Site

_STAYS_DOWN: Final = 12.0


async def one_of_three(*, quick: bool) -> Row:
    """One of three, which stays down for a while: the other two go on without it."""
    rate, seconds = (10.0, 25.0) if quick else (50.0, 30.0)
    async with installation(brokers=3) as site:
        broken = await interrupted(site, lambda: _kill(site, _STAYS_DOWN), rate=rate, seconds=seconds)
    return _row("one of three brokers killed", 10, rate, broken)


async def the_only_one(*, quick: bool) -> Row:
    """The only one, started again at once on what it left."""
    rate, seconds = (10.0, 25.0) if quick else (50.0, 30.0)
    async with installation() as site:
        broken = await interrupted(site, lambda: _kill(site, 0), rate=rate, seconds=seconds)
    return _row("the single broker killed and restarted", 12, rate, broken)


async def _kill(site: Site, down: float) -> float:
    broker = site.installation.embedded.brokers[0]
    await broker.kill()
    await asyncio.sleep(down)
    await broker.start()
    return time.time()


def _row(what: str, budget: float, rate: float, broken: Broken) -> Row:
    each = ", ".join(f"{service} {broken.stall_of(service):.1f}" for service in READERS)
    down = broken.mended - broken.began
    return Row(
        what,
        (Goal("stall", budget, broken.stall(), "s", at_most=True),),
        notes=(
            f"the longest from commit to view at {rate:.0f} events a second, s: {each}",
            f"the broker served again {down:.1f} s after the kill",
        ),
    )
