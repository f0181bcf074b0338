"""Folds by rows: read those that a batch touches, change them in memory, write back what changed or is gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic_core import to_json

from shared.kit.events import Event, Personal, SealedValue
from shared.kit.log.subscriber.received import Received
from shared.kit.log.subscriber.views import row_sql
from shared.kit.log.subscriber.views.view import Connection


class Row(BaseModel):
    """A row of a view; its fields are the table's columns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def said_by(cls, event: Event, **others: Any) -> Self:
        """The row with what the event says under the names of its columns, and these `others`."""
        said = cls.model_fields.keys() & type(event).model_fields.keys()
        return cls(**{name: getattr(event, name) for name in said} | others)


R = TypeVar("R", bound=Row)
Rows = dict[Any, R]
"""The rows of one key, by their identity within it."""


class RowView(Generic[R]):
    """A view of one table, folded row by row. The table, and what reads and writes it, follow from the row's model.

    Args:
        name: of the view and of its table.
        row: the row's model.
        primary_key: the table's.
        indexes: the statements that create its other indexes.
        key: the column that holds the events' key; the first of the primary key where it isn't said.
        kinds: the events that it folds; all others are passed over.
        evolve: changes a key's rows as the event says. A row is known by its primary key without `key`: by the value
            of the one column that is left, by a tuple of several, by the key itself if nothing is left.
    """

    def __init__(
        self,
        name: str,
        row: type[R],
        *,
        primary_key: tuple[str, ...],
        kinds: tuple[type[Event], ...],
        evolve: Callable[[Rows[R], Received], None],
        key: str = "",
        indexes: str = "",
        version: int = 1,
    ) -> None:
        key = key or primary_key[0]
        self.name = name
        self.version = version
        self.tables = (name,)
        self.schema_sql = row_sql.create_table(name, row, primary_key) + indexes
        self.row = row
        self._load = row_sql.load(name, key)
        self._save = row_sql.save(name, row, primary_key)
        self._delete = row_sql.delete(name, primary_key)
        self._identity = attrgetter(*([column for column in primary_key if column != key] or [key]))
        self._key_of = attrgetter(key)
        self._kinds = kinds
        self._evolve = evolve

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """Folds the events, in their order: three statements a batch at most, however long it is."""
        ours = [received for received in events if isinstance(received.event, self._kinds)]
        if not ours:
            return
        by_key: dict[UUID, Rows[R]] = {received.envelope.key: {} for received in ours}
        for record in await connection.fetch(self._load, list(by_key)):
            row = self.row.model_validate_json(record[0])
            by_key[self._key_of(row)][self._identity(row)] = row
        before = {key: dict(rows) for key, rows in by_key.items()}
        for received in ours:
            self._evolve(by_key[received.envelope.key], received)
        changed = [
            row
            for key, rows in by_key.items()
            for identity, row in rows.items()
            if before[key].get(identity) is not row
        ]
        gone = [
            row
            for key, rows in before.items()
            for identity, row in rows.items()
            if identity not in by_key[key]
        ]
        if changed:
            await connection.execute(self._save, to_json(changed).decode())
        if gone:
            await connection.execute(self._delete, to_json(gone).decode())


def sealed(value: Personal | None) -> SealedValue | None:
    """A personal field as it came over the log: sealed, always.

    Raises:
        TypeError: it isn't.
    """
    if value is None or isinstance(value, SealedValue):
        return value
    raise TypeError("an event of the log holds a personal text that isn't sealed")
