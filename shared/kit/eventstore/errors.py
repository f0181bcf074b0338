"""What an append may answer instead of events. Each says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.kit.events import Recorded

if TYPE_CHECKING:
    from shared.kit.eventstore.model import CommandReceipt


class EventStoreError(Exception):
    """Anything that the event store refuses."""


class Conflict(EventStoreError):
    """A stream doesn't stand at the version expected: somebody else wrote. Load, decide and append again."""

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(f"{stream} stands at version {actual}, not {expected}")
        self.stream = stream
        self.expected = expected
        self.actual = actual


class AlreadyDone(EventStoreError):
    """This principal's command has been done; `receipt` holds what it was answered then."""

    def __init__(self, receipt: CommandReceipt) -> None:
        super().__init__(f"command {receipt.command_id} of {receipt.principal} has been done already")
        self.receipt = receipt


class CommandReused(EventStoreError):
    """The id of a command that was done, with another body. The caller must give the new command a new id."""

    def __init__(self, principal: str, command_id: UUID) -> None:
        super().__init__(
            f"command id {command_id} was used for another command: send this one under a new id"
        )
        self.principal = principal
        self.command_id = command_id


class StaleVersion(EventStoreError):
    """The caller decided on version `expected`, and the stream has gone on: `changed` is what came meanwhile."""

    def __init__(self, stream: str, expected: int, actual: int, changed: Sequence[Recorded[Any]]) -> None:
        super().__init__(f"{stream} has changed since version {expected}: it stands at {actual}")
        self.stream = stream
        self.expected = expected
        self.actual = actual
        self.changed = tuple(changed)


class TooLarge(EventStoreError):
    """An event over 256 KB, which Kafka would refuse. Seal the long part as a blob and name it by its hash."""

    def __init__(self, wire_name: str, size: int, limit: int) -> None:
        super().__init__(
            f"{wire_name} takes {size} bytes of the {limit} that an event may have: "
            "store the long part as a sealed blob and name it by its hash"
        )
        self.wire_name = wire_name
        self.size = size
        self.limit = limit


class ReferenceTaken(EventStoreError):
    """The reference names another stream already. Allocate the next number and append again."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"{reference} names another stream already: allocate the next number")
        self.reference = reference


class OutOfOrder(EventStoreError):
    """The stream's last row has a transaction id that isn't below this transaction's, again and again.

    Either the append runs in a transaction that wrote something before it loaded (it must not), or the database
    was restored into a server whose counter is behind: `redress restore` renumbers it.
    """

    def __init__(self, streams: Sequence[str]) -> None:
        super().__init__(
            f"{', '.join(streams)}: the last event's transaction id is not below this transaction's. "
            "Append outside any other transaction; after a restore into another server run `redress restore`"
        )
        self.streams = tuple(streams)


class UnknownInStream(EventStoreError):
    """A stream holds an event of a type that this program doesn't know: a newer one wrote it. Nothing is decided."""

    def __init__(self, stream: str, version: int, wire_name: str) -> None:
        super().__init__(
            f"{stream} has {wire_name} at version {version}, which this program doesn't know: update it"
        )
        self.stream = stream
        self.version = version
        self.wire_name = wire_name


class TooContended(EventStoreError):
    """Other writers came first every time. Nothing was written; the same command may be sent again."""

    def __init__(self, stream: str, tries: int) -> None:
        super().__init__(
            f"{stream} was changed by others {tries} times while this command was decided: try again"
        )
        self.stream = stream
        self.tries = tries


class StoreUnavailable(EventStoreError):
    """The database can't be reached, and whether the command was done isn't known.

    The same command under the same id may be sent again: if it was done, its first answer comes back.
    """


class UnsafeServer(EventStoreError):
    """The server may lose events that it has acknowledged. A service doesn't start on it."""

    def __init__(self, setting: str, value: str) -> None:
        super().__init__(
            f"PostgreSQL runs with {setting} = {value}: a crash would lose recorded events. "
            f"Set {setting} = on and restart the server"
        )
        self.setting = setting
        self.value = value
