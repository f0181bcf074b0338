"""The subscriber: reads the log, folds it into views, and writes down what becomes due."""

from shared.kit.log.subscriber.folding import StaleViews
from shared.kit.log.subscriber.member import MemberDead, Subscriber
from shared.kit.log.subscriber.preparing import RebuildNeeded
from shared.kit.log.subscriber.rebuilding import Rebuild, RebuildUnderWay, Rebuilt
from shared.kit.log.subscriber.received import Received
from shared.kit.log.subscriber.status import PartitionStatus, SubscriberStatus
from shared.kit.log.subscriber.switching import SwitchRefused
from shared.kit.log.subscriber.view import Connection, Reactor, View

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
