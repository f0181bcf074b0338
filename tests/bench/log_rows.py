"""The rows of relay and subscriber. Each is measured in a process of its own, so that its memory is its own."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any, Final

from tests.bench.opening import servers
from tests.bench.row import Goal, Row

Found = dict[str, Any]
_EVENTS: Final = 100_000
_FEW: Final = 25_000
_reader: dict[int, Found] = {}
"""What a run of the reader's bench gave: two rows come of it, and one run is enough."""


async def relay(*, quick: bool) -> Row:
    """From the store to the log."""
    found = await _run("tests.bench.bench_relay", _FEW if quick else _EVENTS)
    return Row(
        "relay",
        (Goal("", 25_000, found["relay"], "/s"), Goal("of aiokafka alone", 0.6, found["ratio"], "x")),
        f"aiokafka alone {found['aiokafka']:,.0f}/s",
    )


async def signing(*, quick: bool) -> Row:
    """The relay, if it signed each batch (decision 0022)."""
    found = await _run("tests.bench.bench_signing", _FEW if quick else _EVENTS)
    return Row(
        "relay that signs its batches",
        (Goal("of one that doesn't, by processor time", 0.5, found["cpu_ratio"], "x"),),
        f"one that doesn't {found['plain']:,.0f}/s, one that does {found['signed']:,.0f}/s by the clock",
        tuple(
            f"batches of {size}: {cost['bytes']} bytes more than {found['record_bytes']} a record, "
            f"{cost['sign_us']} us to sign one and {cost['verify_us']} us to verify it"
            for size, cost in found["sizes"].items()
        ),
    )


async def catching_up(*, quick: bool) -> Row:
    """A live view that is behind."""
    found = await _read(_FEW if quick else _EVENTS)
    return Row(
        "a live view catching up",
        (Goal("", 20_000, found["catching_up"], "/s"),),
        f"{found['catching_up_ratio']:.2f} of aiokafka + pydantic + COPY alone, {found['bare']:,.0f}/s",
    )


async def rebuild(*, quick: bool) -> Row:
    """A view from offset 0, with four times as many events for the memory."""
    few, many = await _read(_FEW), await _read(_FEW if quick else _EVENTS)
    return Row(
        "rebuild of a view from offset 0",
        (
            Goal("", 35_000, many["rebuild"], "/s"),
            Goal("of aiokafka + pydantic + COPY", 0.65, many["rebuild_ratio"], "x"),
            Goal(
                "memory, of a quarter of the events",
                1.25,
                many["peak_mb"] / few["peak_mb"],
                "x",
                at_most=True,
            ),
        ),
        f"aiokafka + pydantic + COPY alone {many['bare']:,.0f}/s",
        (
            f"the process at its peak, reading {few['events']:,.0f} events: {few['peak_mb']:.0f} MB",
            f"the process at its peak, reading {many['events']:,.0f} events: {many['peak_mb']:.0f} MB",
        ),
    )


async def _read(events: int) -> Found:
    if events not in _reader:
        _reader[events] = await _run("tests.bench.bench_subscriber", events)
    return _reader[events]


async def _run(module: str, events: int) -> Found:
    async with servers() as embedded:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            embedded.dsn(),
            embedded.bootstrap,
            str(events),
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"{module} ended with {process.returncode}: {output.decode()[-2000:]}")
    found: Found = json.loads(output.splitlines()[-1])
    return found
