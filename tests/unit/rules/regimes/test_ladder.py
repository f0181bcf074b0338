"""When reminders fall."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from shared.rules.calendar.days import Calendar, Region
from shared.rules.regimes.ladder import reached, rung_dates
from shared.rules.regimes.loading import Regimes
from shared.rules.regimes.rules import Role


def test_given_a_date_after_christmas_when_the_ladder_is_laid_then_only_working_days_count(
    regimes: Regimes, calendar: Calendar
) -> None:
    ladder = rung_dates(regimes["corporate"].clock("stage1_respond"), date(2027, 1, 6), calendar)
    assert [(placed.rung.offset, placed.on) for placed in ladder] == [
        (-5, date(2026, 12, 29)),
        (-2, date(2027, 1, 4)),
        (0, date(2027, 1, 6)),
        (1, date(2027, 1, 7)),
        (3, date(2027, 1, 11)),
    ]


def test_given_a_period_that_ends_on_a_sunday_when_the_ladder_is_laid_then_its_last_reminder_comes_on_the_friday(
    regimes: Regimes, calendar: Calendar
) -> None:
    ladder = rung_dates(regimes["lgsco"].clock("public_report_notify_action"), date(2027, 2, 28), calendar)
    placed = {found.rung.offset: found.on for found in ladder}
    assert (placed[0], placed[1]) == (date(2027, 2, 26), date(2027, 3, 1))


def test_given_every_duty_when_its_ladder_is_laid_then_it_is_in_order(
    regimes: Regimes, calendar: Calendar
) -> None:
    duties = [clock for regime in regimes.values() for clock in regime.clocks if clock.role is Role.DUTY]
    assert len(duties) > 20
    for clock in duties:
        ladder = rung_dates(clock, date(2026, 10, 2), calendar)
        assert len(ladder) == len(clock.ladder)
        assert all(before.on < after.on for before, after in pairwise(ladder)), clock.name
        assert all(calendar.is_working_day(found.on, Region.ENGLAND_AND_WALES) for found in ladder)


def test_given_a_ladder_that_starts_late_when_it_is_asked_then_only_the_highest_rung_passed_is_reached(
    regimes: Regimes, calendar: Calendar
) -> None:
    ladder = rung_dates(regimes["corporate"].clock("stage1_respond"), date(2027, 1, 6), calendar)
    found = reached(ladder, date(2027, 1, 8))
    assert found
    assert found.rung.offset == 1
    assert reached(ladder, date(2026, 12, 28)) is None


def test_given_a_rung_beyond_the_calendar_when_the_ladder_is_laid_then_the_others_stand(
    regimes: Regimes, calendar: Calendar
) -> None:
    ladder = rung_dates(regimes["corporate"].clock("stage1_respond"), date(2031, 12, 30), calendar)
    assert [placed.rung.offset for placed in ladder] == [-5, -2, 0, 1]


@pytest.mark.parametrize("clock", ["stage1_acknowledge", "stage2_acknowledge"])
def test_given_a_clock_of_a_few_days_when_its_ladder_is_read_then_it_is_short(
    regimes: Regimes, clock: str
) -> None:
    assert [rung.offset for rung in regimes["housing"].clock(clock).ladder] == [-1, 0, 1]
