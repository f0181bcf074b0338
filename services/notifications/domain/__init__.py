"""One message and its attempts: what may happen to it, and when it must not leave. Pure."""

from services.notifications.domain.decide import decide
from services.notifications.domain.evolve import evolve
from services.notifications.domain.state import INITIAL, Notification, NotificationEvent, Status
from shared.kit.decider import Decider

__all__ = ["INITIAL", "NOTIFICATION", "Notification", "NotificationEvent", "Status"]

NOTIFICATION = Decider(decide, evolve, INITIAL)
"""The rules of a `notification-<uuid>` stream."""
