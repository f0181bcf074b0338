"""Departments and teams, with their sealed addresses."""

from services.notifications.views.directory.fold import DIRECTORY, UnitRow

__all__ = ["DIRECTORY", "UnitRow"]
