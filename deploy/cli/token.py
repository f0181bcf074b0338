"""`redress token create`: a signed token for a program or a person."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.calling import addresses
from deploy.cli.keys import Keys
from deploy.cli.registrar import NotRegistered, Registrar
from deploy.cli.services import DEFAULT_HOME
from shared.casework.staff.roles import SCOPES_OF_ROLE
from shared.kit.http import person_token, system_token

app = typer.Typer(help="Signed tokens.", add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def tokens() -> None:
    """Signed tokens, until there is a login."""


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="The program's name, or the person's login.")],
    scope: Annotated[
        list[str] | None, typer.Option(help="What a program may do, such as contacts:write.")
    ] = None,
    *,
    person: Annotated[bool, typer.Option("--person", help="A person, not a program.")] = False,
    role: Annotated[list[str] | None, typer.Option(help=f"One of: {', '.join(SCOPES_OF_ROLE)}.")] = None,
    unit: Annotated[
        list[str] | None, typer.Option(help="The code of a unit that the person works in.")
    ] = None,
    days: Annotated[int, typer.Option(help="Calendar days that it is valid.")] = 30,
    home: Annotated[Path, typer.Option(help="The data folder with the keys.")] = DEFAULT_HOME,
) -> None:
    """Prints a token. It needs the private key, which lies in the data folder.

    A person's token says who they are. What they are is recorded in the running system, which this registers them in;
    roles and units that they have already stay.
    """
    private = Keys(home / "keys").token_private
    if not private.exists():
        sys.exit(f"redress token: no key in {private.parent}; `redress up --home {home}` makes one")
    unknown = sorted(set(role or ()) - set(SCOPES_OF_ROLE))
    if unknown:
        sys.exit(f"redress token: no role {unknown[0]!r}; there are {', '.join(SCOPES_OF_ROLE)}")
    if person and scope:
        sys.exit("redress token: a person has roles (--role), a program has scopes (--scope)")
    if not person and (role or unit):
        sys.exit("redress token: roles and units are a person's: add --person")
    if not person and not scope:
        sys.exit("redress token: say what the program may do, such as --scope contacts:write")
    key, life = private.read_bytes(), timedelta(days=days)
    if not person:
        print(system_token(key, name, scope or (), life))
        return
    try:
        units = [(code, "officer") for code in unit or ()]
        login = Registrar(home, addresses(home)["intake"]).ensure(name, role or (), units)
    except NotRegistered as error:
        sys.exit(f"redress token: {error}")
    print(person_token(key, login.person_id, life))


@app.command()
def keys(
    home: Annotated[Path, typer.Option(help="The data folder; the keys go into its `keys`.")] = DEFAULT_HOME,
) -> None:
    """Makes the keys of an installation that keeps them in files. An existing key is never replaced."""
    Keys(home / "keys").create()
    print(f"keys are in {home / 'keys'}")
