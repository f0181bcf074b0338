"""The port to the event store, as the rest of the system sees it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from shared.kit.events import Event, Recorded, UnknownEvent
from shared.kit.eventstore.model import Cause, CommandReceipt, Position, ReferenceRow, StoredRow, StreamWrite

E = TypeVar("E", bound=Event)


class Seals(Protocol):
    """Seals the personal fields of an event: the keyring's `Sealer`."""

    async def seal(self, event: E, event_id: UUID, key: UUID, /) -> E:
        """The event with every plain personal text replaced by a sealed value bound to `event_id`.

        `key` is the event's key: the case, in which each person has a data key of their own.
        """
        ...


class EventStore(Protocol):
    """Streams of events: loaded, appended to under expected versions, and read from end to end without gaps."""

    async def load(self, stream: str, after: int = 0) -> tuple[Recorded[Event | UnknownEvent], ...]:
        """The events of a stream after a version, newest form, personal fields sealed."""
        ...

    async def append(
        self,
        writes: Sequence[StreamWrite],
        cause: Cause,
        *,
        receipt: CommandReceipt | None = None,
        done: UUID | None = None,
        reference: ReferenceRow | None = None,
    ) -> tuple[Recorded[Event], ...]:
        """Appends to one or more streams, all or nothing, in one statement; a lost reply is looked into.

        Args:
            writes: at most 4 streams, each once, with the version it must stand at.
            cause: who and why.
            receipt: what the command is answered, written with its events.
            done: the due row that this does, deleted in the same statement.
            reference: written in the same statement.

        Returns:
            What was recorded, sealed, stream by stream in the order given.

        Raises:
            Conflict: a stream doesn't stand where it was expected.
            AlreadyDone: the receipt's command has been done; carries the first answer.
            TooLarge: an event over 256 KB.
            ReferenceTaken: the reference names another stream.
            OutOfOrder: transaction ids run backwards; see there.
            StoreUnavailable: the database can't be reached.
        """
        ...

    async def receipt(self, principal: str, command_id: UUID) -> CommandReceipt | None:
        """What this principal's command was answered, if it was done."""
        ...

    async def settle(self, receipt: CommandReceipt, done: UUID | None = None) -> None:
        """Records a command that led to no event, and deletes the due row `done`; an older receipt stands."""
        ...

    async def read_after(self, position: Position, limit: int) -> tuple[StoredRow, ...]:
        """Up to `limit` rows after a position, none ever missed: the relay's way of reading."""
        ...

    async def stream_rows(
        self, stream: str, first: int = 1, last: int | None = None
    ) -> tuple[StoredRow, ...]:
        """The rows of a stream from version `first` to `last` as they were stored: audit's way of reading."""
        ...
