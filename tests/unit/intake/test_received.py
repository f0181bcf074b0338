"""On which day a contact counts as received."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.intake.domain.days import a_year_before
from services.intake.domain.incoming import IncomingAttachment, SubmittedAt
from services.intake.domain.received import instant_of, receipt
from shared.rules.calendar.london import london_day

NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
TODAY = date(2026, 7, 1)


def test_without_a_date_it_counts_today() -> None:
    found = receipt(SubmittedAt(), NOW, believed=True)
    assert (found.received_on, found.said_by, found.doubtful) == (TODAY, "redress", False)


def test_a_strangers_date_is_not_believed_and_shown() -> None:
    found = receipt(SubmittedAt.day(date(2026, 6, 1)), NOW, believed=False)
    assert (found.received_on, found.said_by, found.doubtful) == (TODAY, "redress", False)
    assert found.claimed_on == date(2026, 6, 1)
    same = receipt(SubmittedAt.day(TODAY), NOW, believed=False)
    assert same.claimed_on is None


@pytest.mark.parametrize("year", [1, 1900, 1970])
def test_what_programs_write_for_no_date_is_none(year: int) -> None:
    found = receipt(SubmittedAt.day(date(year, 1, 1)), NOW, believed=True)
    assert (found.received_on, found.claimed_on, found.doubtful) == (TODAY, None, False)


def test_one_minute_to_midnight_in_london_still_counts_that_day() -> None:
    """Berend v ICO & LB Richmond; 23:59 in summer is 22:59 UTC."""
    found = receipt(SubmittedAt.minute(datetime(2026, 6, 29, 22, 59, tzinfo=UTC)), NOW, believed=True)
    assert (found.received_on, found.precision) == (date(2026, 6, 29), "minute")
    later = receipt(SubmittedAt.minute(datetime(2026, 6, 29, 23, 0, tzinfo=UTC)), NOW, believed=True)
    assert later.received_on == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("day", "received_on", "claimed_on", "doubtful"),
    [
        (date(2026, 7, 2), TODAY, date(2026, 7, 2), True),
        (date(2026, 7, 1), TODAY, None, False),
        (date(2025, 7, 1), date(2025, 7, 1), None, False),
        (date(2025, 6, 30), date(2025, 6, 30), None, True),
    ],
)
def test_a_believed_day_ahead_counts_as_today_and_one_more_than_a_year_back_is_taken_and_both_are_doubtful(
    day: date, received_on: date, claimed_on: date | None, doubtful: bool
) -> None:
    found = receipt(SubmittedAt.day(day), NOW, believed=True)
    assert (found.received_on, found.claimed_on, found.doubtful) == (received_on, claimed_on, doubtful)


def test_a_clock_that_is_fast_by_minutes_never_makes_a_receipt_in_the_future() -> None:
    found = receipt(SubmittedAt.minute(datetime(2026, 7, 1, 9, 5, tzinfo=UTC)), NOW, believed=True)
    assert (found.received_on, found.received_at) == (TODAY, NOW)


def test_a_day_alone_has_no_time_and_happened_from_its_first_instant() -> None:
    found = receipt(SubmittedAt.day(date(2026, 6, 1)), NOW, believed=True, said_by="officer")
    assert (found.precision, found.received_at, found.said_by) == ("day", None, "officer")
    assert instant_of(found) == datetime(2026, 5, 31, 23, 0, tzinfo=UTC)


def test_a_year_before_the_leap_day_is_the_28th() -> None:
    assert a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)


def test_an_instant_without_a_zone_is_refused() -> None:
    for read in (london_day, SubmittedAt.minute):
        with pytest.raises(ValueError, match="zone"):
            read(datetime(2026, 7, 1, 9, 0))  # noqa: DTZ001  that is the point


def test_an_attachment_is_bytes_or_an_address() -> None:
    assert IncomingAttachment(name="empty.txt", content=b"").content == b""
    for wrong in ({}, {"content": b"x", "url": "https://example.org/x"}):
        with pytest.raises(ValueError, match="either"):
            IncomingAttachment(name="x", **wrong)  # type: ignore[arg-type]
