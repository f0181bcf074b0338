"""Who was erased."""

from services.notifications.views.people.fold import PEOPLE

__all__ = ["PEOPLE"]
