"""The calendar's own stream: days that were proclaimed bank holidays after the shipped calendar was made."""

from __future__ import annotations

from typing import Final

from services.deadlines.domain.calendar.proclaim import PROCLAIM, Proclaim
from services.deadlines.domain.calendar.state import Proclaimed, calendar_of, evolve
from shared.contracts.deadlines import BankHolidayProclaimed
from shared.kit.decider import Command, Decider, decider
from shared.rules.calendar.days import Calendar

STREAM: Final = "calendar-england"
CalendarDecider = Decider[Command, Proclaimed, BankHolidayProclaimed]


def calendar_decider(shipped: Calendar) -> CalendarDecider:
    """The rules of the stream; `shipped` is the calendar of this release."""
    return decider((PROCLAIM,), evolve, (), shipped)


__all__ = ["STREAM", "CalendarDecider", "Proclaim", "Proclaimed", "calendar_decider", "calendar_of"]
