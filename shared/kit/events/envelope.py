"""What goes round an event: identity, order, both times, who and why. Headers are made from these alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Generic, TypeVar
from uuid import UUID

from shared.kit.events.model import Event, UnknownEvent

SPEC_VERSION: Final = "1.0"
E_co = TypeVar("E_co", bound=Event | UnknownEvent, covariant=True)


@dataclass(frozen=True, slots=True)
class Envelope:
    """The columns beside a stored event, which are also its CloudEvents headers on Kafka.

    Attributes:
        event_id: uuid5 of stream and version (`ids.event_id`).
        stream: such as `case-<uuid>`; `version` counts from 1 in it.
        wire_name: such as `redress.intake.case-opened.v1`, the version that was written.
        source: the service that decided it, such as `/redress/intake`.
        key: the id that chooses the Kafka partition: the case's, or the contact's, person's, unit's, calendar's.
        happened_at: when it happened, perhaps back-dated by an officer.
        recorded_at: when the database recorded it.
        principal: who did it: `person:<uuid>`, `system:<name>` or `service:<name>`; never a person's name.
        correlation_id: shared by all that one command from outside led to.
        causation_id: the event or command that led to this one directly.
    """

    event_id: UUID
    stream: str
    version: int
    wire_name: str
    source: str
    key: UUID
    happened_at: datetime
    recorded_at: datetime
    principal: str
    correlation_id: UUID
    causation_id: UUID | None

    @property
    def dataschema(self) -> str:
        """Where this type's schema stands, relative to any service: `/asyncapi/schemas/<wire name>.json`."""
        return f"/asyncapi/schemas/{self.wire_name}.json"

    def headers(self) -> list[tuple[str, bytes]]:
        """CloudEvents 1.0, binary mode, as Kafka headers, always in this order."""
        pairs = [
            ("ce_id", str(self.event_id)),
            ("ce_type", self.wire_name),
            ("ce_source", self.source),
            ("ce_specversion", SPEC_VERSION),
            ("ce_time", instant(self.happened_at)),
            ("ce_subject", str(self.key)),
            ("ce_stream", self.stream),
            ("ce_sequence", str(self.version)),
            ("ce_recordedtime", instant(self.recorded_at)),
            ("ce_principal", self.principal),
            ("ce_correlationid", str(self.correlation_id)),
            ("ce_dataschema", self.dataschema),
        ]
        if self.causation_id is not None:
            pairs.append(("ce_causationid", str(self.causation_id)))
        return [(name, value.encode()) for name, value in pairs]


@dataclass(frozen=True, slots=True)
class Recorded(Generic[E_co]):
    """An event with its envelope, as a reader meets it: newest version, personal fields still sealed."""

    envelope: Envelope
    event: E_co


def instant(moment: datetime) -> str:
    """An instant in UTC to the microsecond, always of the same length: `2026-11-22T09:30:00.000000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
