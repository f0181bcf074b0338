"""Every message and where it stands."""

from services.notifications.views.outbox.fold import OUTBOX, OutboxRow, places_of

__all__ = ["OUTBOX", "OutboxRow", "places_of"]
