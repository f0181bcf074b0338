"""Events as a reader gets them: an envelope that fits, for what a test has at heart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from shared.kit.events import Envelope, Event, event_id
from shared.kit.log import Received

AT: Final = datetime(2026, 3, 10, 12, tzinfo=UTC)
"""When events happen and are recorded, unless the test says otherwise."""


def enveloped(
    stream: str,
    version: int,
    wire_name: str,
    key: UUID,
    *,
    source: str = "/redress/tests",
    at: datetime = AT,
    recorded_at: datetime | None = None,
    principal: str = "service:tests",
    correlation_id: UUID | None = None,
    causation_id: UUID | None = None,
) -> Envelope:
    """The envelope of the event of that version of a stream; its id is derived as everywhere."""
    return Envelope(
        event_id=event_id(stream, version),
        stream=stream,
        version=version,
        wire_name=wire_name,
        source=source,
        key=key,
        happened_at=at,
        recorded_at=recorded_at or at,
        principal=principal,
        correlation_id=correlation_id or key,
        causation_id=causation_id,
    )


def heard(
    event: Event,
    stream: str,
    key: UUID,
    version: int = 1,
    *,
    source: str = "/redress/tests",
    at: datetime = AT,
    recorded_at: datetime | None = None,
) -> Received:
    """An event as the log brings it."""
    envelope = enveloped(stream, version, event.wire_name, key, source=source, at=at, recorded_at=recorded_at)
    return Received(envelope, event, 0, version, 0, (), b"")


def told(stream: str, key: UUID, *events: Event, at: datetime = AT) -> list[Received]:
    """The events of one stream, from its first."""
    return [heard(event, stream, key, version, at=at) for version, event in enumerate(events, 1)]
