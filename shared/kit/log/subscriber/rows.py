"""Folds by rows: read those that a batch touches, change them in memory, write them back in one statement."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.kit import sql
from shared.kit.events import Event, Personal, SealedValue
from shared.kit.log.subscriber.received import Received
from shared.kit.log.subscriber.view import Connection


class Row(BaseModel):
    """A row of a view; its fields are the table's columns."""

    model_config = ConfigDict(frozen=True, extra="forbid")


R = TypeVar("R", bound=Row)
Rows = dict[Any, R]
"""The rows of one key, by their identity within it."""


class RowView(Generic[R]):
    """A view of one table, folded row by row.

    Its SQL stands in `package`: `tables.sql`; `load.sql`, the rows of the keys `$1`, each as JSON text; `save.sql`,
    which writes the rows of the JSON list `$1` over those that are there.

    Args:
        name: of the view and of its table.
        row: the row's model.
        identity: tells a key's rows apart.
        key_of: the event's key as it stands in the row.
        kinds: the events that it folds; all others are passed over.
        evolve: changes a key's rows as the event says.
    """

    def __init__(
        self,
        name: str,
        package: str,
        row: type[R],
        *,
        identity: Callable[[R], object],
        key_of: Callable[[R], UUID],
        kinds: tuple[type[Event], ...],
        evolve: Callable[[Rows[R], Received], None],
        version: int = 1,
    ) -> None:
        self.name = name
        self.version = version
        self.tables = (name,)
        self.schema_sql = sql.load(package, "tables.sql")
        self._load = sql.load(package, "load.sql")
        self._save = sql.load(package, "save.sql")
        self._row = row
        self._identity = identity
        self._key_of = key_of
        self._kinds = kinds
        self._evolve = evolve

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """Folds the events, in their order."""
        ours = [received for received in events if isinstance(received.event, self._kinds)]
        if not ours:
            return
        by_key: dict[UUID, Rows[R]] = {received.envelope.key: {} for received in ours}
        for record in await connection.fetch(self._load, list(by_key)):
            row = self._row.model_validate_json(record[0])
            by_key[self._key_of(row)][self._identity(row)] = row
        before = {key: dict(rows) for key, rows in by_key.items()}
        for received in ours:
            self._evolve(by_key[received.envelope.key], received)
        changed = [
            row.model_dump(mode="json")
            for key, rows in by_key.items()
            for identity, row in rows.items()
            if before[key].get(identity) is not row
        ]
        if changed:
            await connection.execute(self._save, json.dumps(changed))


def sealed(value: Personal | None) -> SealedValue | None:
    """A personal field as it came over the log: sealed, always.

    Raises:
        TypeError: it isn't.
    """
    if value is None or isinstance(value, SealedValue):
        return value
    raise TypeError("an event of the log holds a personal text that isn't sealed")
