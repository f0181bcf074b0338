"""A year back, as a calendar says it."""

from __future__ import annotations

from datetime import date


def a_year_before(day: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
