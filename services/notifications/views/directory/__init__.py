"""Departments, teams and their officers, with their sealed addresses."""

from services.notifications.views.directory.fold import DIRECTORY, OfficerEntry, UnitRow

__all__ = ["DIRECTORY", "OfficerEntry", "UnitRow"]
