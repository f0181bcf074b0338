"""The real regimes and the real calendar, and the list of days that the second computation is given."""

from __future__ import annotations

import pytest

from shared.rules.calendar.days import Calendar, Region
from shared.rules.calendar.loading import load_calendar
from shared.rules.regimes.loading import Regimes, load_regimes
from tests.unit.rules.regimes.walker import Days


@pytest.fixture(scope="session")
def regimes() -> Regimes:
    return load_regimes()


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return load_calendar()


def list_of_days(calendar: Calendar) -> Days:
    """Only the list of days leaves the product's calendar."""
    nations = Region.ENGLAND_AND_WALES.nations
    return Days(
        frozenset(found.day for found in calendar.days if found.nations & nations),
        frozenset(found.day for found in calendar.days),
        calendar.first_day,
        calendar.last_day,
    )


@pytest.fixture(scope="session")
def days(calendar: Calendar) -> Days:
    return list_of_days(calendar)
