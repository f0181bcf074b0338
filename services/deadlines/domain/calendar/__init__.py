"""The calendar's own stream: days that were proclaimed bank holidays after the shipped calendar was made."""

from __future__ import annotations

from typing import Final

from services.deadlines.domain.calendar.proclaim import Proclaim, decide
from services.deadlines.domain.calendar.state import Proclaimed, calendar_of, evolve
from shared.contracts.deadlines import BankHolidayProclaimed
from shared.kit.decider import Decider

STREAM: Final = "calendar-england"
CALENDAR: Final[Decider[Proclaim, Proclaimed, BankHolidayProclaimed]] = Decider(decide, evolve, ())
"""The rules of the stream."""

__all__ = ["CALENDAR", "STREAM", "Proclaim", "Proclaimed", "calendar_of"]
