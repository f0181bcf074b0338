"""What notifications knows of a case's clocks from deadlines' own events."""

from services.notifications.views.clocks.fold import CLOCKS, ClockRow

__all__ = ["CLOCKS", "ClockRow"]
