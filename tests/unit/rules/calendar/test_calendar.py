"""What a working day is, and what the calendar doesn't say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.rules.calendar.days import Calendar, Nation, OutsideCalendar, Region, Status
from shared.rules.calendar.loading import load_calendar, read_calendar
from shared.rules.tables import RuleFileError

EW, UK = Region.ENGLAND_AND_WALES, Region.UNITED_KINGDOM
CALENDAR = load_calendar()
DAYS = st.dates(date(2024, 2, 1), date(2031, 10, 31))

SMALL = """
version = "test-1"
first_day = 2026-01-01
last_day = 2026-12-31
office = "united-kingdom"
days = [{ date = 2026-06-15, name = "A day", nations = ["scotland"], source = "act", status = "proclaimed" }]
[sources.act]
title = "An Act"
published = 2026-02-04
"""


def test_given_the_scottish_day_of_2026_when_it_is_asked_then_it_is_a_working_day_in_england_only() -> None:
    day = date(2026, 6, 15)
    assert CALENDAR.is_working_day(day, EW)
    assert not CALENDAR.is_working_day(day, UK)
    found = CALENDAR.holiday(day, UK)
    assert found
    assert (found.nations, found.published) == (frozenset({Nation.SCOTLAND}), date(2026, 2, 4))


@pytest.mark.parametrize(
    ("year", "here", "anywhere"), [(year, 8, 14 if year == 2026 else 13) for year in range(2024, 2032)]
)
def test_given_a_year_when_its_weekday_holidays_are_counted_then_they_are_as_many_as_published(
    year: int, here: int, anywhere: int
) -> None:
    days = [found for found in CALENDAR.days if found.day.year == year]
    assert sum(1 for found in days if Nation.ENGLAND in found.nations) == here
    assert len(days) == anywhere


def test_given_days_after_2028_when_they_are_read_then_they_are_expected_and_every_day_has_a_dated_source() -> (
    None
):
    for found in CALENDAR.days:
        assert found.status is (Status.PROCLAIMED if found.day.year <= 2028 else Status.EXPECTED)
        assert found.source
        assert found.published


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2032, 1, 1)])
def test_given_a_day_outside_the_calendar_when_it_is_asked_then_nothing_is_guessed(day: date) -> None:
    with pytest.raises(OutsideCalendar) as caught:
        CALENDAR.is_working_day(day, EW)
    assert caught.value.day == day
    assert CALENDAR.version in str(caught.value)


def test_given_the_end_of_time_when_working_days_are_added_then_it_is_refused() -> None:
    with pytest.raises(OutsideCalendar):
        CALENDAR.add_working_days(date.max, 1, EW)
    with pytest.raises(OutsideCalendar):
        CALENDAR.add_working_days(date(2031, 12, 31), 1, EW)


def test_given_a_proclaimed_day_when_it_is_added_then_it_is_a_new_version_and_the_old_one_is_unchanged() -> (
    None
):
    day = date(2026, 12, 1)
    changed = CALENDAR.with_day(day, "scotland", "Royal proclamation", published=date(2026, 11, 25))
    assert changed.version == "england-2026-11-21+2026-12-01.scotland"
    assert not changed.is_working_day(day, UK)
    assert changed.is_working_day(day, EW)
    assert CALENDAR.is_working_day(day, UK)
    assert changed.with_day(day, Nation.SCOTLAND, "the same again") is changed


def test_given_two_proclaimed_days_when_they_come_in_any_order_then_the_calendar_is_the_same() -> None:
    def added(*days: tuple[date, str]) -> Calendar:
        calendar = CALENDAR
        for day, nation in days:
            calendar = calendar.with_day(day, nation, "Royal proclamation")
        return calendar

    first, second = (date(2027, 5, 7), "england"), (date(2027, 5, 7), "wales")
    assert added(first, second) == added(second, first)
    assert added(first, second).version == "england-2026-11-21+2027-05-07.england+2027-05-07.wales"


def test_given_a_day_that_cannot_be_when_it_is_added_then_it_is_refused() -> None:
    with pytest.raises(OutsideCalendar):
        CALENDAR.with_day(date(2032, 1, 5), "scotland", "too far")
    with pytest.raises(ValueError, match="cornwall"):
        CALENDAR.with_day(date(2027, 3, 5), "cornwall", "days 2026-06-15: nations must not be empty")


@settings(deadline=None)
@given(day=DAYS, count=st.integers(1, 40), region=st.sampled_from(Region))
def test_given_a_working_day_when_days_are_added_and_taken_away_then_it_comes_back(
    day: date, count: int, region: Region
) -> None:
    start = CALENDAR.on_or_after(day, region)
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, count, region), -count, region) == start


@settings(deadline=None)
@given(day=DAYS, region=st.sampled_from(Region))
def test_given_any_day_when_the_nearest_working_days_are_asked_then_none_lies_between(
    day: date, region: Region
) -> None:
    before, after = CALENDAR.on_or_before(day, region), CALENDAR.on_or_after(day, region)
    assert before <= day <= after
    assert CALENDAR.is_working_day(before, region)
    assert CALENDAR.is_working_day(after, region)
    assert CALENDAR.add_working_days(before, 1, region) == (
        CALENDAR.add_working_days(day, 1, region) if before == day else after
    )


def test_given_a_calendar_file_when_it_is_read_then_it_is_what_it_says() -> None:
    calendar = read_calendar("test-1.toml", SMALL)
    assert (calendar.version, len(calendar.days)) == ("test-1", 1)
    assert load_calendar("england-2026-11-21") == CALENDAR


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('version = "test-1"', "", "test-1.toml: version is missing"),
        ('name = "A day"', 'label = "A day"', "days 2026-06-15: unknown label"),
        (
            '"scotland"',
            '"cornwall"',
            "nations must be one of england, wales, scotland, northern-ireland, not 'cornwall'",
        ),
        ('["scotland"]', "[]", "days 2026-06-15: nations must not be empty"),
        ('"proclaimed"', '"rumoured"', "status must be one of proclaimed, expected, not 'rumoured'"),
        ('source = "act"', 'source = "hearsay"', "unknown source 'hearsay'"),
        ("date = 2026-06-15", "date = 2026-06-14", "on a weekend"),
        ("date = 2026-06-15", "date = 2027-06-15", "outside"),
        ("date = 2026-06-15", 'date = "2026-06-15"', "date must be a date"),
        ("published = 2026-02-04", "", "sources act: published is missing"),
        (
            "days = [",
            "days = [{ date = 2026-06-16, name = 'b', nations = ['wales'], source = 'act', status = 'expected' }, ",
            "must stand once",
        ),
        ("version = ", "version ", "line 2"),
    ],
)
def test_given_a_fault_in_a_calendar_file_when_it_is_read_then_it_is_named(
    before: str, after: str, message: str
) -> None:
    assert before in SMALL
    with pytest.raises(RuleFileError) as caught:
        read_calendar("test-1.toml", SMALL.replace(before, after, 1))
    assert str(caught.value).startswith("test-1.toml")
    assert message in str(caught.value)


def test_given_a_calendar_that_there_is_not_when_it_is_loaded_then_it_says_which_there_are() -> None:
    with pytest.raises(RuleFileError, match="england-2026-11-21"):
        load_calendar("england-1999-01-01")
