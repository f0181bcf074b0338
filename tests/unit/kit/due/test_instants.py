"""A London date and time is one instant, also on the two Sundays on which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kit.due import london_instant
from shared.kit.due.instants import LONDON


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        (date(2026, 1, 15), time(9), datetime(2026, 1, 15, 9, tzinfo=UTC)),
        (date(2026, 7, 15), time(9), datetime(2026, 7, 15, 8, tzinfo=UTC)),
        # Clocks go forward on 29 March 2026: 01:00 becomes 02:00.
        (date(2026, 3, 28), time(9), datetime(2026, 3, 28, 9, tzinfo=UTC)),
        (date(2026, 3, 29), time(0, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (date(2026, 3, 29), time(1, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 3, 29), time(9), datetime(2026, 3, 29, 8, tzinfo=UTC)),
        (date(2026, 3, 30), time(0), datetime(2026, 3, 29, 23, tzinfo=UTC)),
        # Clocks go back on 25 October 2026: 02:00 becomes 01:00, and the first 01:30 counts.
        (date(2026, 10, 25), time(0, 30), datetime(2026, 10, 24, 23, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        (date(2026, 10, 25), time(9), datetime(2026, 10, 25, 9, tzinfo=UTC)),
        (date(2026, 10, 26), time(0), datetime(2026, 10, 26, 0, tzinfo=UTC)),
    ],
)
def test_the_instant_of_a_london_clock(day: date, at: time, instant: datetime) -> None:
    assert london_instant(day, at) == instant


def test_the_second_of_two_equal_hours_is_never_meant() -> None:
    twice = time(1, 30)
    assert london_instant(date(2026, 10, 25), twice.replace(fold=1)) == london_instant(
        date(2026, 10, 25), twice
    )


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.times().filter(lambda at: at.hour != 1))
def test_a_london_clock_shows_the_time_that_was_asked_for(day: date, at: time) -> None:
    shown = london_instant(day, at).astimezone(LONDON)
    assert (shown.date(), shown.time().replace(fold=0)) == (day, at.replace(fold=0))


def test_a_time_with_a_zone_of_its_own_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zone of its own"):
        london_instant(date(2026, 1, 1), time(9, tzinfo=UTC))
