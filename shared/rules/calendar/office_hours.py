"""Office hours: when reminders may leave. A setting of the council; bank holidays are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from shared.rules.calendar.days import Calendar, OutsideCalendar
from shared.rules.calendar.london import LONDON, start_of

ALL: Final = "all"
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART: Final = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?\s+(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_LONGEST_CLOSED: Final = 30
_HOURS_A_DAY: Final = 24


class BadOfficeHours(ValueError):
    """Office hours that can't be read; the message shows how they are written."""


@dataclass(frozen=True, slots=True)
class Window:
    """Opening hours on a weekday; `shuts` is none at midnight."""

    opens: time
    shuts: time | None

    def holds(self, at: time) -> bool:
        return self.opens <= at and (self.shuts is None or at < self.shuts)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The window of each weekday from Monday (0), where it has one; `always`: day and night, for trials."""

    windows: tuple[Window | None, ...]
    always: bool = False

    def opening(self, moment: datetime, calendar: Calendar) -> datetime:
        """The moment itself while the office is open, else the next one at which it opens, in UTC."""
        if self.always:
            return moment.astimezone(UTC)
        local = moment.astimezone(LONDON)
        for ahead in range(_LONGEST_CLOSED):
            day = local.date() + timedelta(days=ahead)
            window = self._window(day, calendar)
            if window is None:
                continue
            if ahead == 0 and window.holds(local.time()):
                return moment.astimezone(UTC)
            if ahead or local.time() < window.opens:
                return datetime.combine(day, window.opens, LONDON).astimezone(UTC)
        raise BadOfficeHours(f"the office doesn't open within {_LONGEST_CLOSED} days of {local.date()}")

    def on(self, day: date, calendar: Calendar) -> datetime:
        """The opening of that day, or of the next day that has one."""
        return self.opening(start_of(day), calendar)

    def _window(self, day: date, calendar: Calendar) -> Window | None:
        try:
            holiday = calendar.holiday(day, calendar.office)
        except OutsideCalendar:
            holiday = None
        return None if holiday else self.windows[day.weekday()]


def parse_office_hours(text: str) -> OfficeHours:
    """`all`, or weekdays with their hours: `Mon-Fri 09:00-17:00`, `Mon-Thu 08:30-17:30, Fri 08:30-16:00`.

    Raises:
        BadOfficeHours: it says something else, or opens on no day.
    """
    if text.strip().lower() == ALL:
        return OfficeHours((Window(time.min, None),) * len(_DAYS), always=True)
    windows: list[Window | None] = [None] * len(_DAYS)
    for part in text.split(","):
        found = _PART.fullmatch(part.strip().lower())
        if found is None:
            raise _bad(text)
        first, last, *hours = found.groups()
        window = _window(hours, text)
        for day in _between(first, last or first, text):
            windows[day] = window
    return OfficeHours(tuple(windows))


def _window(hours: list[str], text: str) -> Window:
    opens, opens_minute, shuts, shuts_minute = map(int, hours)
    try:
        end = None if (shuts, shuts_minute) == (_HOURS_A_DAY, 0) else time(shuts, shuts_minute)
        window = Window(time(opens, opens_minute), end)
    except ValueError as error:
        raise _bad(text) from error
    if window.shuts is not None and window.shuts <= window.opens:
        raise _bad(text)
    return window


def _between(first: str, last: str, text: str) -> range:
    if first not in _DAYS or last not in _DAYS or _DAYS.index(last) < _DAYS.index(first):
        raise _bad(text)
    return range(_DAYS.index(first), _DAYS.index(last) + 1)


def _bad(text: str) -> BadOfficeHours:
    return BadOfficeHours(
        f"office hours {text!r} can't be read: write `Mon-Fri 09:00-17:00`, parts with commas, or `{ALL}`"
    )
