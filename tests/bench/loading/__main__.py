"""`python -m tests.bench.loading --home DIR`: loads a running, empty `redress up` and says how fast that was.

    --cases N           how many (100,000)
    --events-a-case M   their mean (20): of the simulated lives, which have about 50, the shortest are taken; 0: all
    --lives N           distinct lives that the cases are copies of (2,000)
    --seed N            another seed makes other lives

Only for measurements: it writes past the front doors, and refuses a system that holds anything.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.bench.loading.load import Wanted, load
from tests.bench.loading.stores import NotEmpty, Place


def main() -> int:
    """Gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.loading")
    parser.add_argument(
        "--home", type=Path, required=True, help="the data folder of the running `redress up`"
    )
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--events-a-case", type=float, default=20)
    parser.add_argument("--lives", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    wanted = Wanted(given.cases, given.lives, given.seed, given.events_a_case or None, datetime.now(UTC))
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    try:
        with Progress(*columns, console=console) as progress:
            tasks = {}

            def tell(step: str, done: int, of: int) -> None:
                if step not in tasks:
                    tasks[step] = progress.add_task(step, total=of)
                progress.update(tasks[step], completed=done)

            done = asyncio.run(load(Place.of(given.home), wanted, tell))
    except NotEmpty as no:
        console.print(f"Nothing was loaded. {no}", style="red", highlight=False)
        return 1
    show = Console(highlight=False, soft_wrap=True).print
    reading = done.folded_after - done.stored_after
    show(f"{done.events:,} events of {done.cases:,} cases, copies of {given.lives:,} distinct lives or fewer")
    show(f"stored in {done.stored_after:,.0f} s: {done.events / done.stored_after:,.0f} events/s")
    show(
        f"read by all services {reading:,.0f} s later: {done.events / done.folded_after:,.0f} events/s in all"
    )
    show(f"{done.ripe:,} things are due and not done yet")
    return 0


if __name__ == "__main__":
    sys.exit(main())
