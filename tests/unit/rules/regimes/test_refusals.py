"""Dates that the law doesn't give."""

from __future__ import annotations

from datetime import date

import pytest

from shared.kit.decider import Refused
from shared.rules.calendar.days import Calendar
from shared.rules.regimes.due_date import due, given
from shared.rules.regimes.loading import Regimes
from shared.rules.regimes.refused import ClockRefused


def test_given_a_data_protection_complaint_of_the_day_before_the_act_when_asked_then_it_is_refused(
    regimes: Regimes, calendar: Calendar
) -> None:
    regime = regimes["dp-complaint"]
    with pytest.raises(ClockRefused) as caught:
        due(regime, "acknowledge", date(2026, 6, 18), [], calendar)
    assert (caught.value.code, "SI 2026/82 reg 7" in caught.value.citation) == ("not-in-force", True)
    assert due(regime, "acknowledge", date(2026, 6, 19), [], calendar).due == date(2026, 7, 20)


@pytest.mark.parametrize("base", [date(2031, 12, 20), date(9999, 12, 31), date(2023, 6, 1), date.min])
def test_given_a_window_outside_the_calendar_when_asked_then_it_is_refused(
    regimes: Regimes, calendar: Calendar, base: date
) -> None:
    with pytest.raises(ClockRefused) as caught:
        due(regimes["foi"], "respond", base, [], calendar)
    assert caught.value.code == "outside-calendar"
    assert calendar.version in caught.value.title


def test_given_the_end_of_time_when_months_are_added_then_it_is_refused(
    regimes: Regimes, calendar: Calendar
) -> None:
    with pytest.raises(ClockRefused) as caught:
        due(regimes["corporate"], "acceptance_limit", date(9999, 12, 31), [], calendar)
    assert caught.value.code == "outside-calendar"


def test_given_a_name_that_no_regime_has_when_asked_then_the_refusal_lists_those_there_are(
    regimes: Regimes,
) -> None:
    with pytest.raises(ClockRefused) as caught:
        regimes.named("parking")
    assert (caught.value.code, "children" in caught.value.citation) == ("unknown-regime", True)
    with pytest.raises(ClockRefused) as caught:
        regimes["eir"].clock("acknowledge")
    assert (caught.value.code, "respond" in caught.value.title) == ("unknown-clock", True)


@pytest.mark.parametrize(
    ("regime", "words"), [("compliment", "No statute"), ("service-request", "LGSCO Code 1.8")]
)
def test_given_a_regime_without_clocks_when_asked_then_it_says_that_no_law_sets_a_time(
    regimes: Regimes, calendar: Calendar, regime: str, words: str
) -> None:
    with pytest.raises(ClockRefused) as caught:
        due(regimes[regime], "respond", date(2026, 6, 1), [], calendar)
    assert "no statutory clock" in caught.value.title
    assert words in caught.value.citation


def test_given_a_letter_with_a_date_when_the_regime_lets_it_prevail_then_it_stands_and_nowhere_else(
    regimes: Regimes, calendar: Calendar
) -> None:
    letter, day = date(2026, 6, 2), date(2026, 6, 20)
    working = given(
        regimes["lgsco"], "enquiry_response", letter, day, note="The letter says so.", calendar=calendar
    )
    assert (working.due, working.arithmetic, working.act_by) == (day, "given", date(2026, 6, 19))
    with pytest.raises(ClockRefused) as caught:
        given(regimes["foi"], "respond", letter, day, note="Agreed.", calendar=calendar)
    assert caught.value.code == "no-given-date"


def test_given_a_refused_date_when_a_service_meets_it_then_it_is_a_refusal_like_any_other() -> None:
    assert issubclass(ClockRefused, Refused)
