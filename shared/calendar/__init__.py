"""Bank holidays as versioned data, and what a working day is.

`days` is pure; `loading` reads the data files. Code in a `domain` folder imports `shared.calendar.days`.
"""

from shared.calendar.days import BankHoliday, Calendar, Nation, OutsideCalendar, Region, Status
from shared.calendar.loading import CalendarFileError, load_calendar

__all__ = [
    "BankHoliday",
    "Calendar",
    "CalendarFileError",
    "Nation",
    "OutsideCalendar",
    "Region",
    "Status",
    "load_calendar",
]
