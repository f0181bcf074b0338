"""The data folder as a tiny identity provider: each login has a random subject that it keeps for ever."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from shared.contracts.ids import staff_id
from shared.kit.private_file import read_private

_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody as the folder knows them; nothing of the login is in the subject."""

    name: str
    issuer: str
    subject: str

    @property
    def person_id(self) -> UUID:
        """The id that they act under."""
        return staff_id(self.issuer, self.subject)


class Logins:
    """The private file of the logins. A login is never given a second subject, and a subject to nobody else."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def known(self) -> Mapping[UUID, str]:
        """Every login by the id that it acts under."""
        if not self._file.exists():
            return {}
        told = json.loads(read_private(self._file))
        return {staff_id(told["issuer"], subject): name for name, subject in told["subjects"].items()}

    def find(self, name: str) -> Login | None:
        """The login with that name."""
        if not self._file.exists():
            return None
        told = json.loads(read_private(self._file))
        subject = told["subjects"].get(name)
        return None if subject is None else Login(name, told["issuer"], subject)

    def made(self, name: str) -> Login:
        """The login with that name, made now if there is none yet."""
        found = self.find(name)
        if found is not None:
            return found
        with self._held():
            told: dict[str, Any] = {"issuer": f"urn:uuid:{uuid4()}", "subjects": {}}
            if self._file.exists():
                told = json.loads(read_private(self._file))
            subject = told["subjects"].setdefault(name, secrets.token_hex(_BYTES))
            self._replace(json.dumps(told, indent=1, ensure_ascii=False))
        return Login(name, told["issuer"], subject)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """One process at a time writes."""
        descriptor = os.open(self._file.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _replace(self, text: str) -> None:
        """All of the new text or all of the old one, whatever is killed."""
        made = self._file.with_suffix(".new")
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        made.replace(self._file)
