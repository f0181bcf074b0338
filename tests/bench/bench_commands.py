"""Commands through intake's HTTP API: as many as one process does, and how long one takes at a hundred a second."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from tests.bench.cases import Made, Notes, open_cases
from tests.bench.opening import installation
from tests.bench.processor import spent
from tests.bench.row import Goal, Row, percentile
from tests.chaos.settling import settled
from tests.chaos.site import Site

_MILLI = 1000


@dataclass(frozen=True, slots=True)
class _Busy:
    """Commands a second, and the processor time of intake that each took, in milliseconds."""

    rate: float
    cpu: float


async def measure(*, quick: bool) -> Row:
    """Notes on many cases, the whole installation folding them meanwhile; then with the readers stopped."""
    async with installation() as site:
        made = await open_cases(site, 50 if quick else 400)
        notes = Notes(site, made.references)
        await notes.as_fast_as_possible(2)
        with_all = await _busy(site, notes, 3 if quick else 15)
        await settled(site, 300)
        told = await notes.steadily(100, 300 if quick else 2000)
        await asyncio.gather(
            *(service.stop() for name, service in site.installation.services.items() if name != "intake")
        )
        alone = await _busy(site, notes, 3 if quick else 8)
    return _row(made, with_all, alone, [_MILLI * one for one in told.waited])


async def _busy(site: Site, notes: Notes, seconds: float) -> _Busy:
    intake = site.installation.services["intake"].pid
    assert intake is not None
    before = spent(intake)
    rate = await notes.as_fast_as_possible(seconds)
    return _Busy(rate, _MILLI * (spent(intake) - before) / (rate * seconds))


def _row(made: Made, with_all: _Busy, alone: _Busy, waited: list[float]) -> Row:
    return Row(
        "commands through the HTTP API",
        (
            Goal("", 400, with_all.rate, "/s"),
            Goal("p99 at 100 a second", 50, percentile(waited, 0.99), "ms", at_most=True),
        ),
        f"{alone.rate:,.0f}/s with the other services stopped",
        (
            f"p50 at 100 a second {percentile(waited, 0.5):.1f} ms",
            f"intake's processor time a command, with its folding: {with_all.cpu:.2f} ms, alone {alone.cpu:.2f} ms",
            f"contacts made over HTTP: {made.rate:,.0f}/s",
        ),
    )
