"""Two computations that share only the list of days have to agree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.rules.regimes.arithmetic import Paused
from shared.rules.regimes.due_date import due
from shared.rules.regimes.loading import load_regimes
from shared.rules.regimes.refused import ClockRefused
from tests.unit.rules.regimes.conftest import SCHOOL, calendar_with_schools, list_of_days
from tests.unit.rules.regimes.walker import RULES, NoDate, walk

REGIMES, CALENDAR = load_regimes(), calendar_with_schools()
DAYS = list_of_days(CALENDAR)

Span = tuple[date, date]
CLOCKS = sorted(RULES)
PAUSABLE = [key for key in CLOCKS if RULES[key][2]]
BASES = st.dates(date(2024, 1, 1), date(2031, 12, 31))
OFFSETS = st.tuples(st.integers(0, 45), st.integers(0, 25))


def asked(regime: str, clock: str, base: date, spans: list[Span]) -> date | None:
    pauses = [Paused(start, end) for start, end in spans]
    try:
        return due(REGIMES[regime], clock, base, pauses, CALENDAR, school=SCHOOL).due
    except ClockRefused:
        return None


def walked(regime: str, clock: str, base: date, spans: list[Span]) -> date | None:
    try:
        return walk(regime, clock, base, spans, DAYS)
    except NoDate:
        return None


def test_given_the_table_of_the_walker_when_it_is_compared_then_it_names_every_clock() -> None:
    assert {(regime.name, clock.name) for regime in REGIMES.values() for clock in regime.clocks} == set(RULES)


@settings(max_examples=1000, deadline=None)
@given(key=st.sampled_from(CLOCKS), base=BASES)
def test_given_any_clock_and_any_day_when_both_compute_then_they_agree(
    key: tuple[str, str], base: date
) -> None:
    regime, clock = key
    assert asked(regime, clock, base, []) == walked(regime, clock, base, [])


@settings(max_examples=1500, deadline=None)
@given(key=st.sampled_from(PAUSABLE), base=BASES, offsets=st.lists(OFFSETS, min_size=1, max_size=3))
def test_given_any_pauses_overlapping_or_late_when_both_compute_then_they_agree(
    key: tuple[str, str],
    base: date,
    offsets: list[tuple[int, int]],
) -> None:
    regime, clock = key
    spans = [
        (base + timedelta(days=after), base + timedelta(days=after + length)) for after, length in offsets
    ]
    assert asked(regime, clock, base, spans) == walked(regime, clock, base, spans)


@pytest.mark.parametrize("year", [2026, 2028])
def test_given_every_day_of_a_year_when_both_compute_every_clock_then_they_agree(year: int) -> None:
    base = date(year, 1, 1)
    while base.year == year:
        for regime, clock in CLOCKS:
            expected = walked(regime, clock, base, [])
            assert asked(regime, clock, base, []) == expected, (regime, clock, base)
        base += timedelta(days=1)


@settings(max_examples=500, deadline=None)
@given(
    key=st.sampled_from(PAUSABLE), base=st.dates(date(2026, 2, 5), date(2031, 6, 1)), late=st.integers(1, 9)
)
def test_given_a_clock_with_a_pause_when_the_pause_grows_by_days_then_the_date_never_comes_earlier(
    key: tuple[str, str], base: date, late: int
) -> None:
    regime, clock = key
    start = base + timedelta(days=3)
    dates = [asked(regime, clock, base, [(start, start + timedelta(days=days))]) for days in (0, late)]
    plain = asked(regime, clock, base, [])
    assert None not in dates
    assert plain is not None
    assert plain <= dates[0] <= dates[1]  # type: ignore[operator]
