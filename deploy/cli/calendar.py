"""`redress calendar add`: a newly proclaimed bank holiday, which moves the live deadlines that it touches."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.calling import Caller
from deploy.cli.services import DEFAULT_HOME

app = typer.Typer(help="The calendar.", add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def calendar() -> None:
    """The calendar that dates are computed with."""


@app.command()
def add(
    date: Annotated[str, typer.Argument(help="The day, as 2026-06-15.")],
    nation: Annotated[str, typer.Option(help="england, wales, scotland or northern-ireland.")],
    source: Annotated[str, typer.Option(help="The proclamation: where it stands and its date.")],
    home: Annotated[Path, typer.Option(help="The data folder.")] = DEFAULT_HOME,
) -> None:
    """Records the proclamation; deadlines recalculates what it touches, and nothing else."""
    body = {"on": date, "nation": nation, "source": source}
    caller = Caller(home, "supervisor")
    caller.post("deadlines", "/calendar/bank-holidays", body)
    version = caller.get("deadlines", "/calendar/bank-holidays").json()["version"]
    print(f"recorded; the calendar is {version} now")
