"""`redress open FILE --adapter NAME`: sends a message in, as a contact-centre system would."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from deploy.cli.calling import REFUSED, Caller, told
from deploy.cli.services import DEFAULT_HOME

_QUARANTINED: Final = 2


def open_command(
    file: Annotated[Path, typer.Argument(help="The message; `-` for standard input.")],
    adapter: Annotated[
        str, typer.Option(help="The format: json, cloudevents, hocs, govuk-forms, moj-forms.")
    ],
    content_type: Annotated[str, typer.Option(help="The message's media type.")] = "application/json",
    header: Annotated[list[str] | None, typer.Option(help="A header of the message, `name: value`.")] = None,
    home: Annotated[Path, typer.Option(help="The data folder.")] = DEFAULT_HOME,
) -> None:
    """Prints the reference, or the problem. Exit 0: accepted or repeated; 2: quarantined; 1: anything else."""
    try:
        body = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        sys.exit(f"redress open: {error}")
    headers = {"Content-Type": content_type} | dict(_header(each) for each in header or ())
    answer = Caller(home, "supervisor").send(
        "POST", "intake", f"/contacts/{adapter}", content=body, headers=headers
    )
    if answer.is_success:
        print(answer.json()["reference"])
        return
    sys.stderr.write(told(answer) + "\n")
    quarantined = "quarantine_id" in answer.text
    raise SystemExit(_QUARANTINED if quarantined else REFUSED)


def _header(line: str) -> tuple[str, str]:
    name, separator, value = line.partition(":")
    if not separator:
        sys.exit(f"redress open: --header wants `name: value`, not {line!r}")
    return name.strip(), value.strip()
