"""`redress simulate --seed N`: lawful lives of made-up cases, as events, as historic cases, or as work going on."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TextIO

import typer

from deploy.cli.calling import REFUSED
from deploy.cli.registrar import NotRegistered
from deploy.cli.services import DEFAULT_HOME

if TYPE_CHECKING:
    from rich.progress import Progress

    from deploy.simulation.life import Life

_STANDARD_OUTPUT: Final = "-"


def simulate_command(
    seed: Annotated[int, typer.Option(help="The same seed and number of cases make the same lives.")],
    cases: Annotated[int, typer.Option(min=1, help="How many contacts come in.")] = 200,
    out: Annotated[
        Path | None, typer.Option(help="A file for plain events, one JSON a line; `-` for standard output.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="With --out: the last day of the lives.")
    ] = None,
    home: Annotated[Path, typer.Option(help="The data folder of the running system.")] = DEFAULT_HOME,
    *,
    going_on: Annotated[
        bool, typer.Option("--going-on", help="Cases of the last weeks that officers can go on with.")
    ] = False,
) -> None:
    """Without --out the cases are filed in the running system, as historic: nothing is sent, nobody is reminded.

    With --going-on they are everyday work: some due today, some late, and their reminders and letters leave.
    """
    if going_on and out is not None:
        sys.exit("redress simulate: --going-on is for a running system, --out for a file: choose one")
    from rich.console import Console
    from rich.progress import Progress

    summary = ""
    with Progress(console=Console(stderr=True)) as progress:
        if out is not None:
            to_file = out.open("w", encoding="utf-8", newline="\n") if str(out) != _STANDARD_OUTPUT else None
            with to_file or nullcontext(sys.stdout) as lines:
                _write(seed, cases, until, lines, progress)
        elif going_on:
            summary = _file_going_on(seed, cases, home, progress)
        else:
            _file_historic(seed, cases, home, progress)
    if summary:
        print(summary)


def _write(seed: int, cases: int, until: datetime | None, lines: TextIO, progress: Progress) -> None:
    from deploy.simulation.lives import lives, opened
    from deploy.simulation.log import write
    from shared.kit.events import Event, Recorded

    setting, council = opened(until.date() if until else None)

    def events() -> Iterable[Recorded[Event]]:
        yield from council
        for life in progress.track(lives(seed, cases, setting), total=cases, description="living"):
            yield from life.recorded

    write(events(), lines)


def _file_historic(seed: int, cases: int, home: Path, progress: Progress) -> None:
    from deploy.simulation.lives import lives, to_be_filed

    _file(lives(seed, cases, to_be_filed(datetime.now(UTC))), cases, home, progress)


def _file_going_on(seed: int, cases: int, home: Path, progress: Progress) -> str:
    from deploy.simulation.going_on import going_on, told

    found = going_on(seed, cases, datetime.now(UTC))
    _file(found, len(found), home, progress)
    return told(found)


def _file(found: Iterable[Life], number: int, home: Path, progress: Progress) -> None:
    from deploy.simulation.council import load_council
    from deploy.simulation.filing import Filing, NotFiled

    async def file() -> None:
        task = progress.add_task("filing", total=number)
        async with Filing.into(home, load_council()) as filing:
            async for _ in filing.file(found):
                progress.advance(task)

    try:
        asyncio.run(file())
    except (NotFiled, NotRegistered, OSError) as error:
        progress.stop()
        where = f" Is {home} the data folder of a running system?" if isinstance(error, OSError) else ""
        sys.stderr.write(f"{error}{where}\n")
        raise SystemExit(REFUSED) from error
