"""The `redress` command. Each subcommand is imported when it is asked for, so that a date is quick to get."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Final

import typer

_COMMANDS: Final = {
    "due": (
        "deploy.cli.due:due_command",
        "a date under a regime's clock, and why; or a file of dates checked",
    ),
    "up": ("deploy.cli.up:up_command", "everything on this machine, until it is stopped"),
    "run": ("deploy.cli.run:run_command", "one service, configured by its environment"),
    "prepare": ("deploy.cli.prepare:prepare_command", "roles, databases and tables on a PostgreSQL server"),
    "topics": ("deploy.cli.topics:topics_command", "the Kafka topics, with their settings"),
    "token": ("deploy.cli.token:app", "signed tokens for programs and people"),
    "staff": ("deploy.cli.staff:app", "who works here: list, add, leave"),
    "open": ("deploy.cli.contact:open_command", "send a contact in"),
    "timeline": ("deploy.cli.timeline:timeline_command", "everything that happened in a case"),
    "audit": ("deploy.cli.audit:app", "verify, checkpoint, prove"),
    "calendar": ("deploy.cli.calendar:app", "a newly proclaimed bank holiday"),
    "erase": ("deploy.cli.erase:erase_command", "destroy a person's keys"),
    "rewrap": ("deploy.cli.rewrap:rewrap_command", "every data key under the newest master key"),
    "rebuild": ("deploy.cli.rebuild:rebuild_command", "a service's views, beside the live ones"),
    "parked": ("deploy.cli.parked:app", "cases that wait for a repair"),
    "simulate": ("deploy.cli.simulate:simulate_command", "made-up cases with lawful lives, to try things on"),
    "doctor": ("deploy.cli.doctor:doctor_command", "what is wrong, if anything is"),
}


def main() -> None:
    """Runs the command line."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(_overview())
        return
    name, *rest = arguments
    if name not in _COMMANDS:
        sys.exit(f"redress: there is no command {name!r}\n\n{_overview()}")
    module, attribute = _COMMANDS[name][0].split(":")
    found = getattr(import_module(module), attribute)
    if not isinstance(found, typer.Typer):
        command, found = found, typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        found.command(name)(command)
    found(args=rest, prog_name=f"redress {name}")


def _overview() -> str:
    width = max(map(len, _COMMANDS))
    lines = [f"  redress {name:<{width}}  {what}" for name, (_, what) in _COMMANDS.items()]
    return "\n".join(["Complaint and information-rights casework for councils.", "", *lines])


if __name__ == "__main__":
    main()
