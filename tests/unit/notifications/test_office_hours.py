"""Reminders leave in the office hours that the council has set."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.notifications.domain.office_hours import OfficeHours
from shared.calendar import Region, load_calendar

LONDON = ZoneInfo("Europe/London")
HOURS = OfficeHours.parse("Mon-Fri 09:00-17:00")


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("2026-12-01T09:00", "2026-12-01T09:00"),
        ("2026-12-01T16:59", "2026-12-01T16:59"),
        ("2026-12-01T17:00", "2026-12-02T09:00"),
        ("2026-12-01T03:00", "2026-12-01T09:00"),
        ("2026-12-04T17:30", "2026-12-07T09:00"),
        ("2026-12-05T12:00", "2026-12-07T09:00"),
        ("2026-12-24T18:00", "2026-12-29T09:00"),
        ("2026-07-01T08:30", "2026-07-01T09:00"),
    ],
    ids=["opening", "last-minute", "closing", "night", "friday-evening", "saturday", "christmas", "summer"],
)
def test_outside_the_hours_the_next_opening_is_waited_for(asked: str, answer: str) -> None:
    calendar = load_calendar()
    found = HOURS.next_open(
        london(asked), lambda day: calendar.holiday(day, Region.ENGLAND_AND_WALES) is not None
    )
    assert found == london(answer)


def test_all_hours_are_open() -> None:
    night = london("2026-12-25T03:00")
    assert OfficeHours.parse("all").next_open(night, lambda _: True) == night


def test_each_weekday_may_have_hours_of_its_own() -> None:
    hours = OfficeHours.parse("Mon-Thu 8:30-24:00, Fri 08:30-16:00")
    evening = london("2026-12-03T23:59")
    assert hours.next_open(evening, lambda _: False) == evening
    assert hours.next_open(london("2026-12-04T16:00"), lambda _: False) == london("2026-12-07T08:30")


@pytest.mark.parametrize(
    "setting", ["", "9-5", "Fri-Mon 09:00-17:00", "Mon-Fri 17:00-09:00", "Mon-Fry 09:00-17:00"]
)
def test_hours_that_cannot_be_are_refused(setting: str) -> None:
    with pytest.raises(ValueError, match="office hours"):
        OfficeHours.parse(setting)
