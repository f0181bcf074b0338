"""When the council's own people may be reminded. Customers' letters leave at any time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from services.notifications.domain.results import LONDON

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART: Final = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?\s+(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")
_MIDNIGHT: Final = "24:00"
_LONGEST_BREAK: Final = 30
"""Days to look ahead for an open one; no run of holidays is as long."""


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of a day in London; without `closes` until midnight."""

    opens: time
    closes: time | None

    def holds(self, at: time) -> bool:
        """Whether it is open at that time of day."""
        return self.opens <= at and (self.closes is None or at < self.closes)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The window of each weekday from Monday (0), bank holidays left out; without windows always open."""

    windows: tuple[Window | None, ...] = ()

    @staticmethod
    def parse(setting: str) -> OfficeHours:
        """`all`, or weekdays with hours: `Mon-Fri 09:00-17:00`, `Mon-Thu 08:30-17:30, Fri 08:30-16:00`.

        Raises:
            ValueError: it is neither.
        """
        if setting.strip().lower() == "all":
            return OfficeHours()
        windows: list[Window | None] = [None] * len(_DAYS)
        for part in setting.lower().split(","):
            days, window = _read(part.strip(), setting)
            for day in days:
                windows[day] = window
        return OfficeHours(tuple(windows))

    def next_open(self, moment: datetime, is_holiday: Callable[[date], bool]) -> datetime:
        """The moment itself inside office hours, else when the office opens next.

        Raises:
            LookupError: the office doesn't open within a month.
        """
        if not self.windows:
            return moment
        local = moment.astimezone(LONDON)
        for days in range(_LONGEST_BREAK):
            day = local.date() + timedelta(days=days)
            window = self.windows[day.weekday()]
            if window is None or is_holiday(day):
                continue
            if days == 0 and window.holds(local.time()):
                return moment
            if days or local.time() < window.opens:
                return datetime.combine(day, window.opens, LONDON).astimezone(UTC)
        raise LookupError(f"the office does not open in the {_LONGEST_BREAK} days after {local.date()}")


def _read(part: str, setting: str) -> tuple[range, Window]:
    """The weekdays and hours of one part of the setting."""
    bad = ValueError(
        f"office hours are `all` or such as `Mon-Thu 09:00-17:00, Fri 09:00-16:00`, not {setting!r}"
    )
    found = _PART.fullmatch(part)
    if found is None:
        raise bad
    first, last, opens, closes = found[1], found[2] or found[1], found[3], found[4]
    if first not in _DAYS or last not in _DAYS or _DAYS.index(first) > _DAYS.index(last):
        raise bad
    try:
        window = Window(_time(opens), None if closes == _MIDNIGHT else _time(closes))
    except ValueError as error:
        raise bad from error
    if window.closes is not None and window.opens >= window.closes:
        raise bad
    return range(_DAYS.index(first), _DAYS.index(last) + 1), window


def _time(text: str) -> time:
    return time.fromisoformat(text.zfill(5))
