"""What goes into the store and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.kit.events import Envelope, Event


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to append, plain or sealed, and when it happened (perhaps back-dated by an officer)."""

    event: Event
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class StreamWrite:
    """Events for one stream, which must stand at `expected_version` (0: it has none yet).

    Without events it is a guard: the append happens only if the stream still stands there.
    """

    stream: str
    key: UUID
    expected_version: int
    events: tuple[NewEvent, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """Who did it (`person:<uuid>`, `system:<name>`, `service:<name>`), and what led to it."""

    principal: str
    correlation_id: UUID
    causation_id: UUID | None


@dataclass(frozen=True, slots=True)
class CommandReceipt:
    """What a principal's command was answered. `answer` is JSON; `body_hmac` recognises another body."""

    principal: str
    command_id: UUID
    body_hmac: bytes
    answer: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A reference such as `CASE-2026-000123`, with the stream and the key that it names for ever."""

    reference: str
    stream: str
    key: UUID


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """How far a reader has come in the store: the last row met, in the order (transaction id, number)."""

    transaction_id: int
    notification_id: int


BEGINNING: Final = Position(0, 0)
"""Before the first row."""


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A stored event as it is: the envelope and the very bytes of its state, and where a reader meets it."""

    envelope: Envelope
    state: bytes
    position: Position
