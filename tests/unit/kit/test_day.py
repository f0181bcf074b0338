"""A test that counts in days sees no midnight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from shared.rules.calendar.london import london_day
from tests.kit.day import A_TEST, too_late

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2026, 1, 31, 12, tzinfo=UTC),
        datetime(2026, 7, 31, 22, 58, tzinfo=UTC),  # two minutes to midnight in London
        datetime(2026, 7, 31, 23, tzinfo=UTC),  # a new day there
    ],
)
def test_the_day_on_which_it_begins_outlasts_it(moment: datetime) -> None:
    begins = moment + too_late(moment)
    assert begins - moment < A_TEST
    assert london_day(begins) == london_day(begins + A_TEST - SECOND)
    assert not too_late(begins)


def test_just_before_midnight_it_begins_with_the_new_day_and_else_at_once() -> None:
    late = datetime(2026, 7, 31, 22, 58, tzinfo=UTC)
    assert late + too_late(late) == datetime(2026, 7, 31, 23, tzinfo=UTC)
    assert not too_late(datetime(2026, 7, 31, 12, tzinfo=UTC))
