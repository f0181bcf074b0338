"""`redress staff`: who works here, by the data folder's key."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.calling import addresses
from deploy.cli.registrar import NotRegistered, Registrar
from deploy.cli.services import DEFAULT_HOME
from shared.casework.staff.roles import SCOPES_OF_ROLE

app = typer.Typer(help="Who works here.", add_completion=False, pretty_exceptions_enable=False)
Home = Annotated[Path, typer.Option(help="The data folder with the keys.")]


@app.command(name="list")
def list_staff(home: Home = DEFAULT_HOME) -> None:
    """Everybody who works here, or has: id, login in this folder, name, roles."""
    try:
        people = _registrar(home).everybody()
    except NotRegistered as error:
        sys.exit(f"redress staff: {error}")
    for each in people:
        roles = ",".join(term["role"] for term in each["roles"])
        left = f"left on {each['left_on']}" if each["left_on"] else ""
        name = each["name"] if isinstance(each["name"], str) else "(erased)"
        print("\t".join((each["person_id"], each["login"] or "-", name, roles or "-", left)).rstrip())


@app.command()
def add(
    login: Annotated[str, typer.Argument(help="What they sign in as here; two namesakes have two.")],
    *,
    name: Annotated[str | None, typer.Option(help="Their name; the login, if none is given.")] = None,
    email: Annotated[str | None, typer.Option(help="Where their mail goes.")] = None,
    role: Annotated[list[str] | None, typer.Option(help=f"One of: {', '.join(SCOPES_OF_ROLE)}.")] = None,
    unit: Annotated[list[str] | None, typer.Option(help="The code of a unit that they work in.")] = None,
    head: Annotated[bool, typer.Option("--head", help="They are head of service of these units.")] = False,
    home: Home = DEFAULT_HOME,
) -> None:
    """Registers somebody, or gives them what they lack of this; prints their id."""
    position = "head-of-service" if head else "officer"
    units = [(code, position) for code in unit or ()]
    try:
        found = _registrar(home).ensure(login, role or (), units, name=name, email=email)
    except NotRegistered as error:
        sys.exit(f"redress staff: {error}")
    print(found.person_id)


@app.command()
def leave(
    person: Annotated[str, typer.Argument(help="Their login in this folder, or their id.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """They work here no more, from today on."""
    try:
        _registrar(home).leave(person)
    except NotRegistered as error:
        sys.exit(f"redress staff: {error}")


def _registrar(home: Path) -> Registrar:
    try:
        return Registrar(home, addresses(home)["intake"])
    except OSError as error:
        sys.exit(f"redress staff: no key: give the data folder with --home ({error})")
