"""The subscriber: reads the log, folds it into views, and writes down what becomes due."""

from shared.subscriber.folding import StaleViews
from shared.subscriber.member import MemberDead, Subscriber
from shared.subscriber.preparing import RebuildNeeded
from shared.subscriber.rebuilding import Rebuild, RebuildUnderWay, Rebuilt
from shared.subscriber.received import Received
from shared.subscriber.status import PartitionStatus, SubscriberStatus
from shared.subscriber.switching import SwitchRefused
from shared.subscriber.view import Connection, Reactor, View

__all__ = [
    "Connection",
    "MemberDead",
    "PartitionStatus",
    "Reactor",
    "Rebuild",
    "RebuildNeeded",
    "RebuildUnderWay",
    "Rebuilt",
    "Received",
    "StaleViews",
    "Subscriber",
    "SubscriberStatus",
    "SwitchRefused",
    "View",
]
