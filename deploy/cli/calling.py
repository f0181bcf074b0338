"""How the command line asks the services: where they are, with which token, and how a refusal is told."""

from __future__ import annotations

import getpass
import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import httpx

from deploy.cli.environment import up_file
from deploy.cli.keys import Keys
from deploy.cli.registrar import NotRegistered, Registrar
from deploy.cli.services import urls
from shared.kit.http import person_token

REFUSED: Final = 1
"""The exit status of a command that a service refused."""

_LIFE: Final = timedelta(minutes=10)
_HEARD_WITHIN: Final = 10.0
_NOT_YET: Final = "not-heard-of-yet"


class Caller:
    """Calls the services of one installation as the person who runs the command.

    The token is `REDRESS_TOKEN`; where that isn't set, one is signed with the key in the data folder, which only
    its owner can read. Whoever holds that key is registered by it as far as the command needs: as staff with `roles`.
    """

    def __init__(self, home: Path, *roles: str) -> None:
        self._urls = addresses(home)
        self._headers = {"Authorization": f"Bearer {_token(home, self._urls['intake'], roles)}"}

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
        """Any request, its answer as it comes; ends the program where nobody answers.

        A service that hasn't heard yet who asks waits a little itself, and says when to ask again: it is asked for some
        seconds.
        """
        how["headers"] = self._headers | how.pop("headers", {})
        give_up = time.monotonic() + _HEARD_WITHIN
        try:
            while True:
                answer = httpx.request(method, f"{self._urls[service]}{path}", timeout=60, **how)
                if _code(answer) != _NOT_YET:
                    return answer
                ask_again_in = float(answer.headers.get("Retry-After", 1))
                if time.monotonic() + ask_again_in > give_up:
                    return answer
                time.sleep(ask_again_in)  # the service says for how long: nothing here could tell earlier
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


def addresses(home: Path) -> dict[str, str]:
    """Where each service answers: as the environment says, as a running `redress up` does, or by default."""
    running = up_file(home)
    found = json.loads(running.read_text("utf-8"))["urls"] if running.exists() else urls()
    return {service: os.environ.get(f"REDRESS_{service.upper()}_URL", url) for service, url in found.items()}


def _token(home: Path, intake: str, roles: tuple[str, ...]) -> str:
    if given := os.environ.get("REDRESS_TOKEN"):
        return given
    private = Keys(home / "keys").token_private
    try:
        key = private.read_bytes()
        login = Registrar(home, intake).ensure(getpass.getuser(), roles)
    except OSError as error:
        sys.stderr.write(f"No token: set REDRESS_TOKEN, or give the data folder with --home ({error}).\n")
        raise SystemExit(REFUSED) from error
    except NotRegistered as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(REFUSED) from error
    return person_token(key, login.person_id, _LIFE, only_roles=roles)


def _code(answer: httpx.Response) -> str:
    if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
        return ""
    try:
        return str(answer.json().get("code", ""))
    except ValueError:
        return ""
