"""When the council's own people may be reminded. Customers' letters leave at any time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from services.notifications.domain.results import LONDON

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SETTING: Final = re.compile(r"(?P<first>\w{3})-(?P<last>\w{3}) (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)")
_LONGEST_BREAK: Final = 30
"""Days to look ahead for an open one; no run of holidays is as long."""


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Hours of London time on these weekdays (0 is Monday), bank holidays left out; always open without hours."""

    weekdays: frozenset[int] = frozenset(range(7))
    opens: time | None = None
    closes: time | None = None

    @staticmethod
    def parse(setting: str) -> OfficeHours:
        """`all`, or such as `Mon-Fri 09:00-17:00`.

        Raises:
            ValueError: it is neither.
        """
        if setting == "all":
            return OfficeHours()
        found = _SETTING.fullmatch(setting)
        if found is None or found["first"] not in _DAYS or found["last"] not in _DAYS:
            raise ValueError(f"office hours are `all` or such as `Mon-Fri 09:00-17:00`, not {setting!r}")
        first, last = _DAYS.index(found["first"]), _DAYS.index(found["last"])
        opens, closes = time.fromisoformat(found["opens"]), time.fromisoformat(found["closes"])
        if first > last or opens >= closes:
            raise ValueError(f"office hours end before they begin: {setting!r}")
        return OfficeHours(frozenset(range(first, last + 1)), opens, closes)

    def next_open(self, moment: datetime, is_holiday: Callable[[date], bool]) -> datetime:
        """The moment itself inside office hours, else when the office opens next.

        Raises:
            LookupError: the office doesn't open within a month.
        """
        if self.opens is None or self.closes is None:
            return moment
        local = moment.astimezone(LONDON)
        for days in range(_LONGEST_BREAK):
            day = local.date() + timedelta(days=days)
            if day.weekday() not in self.weekdays or is_holiday(day):
                continue
            if days == 0 and self.opens <= local.time() < self.closes:
                return moment
            opening = datetime.combine(day, self.opens, LONDON)
            if opening > moment:
                return opening
        raise LookupError(f"the office does not open in the {_LONGEST_BREAK} days after {local.date()}")
