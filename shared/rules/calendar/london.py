"""London days and their first instants: every `_on` of Redress is a London date.

A request that comes at 23:59 came that day (Berend v ICO and LB Richmond).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")


def london_day(moment: datetime) -> date:
    """The day in London at that instant.

    Raises:
        ValueError: the moment has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return moment.astimezone(LONDON).date()


def moment_on(day: date, now: datetime) -> datetime:
    """When something happened of which only the day is known: now if that is today, else as that day began."""
    return now if day >= london_day(now) else start_of(day)


def start_of(day: date) -> datetime:
    """The first instant of that day in London, in UTC."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)
