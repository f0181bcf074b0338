"""`redress rebuild SERVICE[/VIEW]`: builds views from the first event beside the live ones, then switches."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.service_process import run_task
from deploy.cli.services import DEFAULT_HOME, WITH_DATABASE


def rebuild_command(
    target: Annotated[str, typer.Argument(help="A service, or one of its views: deadlines/due.")],
    home: Annotated[Path, typer.Option(help="The data folder.")] = DEFAULT_HOME,
) -> None:
    """The live views answer meanwhile. It switches only if the rebuilt ones equal them, row for row."""
    service, _, view = target.partition("/")
    if service not in WITH_DATABASE:
        sys.exit(f"redress rebuild: {service!r} has no views; there are {', '.join(WITH_DATABASE)}")
    sys.exit(run_task(home, service, ["rebuild", *([view] if view else [])]))
