"""`redress erase PERSON`: destroys a person's keys. Their texts are gone everywhere; events and figures stay."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.calling import Caller
from deploy.cli.services import DEFAULT_HOME


def erase_command(
    person: Annotated[str, typer.Argument(help="The person's id, as a case shows it.")],
    ground: Annotated[str, typer.Option(help="Why, such as `request under Article 17`.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask again.")] = False,
    home: Annotated[Path, typer.Option(help="The data folder.")] = DEFAULT_HOME,
) -> None:
    """There is no way back: no backup holds what is needed to read them again."""
    if not yes:
        typer.confirm("Destroy this person's keys for good?", abort=True)
    Caller(home, "supervisor", "restricted").post("intake", f"/people/{person}/erase", {"ground": ground})
    print("erased")
