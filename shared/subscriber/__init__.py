"""The subscriber: reads the log, folds it into views, and writes down what becomes due."""

from shared.subscriber.folding import StaleViews
from shared.subscriber.member import MemberDead, Subscriber
from shared.subscriber.preparing import RebuildNeeded
from shared.subscriber.received import Received
from shared.subscriber.status import PartitionStatus, SubscriberStatus
from shared.subscriber.view import Connection, Reactor, View

__all__ = [
    "Connection",
    "MemberDead",
    "PartitionStatus",
    "Reactor",
    "RebuildNeeded",
    "Received",
    "StaleViews",
    "Subscriber",
    "SubscriberStatus",
    "View",
]
