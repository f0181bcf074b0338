"""From a command that is owed to what does it: one function for each kind, and one place that settles refusals."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from shared.kit.decider import Command, Decider
from shared.kit.due.row import DueRow
from shared.kit.events import Event
from shared.kit.eventstore import Cause, EventStore, Handled, Order, handle

C = TypeVar("C", bound=Command)
S = TypeVar("S")
E = TypeVar("E", bound=Event)
Do = Callable[[C, DueRow], Awaitable[object]]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class DueWork:
    """Does a service's due rows: the handler of its poller.

    Attributes:
        principal: `service:<name>`, who gives what the service owes.
        now: the clock on the wall.
    """

    store: EventStore
    principal: str
    now: Callable[[], datetime] = utc_now
    _by_verb: dict[str, tuple[type[Command], Do[Any]]] = field(default_factory=dict, init=False)

    def on(self, command: type[C], do: Do[C]) -> None:
        """What does commands of this kind."""
        self._by_verb[command.verb] = (command, do)

    async def __call__(self, row: DueRow) -> None:
        """Does one row.

        Raises:
            LookupError: this program knows no such command.
            ValueError: its payload isn't that of the command.
        """
        found = self._by_verb.get(row.command)
        if found is None:
            raise LookupError(f"{self.principal} owes no {row.command!r}")
        kind, do = found
        await do(kind.model_validate(row.payload), row)

    async def give(
        self,
        row: DueRow,
        decider: Decider[Any, S, E],
        command: Command,
        *,
        happened_at: datetime | None = None,
    ) -> Handled:
        """Gives the command to the row's stream. The append deletes the row; a refusal is final and does, too.

        Raises:
            As `handle`, but no refusal by a rule of the stream.
        """
        return await handle(
            self.store, decider, row.stream, row.key, command, order=self.order(row, happened_at=happened_at)
        )

    def order(
        self, row: DueRow, *, happened_at: datetime | None = None, instead: UUID | None = None
    ) -> Order:
        """The order of a row; `instead` is the id of a command that the row leads to without being done by it."""
        return Order(
            cause=Cause(self.principal, row.correlation_id, row.causation_id),
            command_id=instead or row.id,
            happened_at=happened_at or self.now(),
            done=None if instead else row.id,
            refusal_is_final=True,
        )
