"""What a service makes of the events it reads: rows, and work that becomes due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeAlias, runtime_checkable

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from shared.kit.due import DueRow
from shared.kit.log.subscriber.received import Received

Connection: TypeAlias = "asyncpg.Connection[Any] | PoolConnectionProxy[Any]"


class View(Protocol):
    """A picture of the events in tables of its own. It has no side effects and no migrations.

    Attributes:
        name: stable.
        version: raised when tables or fold change; the view is then rebuilt beside the live one.
        tables: their names, unqualified, parents before children.
        schema_sql: creates tables and indexes, nothing else, without naming a schema.
    """

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def tables(self) -> tuple[str, ...]: ...
    @property
    def schema_sql(self) -> str: ...

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """Writes what these events change, in order.

        The search path leads to the schema being written. Only rows of each event's own key may be written, and
        the order between streams of different services means nothing. Any error that isn't the database's own
        parks the key of the event that causes it.
        """
        ...


@runtime_checkable
class SeesRepeats(Protocol):
    """A view that is also shown what is dropped because it was applied before."""

    async def repeats(self, connection: Connection, events: Sequence[Received]) -> None:
        """Looks at them, in the batch's transaction, after the fold. An error stops the batch and parks nobody."""
        ...


class Reactor(Protocol):
    """Says which commands an event makes due.

    Attributes:
        name: stable; where it starts is remembered under it.
        from_beginning: a new reactor reacts to the whole log; otherwise only to what comes after its first start.
    """

    @property
    def name(self) -> str: ...
    @property
    def from_beginning(self) -> bool: ...

    def react(self, received: Received) -> Sequence[DueRow]:
        """The work that becomes due by this event; the rows are written with the views, in one transaction."""
        ...
