"""A request to a school is answered by the twentieth school day or the sixtieth working day: SI 2004/3364 reg 3(2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shared.rules.calendar.days import Calendar
from shared.rules.calendar.loading import load_calendar
from shared.rules.calendar.schools import Closed, School, Term
from shared.rules.regimes import Paused
from shared.rules.regimes.due_date import due
from shared.rules.regimes.loading import Regimes
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.working import Working

JULY = date(2026, 7, 10)


def rebuilt(until: date = date(2026, 12, 18)) -> School:
    """A school that is closed from half-term on, while it is rebuilt; its dates are known until a day."""
    works = Closed(first_day=date(2026, 5, 25), last_day=until, why="the school is rebuilt")
    term = Term(name="2026", first_day=date(2026, 4, 13), last_day=until, closed=(works,))
    return School(school="elm", name="Elm School", version=date(2026, 5, 1), source="a test", terms=(term,))


@pytest.fixture
def worked(regimes: Regimes, calendar: Calendar) -> Working:
    return due(regimes["foi-school"], "respond", JULY, [], calendar, school="oakfield")


def test_given_a_request_in_july_when_its_date_is_counted_then_the_summer_holiday_is_left_out(
    worked: Working,
) -> None:
    assert worked.due == date(2026, 9, 22)
    assert [(found.first_day, found.why, found.working_days) for found in worked.no_session] == [
        (date(2026, 7, 22), "between summer 2026 and autumn 2026", 27),
        (date(2026, 9, 1), "staff training", 2),
    ]


def test_given_a_request_in_july_when_somebody_asks_why_then_each_gap_says_its_reason(
    worked: Working,
) -> None:
    text = "\n".join(worked.lines())
    for words in (
        "20 school days from Friday 10 July 2026",
        "No session at Oakfield Primary School (between summer 2026 and autumn 2026): Wednesday 22 July 2026 to",
        "No session at Oakfield Primary School (staff training): Tuesday 1 September 2026 to Wednesday 2 Sept",
        "Bank holiday passed over: Monday 13 July 2026",
        "SI 2004/3364 reg 3(2)(a)",
        "Calendar: england-2026-11-21+oakfield.2026-07-01.",
    ):
        assert words in text


def test_given_an_ordinary_request_of_that_day_then_the_schools_have_no_part_in_it(
    regimes: Regimes, calendar: Calendar
) -> None:
    ordinary = due(regimes["foi"], "respond", JULY, [], load_calendar())
    assert due(regimes["foi"], "respond", JULY, [], calendar, school="oakfield") == ordinary
    assert (ordinary.due, ordinary.school) == (date(2026, 8, 11), None)
    review = due(regimes["foi-school"], "internal_review", date(2026, 9, 28), [], calendar, school="oakfield")
    assert (review.due, review.school) == (date(2026, 10, 26), None)


def test_given_a_school_that_stays_closed_then_the_sixtieth_working_day_comes_first(regimes: Regimes) -> None:
    calendar = load_calendar().with_schools([rebuilt()])
    found = due(regimes["foi-school"], "respond", date(2026, 5, 20), [], calendar, school="elm")
    latest = due(regimes["foi-school"], "respond_latest", date(2026, 5, 20), [], calendar)
    assert found.due == latest.due == date(2026, 8, 18)
    text = "\n".join(found.lines())
    assert "60 working days from Wednesday 20 May 2026" in text
    assert "It ends before 20 school days do" in text
    assert "(the school is rebuilt): Tuesday 26 May 2026 to Tuesday 18 August 2026" in text


def test_given_terms_that_are_known_until_the_sixtieth_working_day_then_that_is_enough(
    regimes: Regimes,
) -> None:
    for until, known in ((date(2026, 8, 18), True), (date(2026, 8, 17), False)):
        calendar = load_calendar().with_schools([rebuilt(until)])
        try:
            found = due(regimes["foi-school"], "respond", date(2026, 5, 20), [], calendar, school="elm")
        except ClockRefused:
            assert not known
        else:
            assert (known, found.due) == (True, date(2026, 8, 18))


@pytest.mark.parametrize(
    ("school", "code", "what_to_add"),
    [
        ("elm", "no-such-school", "name one of those that there are (oakfield), or add its file"),
        (None, "no-such-school", "no school is named"),
        ("oakfield", "no-term-dates", "add the terms that are missing to oakfield.toml"),
    ],
)
def test_given_a_school_without_the_dates_when_a_date_is_asked_then_it_says_what_to_add(
    regimes: Regimes, calendar: Calendar, school: str | None, code: str, what_to_add: str
) -> None:
    with pytest.raises(ClockRefused) as caught:
        due(regimes["foi-school"], "respond", date(2031, 12, 1), [], calendar, school=school)
    assert caught.value.code == code
    assert what_to_add in caught.value.title
    assert "SI 2004/3364" in caught.value.citation


def test_given_a_fees_notice_when_days_are_paused_then_both_counts_leave_them_out_s10_2(
    regimes: Regimes, calendar: Calendar
) -> None:
    pause = [Paused(date(2026, 7, 15), date(2026, 7, 16))]
    for clock, later in (("respond", 2), ("respond_latest", 2)):
        plain = due(regimes["foi-school"], clock, JULY, [], calendar, school="oakfield").due
        paused = due(regimes["foi-school"], clock, JULY, pause, calendar, school="oakfield").due
        assert paused - plain == timedelta(days=later)
