"""When a sender says that it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.adapters.adapter import Unreadable
from services.intake.adapters.moments import a_day, submitted_at
from services.intake.domain.incoming import SubmittedAt


def test_a_day_stays_a_day() -> None:
    assert submitted_at("2026-03-02", "") == SubmittedAt.day(date(2026, 3, 2))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-03-02T09:30:00Z", datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        ("2026-03-02t09:30:00z", datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        ("2026-03-02T09:30Z", datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        ("2026-07-02T09:30:00+01:00", datetime(2026, 7, 2, 8, 30, tzinfo=UTC)),
        ("2026-07-02T09:30:00+0000", datetime(2026, 7, 2, 9, 30, tzinfo=UTC)),
        ("2026-03-02T09:30:00.1234567Z", datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)),
        ("2026-03-02T09:30:00.5Z", datetime(2026, 3, 2, 9, 30, 0, 500000, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_in_every_form_that_senders_write(text: str, at: datetime) -> None:
    assert submitted_at(text, "") == SubmittedAt.minute(at)


@pytest.mark.parametrize(("text", "hour"), [("2026-07-02 09:30:00", 8), ("2026-01-02T09:30", 9)])
def test_a_time_without_a_zone_is_london_time(text: str, hour: int) -> None:
    moment = submitted_at(text, "")
    assert moment.at is not None
    assert moment.at.hour == hour


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-30",
        "2026-13-01",
        "02/03/2026",
        "2026-3-2",
        "20260302",
        "2026-W10-1",
        "2026-03-02T25:00:00Z",
        "2026-03-02T09:30:00+99:00",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "1899-12-31",
        "2200-01-01",
        "٢٠٢٦-٠٣-٠٢",
        "yesterday",
        "2026-03-02T",
        "1772443800",
        "2026-03-02T09:30:00.1234567890Z",
    ],
)
def test_what_is_no_day_and_no_instant_is_refused_where_it_stands(text: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        submitted_at(text, "/when")
    assert (refusal.value.code, refusal.value.pointer) == ("bad-date", "/when")


def test_where_a_day_is_asked_for_an_instant_is_refused() -> None:
    assert a_day("2026-03-02", "") == SubmittedAt.day(date(2026, 3, 2))
    with pytest.raises(Unreadable):
        a_day("2026-03-02T09:30:00Z", "")


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001
def test_every_instant_that_python_writes_is_read_back(local: datetime, minutes: int) -> None:
    offset = timedelta(minutes=minutes)
    text = (
        f"{local.isoformat(timespec='microseconds')}{'-' if minutes < 0 else '+'}{str(abs(offset))[:-3]:0>5}"
    )
    assert submitted_at(text, "").at == (local - offset).replace(tzinfo=UTC)
