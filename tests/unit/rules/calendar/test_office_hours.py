"""Office hours: what they say, and when they open."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from shared.rules.calendar import load_calendar
from shared.rules.calendar.london import london_day, start_of
from shared.rules.calendar.office_hours import BadOfficeHours, parse_office_hours

CALENDAR = load_calendar()


def at(*moment: int) -> datetime:
    """An instant in UTC."""
    return datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(2026, 6, 1, 10), at(2026, 6, 1, 10)),  # a Monday, open
        (at(2026, 6, 1, 7, 59), at(2026, 6, 1, 8)),  # before nine in London
        (at(2026, 6, 1, 16), at(2026, 6, 2, 8)),  # five in London: shut
        (at(2026, 6, 5, 20), at(2026, 6, 8, 8)),  # Friday night
        (at(2026, 12, 24, 18), at(2026, 12, 29, 9)),  # Christmas: 25th, weekend, 28th
        (at(2026, 3, 27, 18), at(2026, 3, 30, 8)),  # over the change to summer time
        (at(2026, 10, 23, 18), at(2026, 10, 26, 9)),  # and back
    ],
)
def test_the_office_opens_on_working_days_by_the_london_clock(moment: datetime, opens: datetime) -> None:
    assert parse_office_hours("Mon-Fri 09:00-17:00").opening(moment, CALENDAR) == opens


def test_each_day_can_have_its_own_hours() -> None:
    hours = parse_office_hours("Mon-Thu 08:30-17:30, Fri 08:30-16:00, Sat 10:00-24:00")
    assert hours.opening(at(2026, 6, 5, 15, 30), CALENDAR) == at(2026, 6, 6, 9)
    assert hours.opening(at(2026, 6, 6, 22, 59), CALENDAR) == at(2026, 6, 6, 22, 59)


def test_all_hours_never_wait() -> None:
    midnight = at(2026, 12, 25, 0)
    assert parse_office_hours("all").opening(midnight, CALENDAR) == midnight


@pytest.mark.parametrize(
    "text",
    [
        "",
        "always",
        "Mon-Fri",
        "Mon-Fri 9-17",
        "Fri-Mon 09:00-17:00",
        "Mon 17:00-09:00",
        "Mon 25:00-26:00",
        "Xyz 09:00-17:00",
    ],
)
def test_hours_that_cannot_be_read_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadOfficeHours, match="Mon-Fri 09:00-17:00"):
        parse_office_hours(text)


def test_an_office_that_never_opens_is_refused() -> None:
    with pytest.raises(BadOfficeHours):
        parse_office_hours("Mon 24:00-24:00")


def test_a_london_day_begins_at_its_own_midnight() -> None:
    assert start_of(date(2026, 7, 1)) == at(2026, 6, 30, 23)
    assert start_of(date(2026, 1, 1)) == at(2026, 1, 1)
    assert london_day(at(2026, 6, 30, 23)) == date(2026, 7, 1)
