"""Where a reader stands who opens what was sealed: a value opens nowhere but where it was put."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.kit.events import Envelope, event_id


@dataclass(frozen=True, slots=True)
class Place:
    """A field of an event, and the case (or other key) that the event belongs to."""

    event_id: UUID
    field: str
    case: UUID


@dataclass(frozen=True, slots=True)
class SourceEvent:
    """An event and its case, as the reader knows them: by its envelope, or by the stream and version it was read at.

    A view that holds sealed values holds or derives the source of each.
    """

    event_id: UUID
    case: UUID

    @classmethod
    def of(cls, envelope: Envelope) -> SourceEvent:
        """Of an event that lies before the reader."""
        return cls(envelope.event_id, envelope.key)

    @classmethod
    def at(cls, stream: str, version: int, case: UUID) -> SourceEvent:
        """Of the event of that version of a stream."""
        return cls(event_id(stream, version), case)

    def field(self, path: str) -> Place:
        """A field of it: `customer.name`, `attachments.0.name`."""
        return Place(self.event_id, path, self.case)
