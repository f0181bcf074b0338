"""The real regimes and the real calendar, and the list of days that the second computation is given."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from deploy.sandbox import SCHOOLS
from shared.rules.calendar.days import Calendar, Region
from shared.rules.calendar.loading import load_calendar
from shared.rules.calendar.schools import load_schools
from shared.rules.regimes.loading import Regimes, load_regimes
from tests.unit.rules.regimes.walker import Days

SCHOOL = "oakfield"


@pytest.fixture(scope="session")
def regimes() -> Regimes:
    return load_regimes()


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return calendar_with_schools()


def calendar_with_schools() -> Calendar:
    """The calendar with the made-up school."""
    return load_calendar().with_schools(load_schools(SCHOOLS))


def list_of_days(calendar: Calendar) -> Days:
    """Only the list of days leaves the product's calendar; the sessions are read from the school's file."""
    nations = Region.ENGLAND_AND_WALES.nations
    terms = tomllib.loads((SCHOOLS / f"{SCHOOL}.toml").read_text(encoding="utf-8"))["terms"]
    return Days(
        frozenset(found.day for found in calendar.days if found.nations & nations),
        frozenset(found.day for found in calendar.days),
        calendar.first_day,
        calendar.last_day,
        frozenset(sessions(terms)),
        terms[0]["first_day"],
        terms[-1]["last_day"],
    )


def sessions(terms: list[dict[str, Any]]) -> Iterator[date]:
    """Every weekday of a term that the file doesn't call closed."""
    for term in terms:
        closed = {day for days in term["closed"] for day in weekdays(days)}
        yield from (day for day in weekdays(term) if day not in closed)


def weekdays(days: dict[str, Any]) -> Iterator[date]:
    """Monday to Friday from first to last day."""
    for ordinal in range(days["first_day"].toordinal(), days["last_day"].toordinal() + 1):
        if date.fromordinal(ordinal).isoweekday() <= 5:
            yield date.fromordinal(ordinal)


@pytest.fixture(scope="session")
def days(calendar: Calendar) -> Days:
    return list_of_days(calendar)
