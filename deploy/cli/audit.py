"""`redress audit`: whether every event is where it was, as it was; a checkpoint; a proof for a third party."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.service_process import run_task
from deploy.cli.services import DEFAULT_HOME

app = typer.Typer(help="Proof.", add_completion=False, pretty_exceptions_enable=False)
Home = Annotated[Path, typer.Option(help="The data folder.")]


@app.command()
def verify(
    checkpoint: Annotated[
        Path | None, typer.Option(help="A checkpoint from outside, such as one that was mailed.")
    ] = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Compares store, Kafka and leaf, event by event, and names the first bad one. Exit 1 if there is one."""
    given = ["--checkpoint", str(checkpoint.resolve())] if checkpoint else []
    sys.exit(run_task(home, "audit", ["verify", *given]))


@app.command()
def checkpoint(home: Home = DEFAULT_HOME) -> None:
    """Signs the sizes and roots of the log as they are now, and prints them."""
    sys.exit(run_task(home, "audit", ["checkpoint"]))


@app.command()
def prove(
    reference: Annotated[str, typer.Argument(help="The case's reference.")],
    out: Annotated[Path | None, typer.Option(help="Where to write it; standard output else.")] = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Gives a third party the events of a case, with the proof that each is in the signed log."""
    sys.exit(run_task(home, "audit", ["prove", reference, *(["--out", str(out.resolve())] if out else [])]))
