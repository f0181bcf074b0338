"""`redress timeline REF`: everything that happened in a case, as audit can prove it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.calling import Caller
from deploy.cli.services import DEFAULT_HOME


def timeline_command(
    reference: Annotated[str, typer.Argument(help="The case's reference, such as CR-2026-000123.")],
    as_at: Annotated[
        str | None, typer.Option(help="Only what had been recorded by this instant or day.")
    ] = None,
    happened_by: Annotated[
        str | None, typer.Option(help="Only what had happened by this instant or day.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of text.")] = False,
    home: Annotated[Path, typer.Option(help="The data folder.")] = DEFAULT_HOME,
) -> None:
    """Prints the timeline, complete to the event that it names."""
    accept = "application/json" if as_json else "text/plain"
    given = {
        name: value for name, value in (("as_at", as_at), ("happened_by", happened_by)) if value is not None
    }
    answer = Caller(home, "auditor", "restricted").request(
        "GET", "audit", f"/cases/{reference}/timeline", params=given, headers={"Accept": accept}
    )
    print(answer.text)
