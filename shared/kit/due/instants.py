"""From a London date and a time on the clock to the instant at which a timer goes off."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")


def london_instant(day: date, at: time) -> datetime:
    """The instant, in UTC, at which a London clock shows `at` on `day`.

    On the last Sunday of October an hour comes twice: the first of the two counts. On the last Sunday of March an
    hour is left out: a time in it counts as the same time by the winter clock, an hour later by the new one.

    Raises:
        ValueError: `at` has a zone of its own.
    """
    if at.tzinfo is not None:
        raise ValueError(f"{at} has a zone of its own; London's is meant")
    return datetime.combine(day, at.replace(fold=0), LONDON).astimezone(UTC)
