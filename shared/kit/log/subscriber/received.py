"""A record of the log, and the event in it. Decoded one by one, so that a bad record fails nobody but itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from asyncpg.pgproto import pgproto
from pydantic import ValidationError

from shared.kit.events import Envelope, Event, UnknownEvent, read_json
from shared.kit.log.identity import Record


def _uuid(text: str) -> UUID:
    return cast("UUID", pgproto.UUID(text))


_MOST: Final = 2**63


@dataclass(frozen=True, slots=True)
class Received:
    """An event as it was received: `event` in its newest form, `headers` and `value` the very bytes.

    Offset and time together tell a record from that of another log which was made anew in its place.
    """

    envelope: Envelope
    event: Event | UnknownEvent
    partition: int
    offset: int
    sent_at: int
    """When it was sent: Kafka's timestamp of the record, in milliseconds."""
    headers: tuple[tuple[str, bytes], ...]
    value: bytes
    was_set_aside: bool = False
    """It is folded later than its place on the log: it was held or parked."""


@dataclass(frozen=True, slots=True)
class Item:
    """A record with a readable key: the event in it, or why it can't be read."""

    key: UUID
    partition: int
    offset: int
    sent_at: int
    headers: tuple[tuple[str, bytes], ...]
    value: bytes
    received: Received | None
    error: str | None

    def set_aside(self) -> Item:
        """The same, as it is once it was held or parked."""
        received = self.received and replace(self.received, was_set_aside=True)
        return replace(self, received=received)

    @property
    def place(self) -> tuple[int, int]:
        """Partition and offset: what tells one record from another."""
        return self.partition, self.offset


class UnreadableKey(Exception):
    """A record whose key isn't the text of a UUID: nobody can say whose it is, so nothing after it may be folded."""


def open_record(record: Record) -> Item:
    """The event in a record.

    Raises:
        UnreadableKey: the key isn't the text of a UUID. Nothing else is ever raised.
    """
    try:
        key = _uuid((record.key or b"").decode())
    except ValueError as error:
        raise UnreadableKey(f"partition {record.partition} offset {record.offset}: {record.key!r}") from error
    place = record.partition, record.offset, record.timestamp
    return open_bytes(key, place, tuple(record.headers), record.value or b"")


def open_bytes(
    key: UUID, place: tuple[int, int, int], headers: tuple[tuple[str, bytes], ...], value: bytes
) -> Item:
    """As `open_record`, from what was kept of one. Raises nothing.

    Args:
        place: partition, offset, and when it was sent.
    """
    try:
        envelope = envelope_of(dict(headers))
        if envelope.key != key:
            raise ValueError(f"the record's key is {key}, its subject {envelope.key}")  # noqa: TRY301
        if "\x00" in envelope.stream or not 0 < envelope.version < _MOST:
            raise ValueError("the stream or its sequence can't be one")  # noqa: TRY301
        event = read_json(envelope.wire_name, value)
    except ValidationError as error:
        return Item(key, *place, headers, value, None, _without_values(error))
    except Exception as error:  # noqa: BLE001  whatever it is, this record can't be read and the next one may
        return Item(key, *place, headers, value, None, plainly(error))
    received = Received(envelope, event, *place, headers, value)
    return Item(key, *place, headers, value, received, None)


def envelope_of(headers: Mapping[str, bytes]) -> Envelope:
    """The envelope that these headers were made from; what else stands among them is passed over.

    Its ids are asyncpg's own, which are UUIDs made in C: this is half of what a rebuild does.

    Raises:
        KeyError: a header is missing.
        ValueError: one can't be read.
    """
    causation = headers.get("ce_causationid")
    return Envelope(
        _uuid(headers["ce_id"].decode()),
        headers["ce_stream"].decode(),
        int(headers["ce_sequence"]),
        headers["ce_type"].decode(),
        headers["ce_source"].decode(),
        _uuid(headers["ce_subject"].decode()),
        datetime.fromisoformat(headers["ce_time"].decode()),
        datetime.fromisoformat(headers["ce_recordedtime"].decode()),
        headers["ce_principal"].decode(),
        _uuid(headers["ce_correlationid"].decode()),
        _uuid(causation.decode()) if causation else None,
    )


def plainly(error: BaseException) -> str:
    """An error in one line that any text column takes."""
    return f"{type(error).__name__}: {error}".replace("\x00", "\N{SYMBOL FOR NULL}")


def _without_values(error: ValidationError) -> str:
    """Which fields are wrong and how, without what stands in them: that may be personal."""
    wrong = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, each['loc'])) or 'value'}: {each['msg']}" for each in wrong)
