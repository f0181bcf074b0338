"""Registers people in the running system by the data folder's key: whoever holds it is above every role."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import httpx

from deploy.cli.keys import Keys
from deploy.cli.logins import Login, Logins
from shared.contracts.ids import unit_id
from shared.kit.http import system_token
from shared.rules.calendar import london_day

_LIFE: Final = timedelta(minutes=10)
_NAME: Final = "data-folder"
_FOUND: Final = frozenset({200, 404})


class NotRegistered(Exception):
    """Intake refused, or can't be reached; the message says why."""


class Registrar:
    """Speaks to intake as `system:data-folder`, with the scope `staff:write`."""

    def __init__(self, home: Path, intake: str) -> None:
        """`intake` is its address."""
        keys = Keys(home / "keys")
        self._intake = intake
        self._logins = Logins(keys.logins)
        token = system_token(keys.token_private.read_bytes(), _NAME, ["staff:write"], _LIFE)
        self._headers = {"Authorization": f"Bearer {token}"}

    def ensure(
        self,
        login: str,
        roles: Collection[str] = (),
        units: Sequence[tuple[str, str]] = (),
        *,
        name: str | None = None,
        email: str | None = None,
    ) -> Login:
        """The login, registered as staff with at least these roles and units (code and position) from today on.

        Raises:
            NotRegistered: intake refuses, or can't be reached.
        """
        known = self._logins.made(login)
        path = f"/staff/{known.person_id}"
        found = self.ask("GET", path, _FOUND)
        today = london_day(datetime.now(UTC))
        if found is None or not _works(found, today):
            body = {
                "issuer": known.issuer,
                "subject": known.subject,
                "name": name or login,
                "email": email,
                "roles": sorted(roles),
                "units": [{"unit": code, "position": position} for code, position in units],
            }
            self.ask("POST", "/staff", json=body)
            return known
        for role in sorted(set(roles) - {each["role"] for each in _now(found["roles"], today)}):
            self.ask("POST", f"{path}/give-role", json={"role": role})
        there = {each["unit_id"] for each in _now(found["units"], today)}
        for code, position in units:
            if str(unit_id(code)) not in there:
                self.ask("POST", f"{path}/join-unit", json={"unit": code, "position": position})
        return known

    def everybody(self) -> list[dict[str, Any]]:
        """All who work here, or have, each with the `login` that this folder knows them by."""
        logins = self._logins.known()
        return [
            {**each, "login": logins.get(UUID(each["person_id"]), "")}
            for each in self.ask("GET", "/staff")["staff"]
        ]

    def leave(self, person: str) -> None:
        """Whoever has this login or id works here no more.

        Raises:
            NotRegistered: nobody has, or intake refuses.
        """
        found = self._logins.find(person)
        try:
            person_id = UUID(person) if found is None else found.person_id
        except ValueError:
            raise NotRegistered(f"there is no login {person!r} here") from None
        self.ask("POST", f"/staff/{person_id}/leave", json={})

    def ask(self, method: str, path: str, good: Collection[int] = (), **how: Any) -> Any:
        """What intake answers; None for 404 where that is `good`.

        Raises:
            NotRegistered: it refuses, or can't be reached.
        """
        try:
            answer = httpx.request(
                method, f"{self._intake}{path}", headers=self._headers, timeout=30, trust_env=False, **how
            )
        except httpx.HTTPError as error:
            raise NotRegistered(
                f"intake does not answer at {self._intake} ({error}). Is `redress up` running?"
            ) from error
        if answer.status_code == httpx.codes.NOT_FOUND and answer.status_code in good:
            return None
        if answer.is_error:
            raise NotRegistered(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        return answer.json()


def _works(found: dict[str, Any], day: date) -> bool:
    return found["left_on"] is None or day < date.fromisoformat(found["left_on"])


def _now(terms: list[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    """The terms that hold on that day or begin later, as intake would count them."""
    return [term for term in terms if term["until_on"] is None or day <= date.fromisoformat(term["until_on"])]
