"""Between an event of the contracts and the row that the eventsourcing library knows."""

from __future__ import annotations

from dataclasses import dataclass

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from pydantic_core import PydanticSerializationError

from shared.kit.events import Event, UnknownEvent, UnsealedError, read_json


@dataclass(frozen=True, slots=True)
class InStream:
    """A plain event at its place in a stream: what the library calls a domain event."""

    originator_id: str
    originator_version: int
    event: Event | UnknownEvent


class ContractMapper(Mapper[str]):
    """The library's mapper for plain contract events.

    The topic is the versioned wire name, the state is the contract's JSON as it was first written. Reading runs the
    upcasters of that wire name and validates the result, so a reader meets only the newest version.
    """

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """The row of an `InStream`.

        Raises:
            TypeError: not an `InStream` with a known event.
            UnsealedError: a personal field has not been sealed.
        """
        if not isinstance(domain_event, InStream) or not isinstance(domain_event.event, Event):
            raise TypeError(f"{domain_event!r} is not a contract event at its place in a stream")
        try:
            state = domain_event.event.model_dump_json(exclude_none=True)
        except PydanticSerializationError as unwritable:  # the only thing in a contract that can't be written
            raise UnsealedError(
                f"{domain_event.event.wire_name} holds personal data not sealed yet"
            ) from unwritable
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=domain_event.event.wire_name,
            state=state.encode(),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> InStream:
        """The `InStream` of a row; its event is an `UnknownEvent` for a type never heard of.

        Raises:
            pydantic.ValidationError: the state doesn't fit its type.
        """
        return InStream(
            originator_id=str(stored_event.originator_id),
            originator_version=stored_event.originator_version,
            event=read_json(stored_event.topic, bytes(stored_event.state)),
        )
