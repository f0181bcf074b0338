"""The log: its topics, the relay that publishes to it, and the subscriber that folds it into views."""

from aiokafka.errors import KafkaError

from shared.kit.log.identity import Record
from shared.kit.log.marks import LogOffset, Mark
from shared.kit.log.marks_reader import MarksReader
from shared.kit.log.relay import Relay
from shared.kit.log.subscriber import Reactor, Rebuild, RebuildUnderWay, Subscriber, SwitchRefused, View
from shared.kit.log.subscriber.folding.parked import parked_keys
from shared.kit.log.subscriber.rebuilding.log_reader import LogDamaged, LogReader
from shared.kit.log.subscriber.received import Received, envelope_of
from shared.kit.log.subscriber.views.rows import Row, Rows, RowView, sealed
from shared.kit.log.subscriber.views.view import Connection
from shared.kit.log.topics import (
    CASE_EVENTS,
    PARTITIONS,
    create_topics,
    topic_differences,
    wanted_topics,
)

__all__ = [
    "CASE_EVENTS",
    "PARTITIONS",
    "Connection",
    "KafkaError",
    "LogDamaged",
    "LogOffset",
    "LogReader",
    "Mark",
    "MarksReader",
    "Reactor",
    "Rebuild",
    "RebuildUnderWay",
    "Received",
    "Record",
    "Relay",
    "Row",
    "RowView",
    "Rows",
    "Subscriber",
    "SwitchRefused",
    "View",
    "create_topics",
    "envelope_of",
    "parked_keys",
    "sealed",
    "topic_differences",
    "wanted_topics",
]
