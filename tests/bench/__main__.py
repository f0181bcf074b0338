"""`python -m tests.bench`: measures what the design promises and prints the table. Nothing fails for being slow.

    --only WORDS   only rows whose name has these words, such as `relay`
    --quick        small amounts: to see that it works, not to compare

A row that can't be measured is told at the end, and makes the exit status 1.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

import structlog
from rich.console import Console

from tests.bench import (
    bench_brokers,
    bench_commands,
    bench_restart,
    bench_start,
    bench_timeline,
    bench_visible,
    log_rows,
    store_rows,
)
from tests.bench.processor import Times
from tests.bench.row import Row, amount
from tests.bench.table import show

Measure = Callable[..., Awaitable[Row]]
ROWS: Final[dict[str, Measure]] = {
    "appends-1": store_rows.appends_of_one,
    "appends-8": store_rows.appends_of_eight,
    "commands": bench_commands.measure,
    "visible": bench_visible.measure,
    "relay": log_rows.relay,
    "signing": log_rows.signing,
    "catching-up": log_rows.catching_up,
    "rebuild": log_rows.rebuild,
    "timeline": bench_timeline.measure,
    "due": store_rows.due,
    "start": bench_start.measure,
    "service-killed": bench_restart.measure,
    "broker-of-three-killed": bench_brokers.one_of_three,
    "single-broker-killed": bench_brokers.the_only_one,
}


async def _measure(names: list[str], console: Console, *, quick: bool) -> tuple[list[Row], dict[str, str]]:
    """The rows that could be measured, and why the others couldn't. SIGTERM ends it as Ctrl-C does: in order."""
    this = asyncio.current_task()
    assert this is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    rows: list[Row] = []
    failed: dict[str, str] = {}
    for name in names:
        began, before = time.monotonic(), Times.now()
        try:
            row = await ROWS[name](quick=quick)
        except Exception:  # noqa: BLE001  the other rows are worth having
            failed[name] = traceback.format_exc()
            console.print(f"{name}: could not be measured", style="red")
            continue
        others = Times.now().others_since(before)
        took = time.monotonic() - began
        told = ", ".join(amount(goal.measured, goal.unit) for goal in row.goals)
        console.print(f"{name}: {told} ({took:.0f} s, load {os.getloadavg()[0]:.1f})", highlight=False)
        rows.append(replace(row, others=others))
    return rows, failed


def main() -> int:
    """Measures the rows one after another; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--only", action="append", default=[], metavar="WORDS", help=f"of: {', '.join(ROWS)}")
    parser.add_argument("--quick", action="store_true", help="small amounts")
    given = parser.parse_args()
    names = [name for name in ROWS if not given.only or any(words in name for words in given.only)]
    if not names:
        parser.error(f"no row has such a name; there are {', '.join(ROWS)}")
    # That services are killed and come back is what some rows are about.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    console = Console(width=max(150, Console().width))
    try:
        rows, failed = asyncio.run(_measure(names, console, quick=given.quick))
    except asyncio.CancelledError:
        console.print("Stopped from outside; what was measured stands above.")
        return 1
    if rows:
        load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
        size = "quick: not to be compared; " if given.quick else ""
        show(
            console,
            rows,
            f"{size}{os.cpu_count()} processors, load {load}, fsync on, everything on this machine",
        )
    for name, why in failed.items():
        console.print(f"{name} could not be measured:\n{why}", highlight=False, markup=False)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
