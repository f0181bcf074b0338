"""Who was erased."""

from services.notifications.views.people.fold import PeopleView

__all__ = ["PeopleView"]
