"""How the command line asks the services: where they are, with which token, and how a refusal is told."""

from __future__ import annotations

import getpass
import json
import os
import sys
from pathlib import Path
from typing import Any, Final

import httpx

from deploy.cli.environment import up_file
from deploy.cli.keys import Keys
from deploy.cli.services import urls
from shared.kit.http import person_token

REFUSED: Final = 1
"""The exit status of a command that a service refused."""


class Caller:
    """Calls the services of one installation as the person who runs the command.

    The token is `REDRESS_TOKEN`; where that isn't set, one is signed with the key in the data folder, which only
    its owner can read.
    """

    def __init__(self, home: Path, *roles: str) -> None:
        self._urls = _urls(home)
        self._headers = {"Authorization": f"Bearer {_token(home, roles)}"}

    def get(self, service: str, path: str, **params: str | None) -> httpx.Response:
        """A GET; ends the program with the problem if it is refused."""
        given = {name: value for name, value in params.items() if value is not None}
        return self.request("GET", service, path, params=given)

    def post(self, service: str, path: str, body: Any = None) -> httpx.Response:
        """A POST of JSON; ends the program with the problem if it is refused."""
        return self.request("POST", service, path, json=body)

    def request(self, method: str, service: str, path: str, **how: Any) -> httpx.Response:
        """Any request; ends the program with the problem if it is refused."""
        answer = self.send(method, service, path, **how)
        if answer.is_error:
            sys.stderr.write(told(answer) + "\n")
            raise SystemExit(REFUSED)
        return answer

    def send(self, method: str, service: str, path: str, **how: Any) -> httpx.Response:
        """Any request, its answer as it comes; ends the program where nobody answers."""
        headers = self._headers | how.pop("headers", {})
        try:
            return httpx.request(method, f"{self._urls[service]}{path}", headers=headers, timeout=60, **how)
        except httpx.HTTPError as error:
            sys.stderr.write(
                f"{service} does not answer at {self._urls[service]} ({error}). Is `redress up` running?\n"
            )
            raise SystemExit(REFUSED) from error


def told(answer: httpx.Response) -> str:
    """A problem in a few lines for a person."""
    try:
        problem = answer.json()
    except ValueError:
        return f"{answer.status_code}: {answer.text[:500]}"
    lines = [f"{problem.get('title', answer.reason_phrase)} ({problem.get('code', answer.status_code)})"]
    lines += [f"  {problem[name]}" for name in ("detail", "citation") if problem.get(name)]
    lines += [f"  {name}: {problem[name]}" for name in ("pointer", "quarantine_id") if problem.get(name)]
    return "\n".join(lines)


def _urls(home: Path) -> dict[str, str]:
    running = up_file(home)
    found = json.loads(running.read_text("utf-8"))["urls"] if running.exists() else urls()
    return {service: os.environ.get(f"REDRESS_{service.upper()}_URL", url) for service, url in found.items()}


def _token(home: Path, roles: tuple[str, ...]) -> str:
    if given := os.environ.get("REDRESS_TOKEN"):
        return given
    private = Keys(home / "keys").token_private
    try:
        return person_token(private.read_bytes(), getpass.getuser(), roles, ())
    except OSError as error:
        sys.stderr.write(f"No token: set REDRESS_TOKEN, or give the data folder with --home ({error}).\n")
        raise SystemExit(REFUSED) from error
