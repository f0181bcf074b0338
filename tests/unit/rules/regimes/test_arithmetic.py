"""The corners of the ways to count: short months, leap years, the first day, the end of the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from shared.rules.calendar.days import Calendar, OutsideCalendar
from shared.rules.regimes.arithmetic import ARITHMETICS, Counted, corresponding

EW, UK = "working-days-england-and-wales", "working-days-united-kingdom"


def count(arithmetic: str, base: str, length: int, calendar: Calendar) -> Counted:
    return ARITHMETICS[arithmetic].count(date.fromisoformat(base), length, calendar, ())


@pytest.mark.parametrize(
    ("arithmetic", "base", "length", "due"),
    [
        ("month-inclusive", "2026-03-01", 6, "2026-08-31"),
        ("month-inclusive", "2026-08-31", 6, "2027-02-28"),
        ("month-inclusive", "2027-08-31", 6, "2028-02-29"),
        ("month-inclusive", "2027-08-29", 6, "2028-02-28"),
        ("month-inclusive", "2026-08-29", 6, "2027-02-28"),
        ("month-inclusive", "2024-02-29", 12, "2025-02-28"),
        ("month-inclusive", "2026-03-31", 3, "2026-06-30"),
        ("month-inclusive", "2026-12-31", 3, "2027-03-30"),
        ("months-after", "2024-02-29", 12, "2025-02-28"),
        ("months-after", "2027-02-28", 12, "2028-02-28"),
        ("months-after", "2026-11-30", 3, "2027-02-28"),
        ("month-roll", "2024-01-31", 1, "2024-02-29"),
        ("month-roll", "2026-11-27", 1, "2026-12-29"),
        ("month-roll", "2026-06-15", 1, "2026-07-15"),
        ("days-roll", "2026-07-02", 30, "2026-08-03"),
        ("days-after", "2026-12-12", 14, "2026-12-26"),
        (EW, "2026-06-12", 1, "2026-06-15"),
        (UK, "2026-06-12", 1, "2026-06-16"),
        (UK, "2026-12-25", 1, "2026-12-29"),
        (EW, "2023-12-31", 1, "2024-01-02"),
    ],
)
def test_given_a_corner_of_the_calendar_when_it_is_counted_then_the_day_is_right(
    calendar: Calendar, arithmetic: str, base: str, length: int, due: str
) -> None:
    assert count(arithmetic, base, length, calendar).due == date.fromisoformat(due)


def test_given_any_count_of_working_days_when_it_is_taken_apart_then_every_day_is_accounted_for(
    calendar: Calendar,
) -> None:
    counted = count(UK, "2026-12-14", 20, calendar)
    elapsed = (counted.due - date(2026, 12, 14)).days
    assert elapsed == 20 + counted.weekend_days + len(counted.holidays) + counted.disregarded
    assert [found.day for found in counted.holidays] == [
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 1, 1),
        date(2027, 1, 4),
    ]


@pytest.mark.parametrize(
    ("arithmetic", "base", "length"),
    [
        (EW, "2031-12-20", 10),
        (EW, "2023-12-29", 1),
        (UK, "2031-12-31", 1),
        ("days-roll", "2031-12-10", 30),
        ("month-roll", "2031-12-01", 1),
    ],
)
def test_given_a_window_outside_the_calendar_when_holidays_matter_then_nothing_is_guessed(
    calendar: Calendar, arithmetic: str, base: str, length: int
) -> None:
    with pytest.raises(OutsideCalendar):
        count(arithmetic, base, length, calendar)


@pytest.mark.parametrize(
    ("arithmetic", "base", "length", "due"),
    [
        ("months-after", "2020-05-20", 12, "2021-05-20"),
        ("months-after", "2031-06-30", 12, "2032-06-30"),
        ("month-inclusive", "2031-10-01", 6, "2032-03-31"),
        ("days-after", "2031-12-31", 14, "2032-01-14"),
    ],
)
def test_given_an_arithmetic_without_working_days_when_the_calendar_ends_then_the_date_is_certain_all_the_same(
    calendar: Calendar, arithmetic: str, base: str, length: int, due: str
) -> None:
    assert count(arithmetic, base, length, calendar).due == date.fromisoformat(due)


def test_given_the_last_month_there_is_when_a_month_is_added_then_it_overflows() -> None:
    with pytest.raises(OverflowError):
        corresponding(date(9999, 12, 31), 1)
