"""The London day, for tests that count in days beside a system that does."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Final

from shared.rules.calendar.london import london_day, start_of

A_TEST: Final = timedelta(minutes=3)
"""No test that counts in days takes longer."""


def today() -> date:
    """The day."""
    return london_day(datetime.now(UTC))


def tomorrow() -> date:
    """The next."""
    return today() + timedelta(days=1)


def yesterday() -> date:
    """The one before."""
    return today() - timedelta(days=1)


def too_late(moment: datetime) -> timedelta:
    """How long a test that would begin at that moment waits for midnight, so as not to see it; mostly not at all."""
    left = start_of(london_day(moment) + timedelta(days=1)) - moment
    return left if left < A_TEST else timedelta()


def let_midnight_pass() -> None:
    """Returns when the day is longer than a test."""
    while waits := too_late(datetime.now(UTC)):
        time.sleep(waits.total_seconds())
