"""The event store: append under expected versions, exactly once by receipt, and read without gaps."""

from shared.kit.eventstore.announcing import CHANNEL, Announcer
from shared.kit.eventstore.errors import (
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
from shared.kit.eventstore.handling import Handled, Order, Side, as_answer, handle, handle_many
from shared.kit.eventstore.model import (
    BEGINNING,
    Cause,
    CommandReceipt,
    NewEvent,
    Position,
    ReferenceRow,
    StoredRow,
    StreamWrite,
)
from shared.kit.eventstore.outage import LOST, TURNED_BACK, is_lost
from shared.kit.eventstore.pool import Pool, connect_pool
from shared.kit.eventstore.postgres import PostgresEventStore
from shared.kit.eventstore.store import EventStore, Seals

__all__ = [
    "BEGINNING",
    "CHANNEL",
    "LOST",
    "TURNED_BACK",
    "AlreadyDone",
    "Announcer",
    "Cause",
    "CommandReceipt",
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
    "as_answer",
    "connect_pool",
    "handle",
    "handle_many",
    "is_lost",
]
