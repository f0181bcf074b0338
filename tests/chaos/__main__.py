"""`python -m tests.chaos`: see the package."""

from __future__ import annotations

import argparse
import asyncio
import logging
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

import structlog
from rich.console import Console

from tests.chaos import windows
from tests.chaos.faults import EVERY, TWO, Fault, ready
from tests.chaos.load import Load
from tests.chaos.rebuilding import rebuilt_equal, verified
from tests.chaos.reckoning import Books
from tests.chaos.report import Outcome, Report
from tests.chaos.settling import NeverSettled, settled
from tests.chaos.site import Site, opened

_SETTLED_WITHIN: Final = 120.0
_BEFORE: Final = (1.0, 4.0)
_AFTER: Final = 1.5


class Run:
    """Rounds of faults on one installation."""

    def __init__(self, site: Site, seed: int, rate: float, console: Console) -> None:
        self._site = site
        self._seed = seed
        self._load = Load(site, Random(f"{seed} load"), f"run-{seed}", rate)
        self._books = Books.of(site)
        self.report = Report(console)

    async def rounds(self, number: int, faults: Sequence[Fault]) -> None:
        """Every fault in every round, and at the end of each round the views built anew."""
        try:
            await self._load.officers.open_office()
            for one in range(1, number + 1):
                for fault in faults:
                    await self._suffer(one, fault)
                self.report.tell(f"round {one}, at its end", await rebuilt_equal(self._site))
                await self._go_on()
                self.report.tell(f"round {one}, at its end", await verified(self._site))
        finally:
            await self._load.close()
            self.report.close()

    async def _go_on(self) -> None:
        """The services go on with views that were rebuilt."""
        async with self._load.running():
            await asyncio.sleep(_AFTER)
        await settled(self._site, _SETTLED_WITHIN)
        await ready(self._site)

    async def _suffer(self, one: int, fault: Fault) -> None:
        random = Random(f"{self._seed} {one} {fault.name}")
        at = random.uniform(*_BEFORE)
        sent, log = self._load.contacts.sent, self._books.log
        before = Counter({windows.UNANSWERED: sent.unanswered, windows.UNSAVED: log.repeats.total()})
        before[windows.EARLY] = log.early.total()
        async with self._load.running():
            await asyncio.sleep(at)
            blow = await fault.run(self._site, random)
            await asyncio.sleep(_AFTER)
        settled_in = await settled(self._site, _SETTLED_WITHIN)
        if blow.log_lost:
            self._books.log.begin_again()
        reckoned = await self._books.reckon(self._load, random, blow.kills)
        # These are known only now, by the traces that they leave.
        after = Counter({windows.UNANSWERED: sent.unanswered, windows.UNSAVED: log.repeats.total()})
        after[windows.EARLY] = log.early.total()
        blow.windows += after - before
        self.report.add(Outcome(one, fault.name, at, blow, settled_in, reckoned))


async def _main(arguments: argparse.Namespace, home: Path, console: Console) -> bool:
    began = time.monotonic()
    faults = [
        fault
        for fault in (TWO if arguments.two else EVERY)
        if arguments.only in fault.name and (not arguments.without or arguments.without not in fault.name)
    ]
    async with opened(home, brokers=3, two=arguments.two) as site:
        await ready(site)
        console.print(
            f"Up on three brokers in {time.monotonic() - began:.1f} s; seed {arguments.seed}; {home}"
        )
        run = Run(site, arguments.seed, arguments.rate, console)
        try:
            await run.rounds(arguments.rounds, faults)
        except NeverSettled as never:
            run.report.tell("settling", [str(never)])
    took = time.monotonic() - began
    console.print(
        f"{len(run.report.wrong)} wrong; {arguments.rounds} rounds in {took:.0f} s", highlight=False
    )
    return not run.report.wrong


def main() -> None:
    """Parses the command line; the exit status says whether everything held."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--rate", type=float, default=6.0, help="contacts a second")
    parser.add_argument("--two", action="store_true", help="two instances of every service, and their faults")
    parser.add_argument("--only", default="", metavar="WORDS", help="only faults whose name has these words")
    parser.add_argument("--without", default="", metavar="WORDS", help="no fault whose name has these words")
    parser.add_argument(
        "--home", type=Path, help="the data folder, kept; else one that is removed when all holds"
    )
    arguments = parser.parse_args()
    # That parts die and come back is what this is about.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    home = arguments.home or Path(tempfile.mkdtemp(prefix="redress-chaos-"))
    console = Console(width=160)
    holds = asyncio.run(_main(arguments, home, console))
    if holds and arguments.home is None:
        shutil.rmtree(home)
    elif not holds:
        console.print(f"The data folder is kept: {home}", highlight=False)
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
