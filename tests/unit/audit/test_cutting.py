"""As at a moment, and what had happened by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.audit.application.timeline.cut import cut
from services.audit.application.timeline.moments import moment
from services.audit.application.timeline.order import in_order
from tests.unit.audit.histories import CASE, START, History, names

INTAKE, CLOCK = f"intake-{CASE}", f"deadlines-{CASE}"


def _history() -> History:
    history = History()
    history.tell("intake", {"opened": True}, recorded=START)
    history.tell("deadlines", {"started": True}, recorded=START + timedelta(seconds=1))
    history.tell("intake", {"acknowledged": True}, recorded=START + timedelta(days=3))
    history.tell(
        "intake",
        {"note": "a letter of last month"},
        recorded=START + timedelta(days=4),
        happened=START - timedelta(days=30),
    )
    return history


def test_as_at_before_the_acknowledgement_nothing_is_known_of_it() -> None:
    shown = cut(in_order(_history().rows()), START + timedelta(days=2), None)
    assert names(shown.shown) == [(INTAKE, 1), (CLOCK, 1)]
    assert shown.later == 2


def test_the_moment_of_recording_itself_is_shown() -> None:
    shown = cut(in_order(_history().rows()), START, None)
    assert names(shown.shown) == [(INTAKE, 1)]


def test_a_stream_is_cut_as_a_prefix_even_where_its_clock_was_set_back() -> None:
    history = History()
    history.tell("intake", {}, recorded=START)
    history.tell("intake", {}, recorded=START + timedelta(hours=2))
    history.tell("intake", {}, recorded=START + timedelta(hours=1))
    shown = cut(in_order(history.rows()), START + timedelta(hours=1), None)
    assert names(shown.shown) == [(INTAKE, 1)]
    assert shown.later == 2


def test_happened_by_shows_what_was_recorded_late() -> None:
    shown = cut(in_order(_history().rows()), None, START - timedelta(days=1))
    assert names(shown.shown) == [(INTAKE, 3)]
    assert (shown.later, shown.not_yet) == (0, 3)


def test_both_moments_together() -> None:
    shown = cut(in_order(_history().rows()), START + timedelta(days=3), START - timedelta(days=1))
    assert names(shown.shown) == []
    assert (shown.later, shown.not_yet) == (1, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22T09:30:00Z", datetime(2026, 11, 22, 9, 30, tzinfo=UTC)),
        ("2026-07-22T09:30:00", datetime(2026, 7, 22, 8, 30, tzinfo=UTC)),
        ("2026-07-22T09:30:00 01:00", datetime(2026, 7, 22, 8, 30, tzinfo=UTC)),
        ("2026-11-22", datetime(2026, 11, 22, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2026-07-22", datetime(2026, 7, 22, 22, 59, 59, 999999, tzinfo=UTC)),
        # The days on which the clocks change have 25 and 23 hours.
        ("2026-10-25", datetime(2026, 10, 25, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2026-03-29", datetime(2026, 3, 29, 22, 59, 59, 999999, tzinfo=UTC)),
    ],
)
def test_a_moment_is_an_instant_or_the_end_of_a_day_in_london(text: str, expected: datetime) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize("text", ["", "yesterday", "2026-02-30", "2026-11-22T25:00", "22/11/2026"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        moment(text)
