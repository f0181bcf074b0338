"""`redress run SERVICE`: one service in this process's place, configured by its environment alone."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from deploy.cli.services import SERVICES


def run_command(
    service: Annotated[str, typer.Argument(help=f"One of: {', '.join(SERVICES)}.")],
) -> None:
    """Runs a service until SIGTERM. Its settings come from REDRESS_* in the environment."""
    if service not in SERVICES:
        sys.exit(f"redress run: there is no service {service!r}; there are {', '.join(SERVICES)}")
    os.execv(sys.executable, [sys.executable, "-m", f"services.{service}.main"])  # noqa: S606  no shell is wanted
