"""The moment that a timeline is cut at, as people write it: an instant, or a day in London."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from shared.rules.calendar.london import LONDON

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_BLANK_FOR_PLUS: Final = re.compile(r" (?=\d{2}:?\d{2}$)")
_LAST: Final = timedelta(microseconds=1)  # instants are kept to the microsecond


def moment(text: str) -> datetime:
    """The last microsecond that counts, in UTC.

    `2026-11-22` is the end of that day in London. An instant without a zone is London's; one whose plus sign
    became a blank on the way (`2026-11-22T09:30:00 00:00`) is understood.

    Raises:
        ValueError: it is neither.
    """
    if _DAY.fullmatch(text):
        day_after = date.fromisoformat(text) + timedelta(days=1)
        return datetime.combine(day_after, time(), LONDON).astimezone(UTC) - _LAST
    found = datetime.fromisoformat(_BLANK_FOR_PLUS.sub("+", text))
    return (found if found.tzinfo else found.replace(tzinfo=LONDON)).astimezone(UTC)
