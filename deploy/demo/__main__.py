"""`make demo`: the main job of Redress, done once on real parts; exit 0 only if all of it held."""

from __future__ import annotations

import asyncio
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deploy.cli.installation import Installation
from deploy.cli.registrar import NotRegistered
from deploy.cli.services import SMTP_OFFSET
from deploy.demo import casebook, proving, receiving, watching
from deploy.demo.casework import Officers
from deploy.demo.council import Council, Unexpected
from deploy.demo.show import Show

_SETTINGS: Final = {
    "REDRESS_OFFICE_HOURS": "all",  # so that reminders leave whenever it is run
    "REDRESS_OWN_SENDERS": "system:crm",  # the CRM's dates are believed: it is the council's own
}
_FIRST_PORT, _LAST_PORT = 8200, 9800
_NARROWEST: Final = 110


async def _demonstrate(home: Path, show: Show) -> None:
    book = casebook.load()
    times: list[tuple[str, float]] = []
    steps = 12
    progress = Progress(
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=show.console,
        transient=True,
    )
    with progress:
        bar = progress.add_task("Starting", total=steps)

        async def step(what: str, work: Callable[[], Awaitable[None]]) -> None:
            progress.update(bar, description=what)
            show.console.rule(what, align="left")
            began = time.monotonic()
            await work()
            times.append((what, time.monotonic() - began))
            progress.advance(bar)

        began = time.monotonic()
        port_base = _free_port_base()
        async with Installation(home, port_base, extra=_SETTINGS):
            times.append(("PostgreSQL, Kafka, mailbox and services start", time.monotonic() - began))
            progress.advance(bar)
            council = Council(home, port_base)
            try:
                await council.open()
                await _play(council, book, home, show, step)
            finally:
                await council.close()
    show.table("How long it took", ("step", "seconds"), [(what, f"{took:.1f}") for what, took in times])


async def _play(
    council: Council,
    book: casebook.Casebook,
    home: Path,
    show: Show,
    step: Callable[[str, Callable[[], Awaitable[None]]], Awaitable[None]],
) -> None:
    cases: dict[str, str] = {}
    officer_of: dict[str, str] = {}

    async def units() -> None:
        officer_of.update(await receiving.register_units(council, book))

    async def contacts() -> None:
        cases.update(await receiving.receive(council, book, show))

    async def dates() -> None:
        await watching.until_quiet(council)
        await watching.show_dates(council, book, cases, show)
        await watching.show_why(council, book, cases, show)

    async def mail() -> None:
        watching.show_mail(home / "mail", show)

    officers = Officers(council, book, cases, officer_of, show)
    await step("Departments and their officers", units)
    await step("Contacts come in", contacts)
    await step("Triage and assignment", officers.triage_and_assign)
    await step("Acknowledgements", officers.acknowledge)
    await step("Two departments, one answer", officers.gather_two_parts)
    await step("Answers", officers.answer_and_close)
    await step("Extensions and a pause", lambda: _both(officers.extend, officers.pause))
    await step("The Ombudsmen", officers.refer)
    await step("Dates, and why", dates)
    await step("Reminders that arrived", mail)
    await step("Proof", lambda: _prove(council, cases["damp"], home, show))


async def _both(*works: Callable[[], Awaitable[None]]) -> None:
    for work in works:
        await work()


async def _prove(council: Council, reference: str, home: Path, show: Show) -> None:
    await proving.show_timelines(council, reference, show)
    await proving.show_rebuilds(home, show)
    await proving.show_verification(home, show)


def _free_port_base() -> int:
    """The first of the ports that nothing listens on, so that a running installation isn't in the way."""
    for base in range(_FIRST_PORT, _LAST_PORT, 50):
        if all(_is_free(base + offset) for offset in range(SMTP_OFFSET + 1)):
            return base
    raise Unexpected(f"no free ports between {_FIRST_PORT} and {_LAST_PORT}")


def _is_free(port: int) -> bool:
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def main() -> int:
    """Runs it in a data folder of its own, which is kept only if something failed; gives the exit status."""
    console = Console(width=max(_NARROWEST, Console().width))
    show = Show(console)
    home = Path(tempfile.mkdtemp(prefix="redress-demo-"))
    try:
        asyncio.run(_demonstrate(home, show))
    except (Unexpected, NotRegistered, RuntimeError, OSError) as error:
        show.holds(str(error), condition=False)
    if show.failed:
        console.print(
            f"\n[bold red]{len(show.failed)} things did not hold.[/bold red] The data folder: {home}"
        )
        return 1
    shutil.rmtree(home, ignore_errors=True)
    console.print("\n[bold green]All of it held.[/bold green]")
    return 0


if __name__ == "__main__":
    sys.exit(main())
