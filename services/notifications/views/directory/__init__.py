"""Departments and teams, with their sealed addresses."""

from services.notifications.views.directory.fold import DIRECTORY, UnitRow, places_of

__all__ = ["DIRECTORY", "UnitRow", "places_of"]
