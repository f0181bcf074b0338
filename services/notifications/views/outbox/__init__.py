"""Every message and where it stands."""

from services.notifications.views.outbox.fold import OUTBOX, OutboxRow

__all__ = ["OUTBOX", "OutboxRow"]
