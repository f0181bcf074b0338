"""When a sender says that something was submitted: a day, or an instant of RFC 3339."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from services.intake.adapters.adapter import Unreadable
from services.intake.domain.incoming import SubmittedAt
from shared.rules.calendar.london import LONDON

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)
_YEARS: Final = range(1900, 2200)


def submitted_at(text: str, pointer: str) -> SubmittedAt:
    """`2026-03-02`, or `2026-03-02T23:59:30.1234567Z`; seconds may be missing, and without a zone it is London time.

    Raises:
        Unreadable: there is no such day or time, or its year is before 1900 or after 2199.
    """
    text = text.strip()
    try:
        moment = SubmittedAt.day(date.fromisoformat(text)) if _DAY.fullmatch(text) else _instant(text)
    except (ValueError, OverflowError) as error:
        raise _refusal(pointer) from error
    day = moment.on or (moment.at and moment.at.date())
    if day is None or day.year not in _YEARS:
        raise _refusal(pointer)
    return moment


def a_day(text: str, pointer: str) -> SubmittedAt:
    """A day alone, such as `2026-03-02`. Raises Unreadable, also for a time."""
    if not _DAY.fullmatch(text):
        raise _refusal(pointer)
    return submitted_at(text, pointer)


def _instant(text: str) -> SubmittedAt:
    found = _INSTANT.fullmatch(text)
    if found is None:
        raise ValueError("neither a day nor an instant")
    day, minute, second, fraction, zone = found.groups()
    at = datetime.fromisoformat(
        f"{day}T{minute}{second or ':00'}{(fraction or '')[:7]}{(zone or '').upper()}"
    )
    return SubmittedAt.minute(at if at.tzinfo else at.replace(tzinfo=LONDON))


def _refusal(pointer: str) -> Unreadable:
    return Unreadable(
        "bad-date",
        "A date or time can't be read.",
        pointer,
        "A day such as 2026-03-02 or an instant such as 2026-03-02T09:30:00Z, between 1900 and 2199.",
    )
