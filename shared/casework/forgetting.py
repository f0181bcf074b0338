"""Drops an erased person's keys from this process's memory as soon as the erasure is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.contracts.intake import PersonErased
from shared.kit.keyring import Keyring
from shared.kit.log import Connection, Received


class Forgetting:
    """A view without tables. A key that isn't dropped by it is forgotten after a minute all the same."""

    name: Final = "forgetting"
    version: Final = 1
    tables: Final[tuple[str, ...]] = ()
    schema_sql: Final = ""

    def __init__(self, keyring: Keyring | None = None) -> None:
        """Without a keyring, in a rebuild that holds no keys, there is nothing to forget."""
        self._keyring = keyring

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:  # noqa: ARG002
        """Forgets; writes nothing."""
        for received in events:
            if self._keyring is not None and isinstance(received.event, PersonErased):
                self._keyring.forget(received.event.person_id)
