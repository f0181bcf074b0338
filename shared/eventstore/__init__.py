"""The event store: append under expected versions, exactly once by receipt, and read without gaps."""

from shared.eventstore.announcing import CHANNEL, Announcer
from shared.eventstore.errors import (
    AlreadyDone,
    CommandReused,
    Conflict,
    EventStoreError,
    OutOfOrder,
    ReferenceTaken,
    StaleVersion,
    StoreUnavailable,
    TooContended,
    TooLarge,
    UnknownInStream,
    UnsafeServer,
)
from shared.eventstore.handling import Handled, Order, Side, handle, handle_pair
from shared.eventstore.model import (
    BEGINNING,
    Cause,
    NewEvent,
    Position,
    Receipt,
    ReferenceRow,
    StoredRow,
    StreamWrite,
)
from shared.eventstore.pool import Pool, connect_pool
from shared.eventstore.postgres import PostgresEventStore
from shared.eventstore.store import EventStore, Seals

__all__ = [
    "BEGINNING",
    "CHANNEL",
    "AlreadyDone",
    "Announcer",
    "Cause",
    "CommandReused",
    "Conflict",
    "EventStore",
    "EventStoreError",
    "Handled",
    "NewEvent",
    "Order",
    "OutOfOrder",
    "Pool",
    "Position",
    "PostgresEventStore",
    "Receipt",
    "ReferenceRow",
    "ReferenceTaken",
    "Seals",
    "Side",
    "StaleVersion",
    "StoreUnavailable",
    "StoredRow",
    "StreamWrite",
    "TooContended",
    "TooLarge",
    "UnknownInStream",
    "UnsafeServer",
    "connect_pool",
    "handle",
    "handle_pair",
]
