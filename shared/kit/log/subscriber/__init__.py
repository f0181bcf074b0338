"""The subscriber: reads the log, folds it into views, and writes down what becomes due."""

from shared.kit.log.subscriber.consuming.member import MemberDead, Subscriber
from shared.kit.log.subscriber.consuming.status import PartitionStatus, SubscriberStatus
from shared.kit.log.subscriber.folding.folder import StaleViews
from shared.kit.log.subscriber.rebuilding.rebuild import Rebuild, RebuildUnderWay, Rebuilt
from shared.kit.log.subscriber.rebuilding.switching import SwitchRefused
from shared.kit.log.subscriber.received import Received
from shared.kit.log.subscriber.views.preparing import RebuildNeeded
from shared.kit.log.subscriber.views.view import Connection, Reactor, View

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
