"""`redress up`: the embedded servers and all services, watched, until it is told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from deploy.cli.installation import Installation
from deploy.cli.sandbox import fill
from deploy.cli.services import DEFAULT_HOME, DEFAULT_PORT_BASE, SERVICES, urls
from deploy.sandbox.mark import to_be_filled


def up_command(
    home: Annotated[Path, typer.Option(help="The data folder.")] = DEFAULT_HOME,
    port_base: Annotated[int, typer.Option(help="The first of the ports.")] = DEFAULT_PORT_BASE,
    brokers: Annotated[int, typer.Option(help="Kafka brokers: 1, or 3 for replication 3.")] = 1,
    office_hours: Annotated[
        str, typer.Option(help="When reminders may leave, such as `Mon-Fri 09:00-17:00`, or `all`.")
    ] = "Mon-Fri 09:00-17:00",
    *,
    sandbox: Annotated[
        bool,
        typer.Option("--sandbox", help="Into an empty data folder: a made-up council with cases to work on."),
    ] = False,
) -> None:
    """Starts everything on this machine and stays until Ctrl-C or SIGTERM. Nothing is lost in between."""
    extra = {"REDRESS_OFFICE_HOURS": os.environ.get("REDRESS_OFFICE_HOURS", office_hours)}
    try:
        asyncio.run(
            _up(
                Installation(home, port_base, brokers, extra),
                fill_it=sandbox and to_be_filled(home, datetime.now(UTC)),
            )
        )
    except (RuntimeError, OSError) as error:
        sys.exit(f"redress up: {error}")


async def _up(installation: Installation, *, fill_it: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    console = Console(stderr=True)
    with console.status("Starting PostgreSQL, Apache Kafka, the mailbox and the services …"):
        entering = asyncio.ensure_future(installation.__aenter__())
        waiting = asyncio.ensure_future(stop.wait())
        await asyncio.wait({entering, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if not entering.done():
        entering.cancel()
        await asyncio.gather(entering, return_exceptions=True)
        return
    waiting.cancel()
    await entering
    filling: asyncio.Task[None] | None = None
    try:
        _tell(console, installation)
        if fill_it:
            filling = asyncio.create_task(fill(installation.embedded.home, console))
        await stop.wait()
    finally:
        if filling is not None:
            filling.cancel()
            await asyncio.gather(filling, return_exceptions=True)
        await installation.__aexit__(*sys.exc_info())


def _tell(console: Console, installation: Installation) -> None:
    where = urls(installation.port_base)
    console.print(f"Redress is up. Data: {installation.home}; stop it with Ctrl-C.")
    console.print(f"  workbench      {where['workbench']}/")
    for service in SERVICES[1:]:
        console.print(f"  {service:<14} {where[service]}/docs   {where[service]}/asyncapi")
    console.print(
        f"  mailbox        {installation.home / 'mail'} (SMTP on port {installation.embedded.smtp_port})"
    )
    console.print("  a token        redress token create NAME --person --role supervisor")
