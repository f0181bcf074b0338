"""From the writes of a command to the rows of its statement: ids derived, personal data sealed, sizes checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.kit.events import Envelope, Event, Recorded, event_id
from shared.kit.eventstore.errors import TooLarge
from shared.kit.eventstore.mapper import ContractMapper, InStream
from shared.kit.eventstore.model import Cause, NewEvent, StreamWrite
from shared.kit.eventstore.store import Seals

LARGEST_EVENT: Final = 256 * 1024
"""Bytes of state and headers together. Far below what the brokers accept, so the relay is never refused."""

MOST_STREAMS: Final = 4
"""As many as `append.sql` looks at."""

_HEADERS_AT_MOST: Final = 4096
_MAPPER: Final = ContractMapper()


@dataclass(frozen=True, slots=True)
class Prepared:
    """An event ready to be stored: `envelope` has everything but the database's own time."""

    envelope: Envelope
    event: Event
    state: bytes

    def recorded(self, at: datetime) -> Recorded[Event]:
        e = self.envelope  # `dataclasses.replace` would take four times as long
        envelope = Envelope(
            e.event_id,
            e.stream,
            e.version,
            e.wire_name,
            e.source,
            e.key,
            e.happened_at,
            at,
            e.principal,
            e.correlation_id,
            e.causation_id,
        )
        return Recorded(envelope, self.event)


@dataclass(frozen=True, slots=True)
class Preparer:
    """Makes the rows of one command: what they share is said once."""

    source: str
    cause: Cause
    sealer: Seals | None

    async def rows(self, writes: Sequence[StreamWrite]) -> tuple[Prepared, ...]:
        """The rows of these writes, stream by stream in the order given.

        Raises:
            ValueError: no stream, too many, one twice, or a time without a zone.
            TooLarge: an event takes more than `LARGEST_EVENT`.
            shared.kit.events.sealed.UnsealedError: personal data, and no sealer.
        """
        if not writes or len({write.stream for write in writes}) != len(writes):
            raise ValueError("an append names each of its streams once: put a stream's events into one write")
        if len(writes) > MOST_STREAMS:
            raise ValueError(f"an append writes to {MOST_STREAMS} streams at most, not {len(writes)}")
        return tuple(
            [
                await self._row(write, version, new)
                for write in writes
                for version, new in enumerate(write.events, write.expected_version + 1)
            ]
        )

    async def _row(self, write: StreamWrite, version: int, new: NewEvent) -> Prepared:
        if new.happened_at.tzinfo is None:
            raise ValueError(f"{new.event.wire_name} happened at {new.happened_at}, which has no time zone")
        identity = event_id(write.stream, version)
        sealed = new.event if self.sealer is None else await self.sealer.seal(new.event, identity, write.key)
        stored = _MAPPER.to_stored_event(InStream(write.stream, version, sealed))
        envelope = Envelope(
            event_id=identity,
            stream=write.stream,
            version=version,
            wire_name=stored.topic,
            source=self.source,
            key=write.key,
            happened_at=new.happened_at,
            recorded_at=new.happened_at,
            principal=self.cause.principal,
            correlation_id=self.cause.correlation_id,
            causation_id=self.cause.causation_id,
        )
        _check_size(envelope, stored.state)
        return Prepared(envelope, sealed, stored.state)


def _check_size(envelope: Envelope, state: bytes) -> None:
    size = len(state)
    if size > LARGEST_EVENT - _HEADERS_AT_MOST:
        size += sum(len(name) + len(value) for name, value in envelope.headers())
    if size > LARGEST_EVENT:
        raise TooLarge(envelope.wire_name, size, LARGEST_EVENT)
