"""What notifications knows of a case from intake's own events."""

from services.notifications.views.cases.fold import CASES, CaseRow, places_of

__all__ = ["CASES", "CaseRow", "places_of"]
