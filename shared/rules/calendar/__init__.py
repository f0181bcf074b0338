"""Bank holidays as versioned data, and what a working day is.

`days` is pure; `loading` reads the data files. Code in a `domain` folder imports `shared.rules.calendar.days`.
"""

from shared.rules.calendar.days import BankHoliday, Calendar, Nation, OutsideCalendar, Region, Status
from shared.rules.calendar.loading import load_calendar
from shared.rules.calendar.london import LONDON, london_day, start_of

__all__ = [
    "LONDON",
    "BankHoliday",
    "Calendar",
    "Nation",
    "OutsideCalendar",
    "Region",
    "Status",
    "load_calendar",
    "london_day",
    "start_of",
]
