"""What an event is: model, envelope, derived ids, sealed values, and the registry of wire names."""

from shared.kit.events.derive import NAMESPACE, command_id, event_id
from shared.kit.events.envelope import Envelope, Recorded, instant
from shared.kit.events.model import Event, Fact, UnknownEvent
from shared.kit.events.registry import event, models, read_json, upcast
from shared.kit.events.schemas import schema
from shared.kit.events.sealed import Personal, Plain, SealedBlob, SealedValue, UnsealedError

__all__ = [
    "NAMESPACE",
    "Envelope",
    "Event",
    "Fact",
    "Personal",
    "Plain",
    "Recorded",
    "SealedBlob",
    "SealedValue",
    "UnknownEvent",
    "UnsealedError",
    "command_id",
    "event",
    "event_id",
    "instant",
    "models",
    "read_json",
    "schema",
    "upcast",
]
