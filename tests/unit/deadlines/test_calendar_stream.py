"""Bank holidays proclaimed after the release."""

from __future__ import annotations

from datetime import date

import pytest

from services.deadlines.domain.calendar import Proclaim, calendar_decider, calendar_of
from shared.contracts.deadlines import BankHolidayProclaimed
from shared.rules.calendar import load_calendar
from shared.rules.calendar.days import Nation
from tests.unit.given_when_then import given

CALENDAR = calendar_decider(load_calendar())


def proclaim(on: date, nation: Nation = Nation.SCOTLAND) -> Proclaim:
    """A proclamation."""
    return Proclaim(on=on, nation=nation, source="The Gazette")


def proclaimed(on: date, nation: str = "scotland") -> BankHolidayProclaimed:
    """A day that was proclaimed before."""
    version = f"{load_calendar().version}+{on.isoformat()}.{nation}"
    return BankHolidayProclaimed(on=on, nation=nation, source="The Gazette", calendar_version=version)


def test_a_proclaimed_day_gives_the_calendar_another_name() -> None:
    day = date(2027, 6, 14)
    given(CALENDAR).when(proclaim(day)).then(proclaimed(day))


def test_a_day_proclaimed_twice_is_proclaimed_once() -> None:
    day = date(2027, 6, 14)
    given(CALENDAR, proclaimed(day)).when(proclaim(day)).nothing()
    given(CALENDAR, proclaimed(day)).when(proclaim(day, Nation.WALES)).then_kinds(BankHolidayProclaimed)


def test_a_day_of_the_shipped_calendar_needs_no_proclamation() -> None:
    given(CALENDAR).when(proclaim(date(2026, 6, 15))).nothing()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (proclaim(date(2027, 6, 12)), "not-a-weekday"),
        (proclaim(date(2040, 6, 14)), "outside-calendar"),
    ],
)
def test_what_no_calendar_can_take_is_refused(command: Proclaim, code: str) -> None:
    given(CALENDAR).when(command).refused(code, "Banking and Financial Dealings Act 1971 s.1(3)")


def test_the_calendar_of_today_has_every_day_proclaimed() -> None:
    days = (proclaimed(date(2027, 6, 14)), proclaimed(date(2027, 6, 15), "england"))
    assert calendar_of(load_calendar(), days).version.endswith("+2027-06-14.scotland+2027-06-15.england")
    assert calendar_of(load_calendar(), days[::-1]) == calendar_of(load_calendar(), days)
