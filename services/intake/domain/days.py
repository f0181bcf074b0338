"""London days: every `_on` of intake is one (Berend v ICO & LB Richmond: 23:59 still counts that day)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_day(instant: datetime) -> date:
    """The day in London at this instant, which must carry a zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return instant.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """The first instant of that day in London, in UTC."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def a_year_before(day: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
