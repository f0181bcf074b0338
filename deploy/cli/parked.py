"""`redress parked`: cases that a service can't go on with, and their replay after the repair."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from deploy.cli.calling import Caller
from deploy.cli.services import DEFAULT_HOME, WITH_DATABASE

app = typer.Typer(help="Cases being repaired.", add_completion=False, pretty_exceptions_enable=False)
Home = Annotated[Path, typer.Option(help="The data folder.")]


@app.command("list")
def list_parked(home: Home = DEFAULT_HOME) -> None:
    """Prints every parked case of every service, with the error that parked it. Exit 1 if there is any."""
    caller = Caller(home, "supervisor")
    table = Table("service", "case", "what", "events waiting", "error")
    for service in WITH_DATABASE:
        for row in caller.get(service, "/parked").json()["parked"]:
            table.add_row(service, row["key"], row["what"], str(row["waiting"]), row["error"])
    if not table.rows:
        print("nothing is parked")
        return
    Console().print(table)
    raise SystemExit(1)


@app.command()
def replay(
    service: Annotated[str, typer.Argument(help="The service that parked it.")],
    case: Annotated[str, typer.Argument(help="The case's id, as the list shows it.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Folds what waits and lets the case flow again; to be run when the cause is mended."""
    answer = Caller(home, "supervisor").post(service, f"/parked/{case}/replay").json()
    print(f"{answer['replayed']} replayed")
