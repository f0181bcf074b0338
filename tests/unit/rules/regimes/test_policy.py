"""What the council has set itself stands beside the law, in data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shared.rules.calendar.days import Calendar, Nation, Region
from shared.rules.regimes.ladder import rung_dates
from shared.rules.regimes.loading import Regimes
from shared.rules.regimes.policy import Policy, load_policy
from shared.rules.regimes.reading import read_rules
from shared.rules.regimes.refused import ClockRefused
from shared.rules.tables import RuleFileError

OWN = """
doubtful_after_months = 6
closing_grounds = ["withdrawn"]
clocks = []
"""


def test_given_the_policy_when_a_day_is_long_past_then_it_says_how_long() -> None:
    assert load_policy().doubtful_before(date(2026, 7, 1)) == date(2025, 7, 1)
    stricter = read_rules("policy.toml", OWN, Policy)
    assert stricter.doubtful_before(date(2026, 7, 1)) == date(2026, 1, 1)


def test_given_a_department_asked_for_its_part_when_any_regime_is_asked_then_it_knows_that_clock(
    regimes: Regimes,
) -> None:
    for regime in regimes.values():
        clock = regime.clock("contribution")
        assert [(rung.offset, rung.to) for rung in clock.ladder] == [
            (-2, "officer"),
            (0, "officer"),
            (1, "head-of-service"),
        ]
        assert clock not in regime.clocks
    with pytest.raises(ClockRefused, match="no statutory clock"):
        regimes["compliment"].clock("respond")


def test_given_an_office_elsewhere_when_a_reminder_falls_on_its_holiday_then_it_leaves_on_a_working_day_there(
    regimes: Regimes, calendar: Calendar
) -> None:
    due_on, holiday = date(2026, 6, 16), date(2026, 6, 15)
    clock = regimes["corporate"].clock("stage1_acknowledge")
    assert calendar.holiday(holiday, Region.UNITED_KINGDOM)
    (day_before, *_) = rung_dates(clock, due_on, calendar)
    assert day_before.on == holiday, "a bank holiday in Scotland alone is a working day here"
    elsewhere = replace(calendar, office=Region.UNITED_KINGDOM)
    (day_before, *_) = rung_dates(clock, due_on, elsewhere)
    assert day_before.on == date(2026, 6, 12)
    assert elsewhere.with_day(date(2026, 6, 16), Nation.WALES, "an Act").office is Region.UNITED_KINGDOM


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("doubtful_after_months = 6", "", "policy.toml: doubtful_after_months is missing"),
        ("= 6", '= "six"', "doubtful_after_months must be a whole number, not 'six'"),
        ("clocks = []", "clocks = []\ncolour = 1", "policy.toml: unknown colour"),
    ],
)
def test_given_a_fault_in_the_policy_when_it_is_read_then_it_is_named(
    before: str, after: str, message: str
) -> None:
    with pytest.raises(RuleFileError) as caught:
        read_rules("policy.toml", OWN.replace(before, after, 1), Policy)
    assert message in str(caught.value)
