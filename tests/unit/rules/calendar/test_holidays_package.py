"""The calendar against the `holidays` package, nation by nation, weekday by weekday."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from shared.rules.calendar.days import Nation
from shared.rules.calendar.loading import load_calendar

SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


@pytest.mark.parametrize("nation", Nation)
@pytest.mark.parametrize("year", range(2024, 2032))
def test_given_a_nation_and_a_year_when_both_lists_are_compared_then_every_weekday_agrees(
    nation: Nation, year: int
) -> None:
    theirs = holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=year)
    ours = {found.day for found in load_calendar().days if nation in found.nations and found.day.year == year}
    days = (date(year, 1, 1) + timedelta(days=at) for at in range(366))
    assert ours == {day for day in days if day.year == year and day.weekday() < 5 and day in theirs}
