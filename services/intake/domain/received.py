"""On which day a contact counts as received, and on whose word. Everything statutory counts from this day."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services.intake.domain.days import a_year_before
from services.intake.domain.incoming import SubmittedAt
from shared.contracts.intake import Receipt
from shared.rules.calendar.london import london_day, start_of

_NO_DAY: Final = 1970
"""Years up to this are how programs write that they have no date: 0001, 1900 and 1970 above all."""


def receipt(submitted: SubmittedAt, now: datetime, *, believed: bool, said_by: str = "sender") -> Receipt:
    """The receipt of a contact that reached us at `now`.

    A day that came with it counts only where it is `believed`: from a channel that is the council's own, or from an
    officer who writes down a call or opens the post (`said_by` is then `officer`). Otherwise today counts, and so it
    does for a day in the future; the claimed day is kept. A person has to look at a believed day that lies in the
    future or more than a year back: it is marked doubtful.
    """
    today = london_day(now)
    ours = Receipt(received_on=today, received_at=now, precision="minute", said_by="redress")
    day = london_day(submitted.at) if submitted.at is not None else submitted.on
    if day is None or day.year <= _NO_DAY:
        return ours
    if day > today or not believed:
        claimed = {"claimed_on": None if day == today else day, "doubtful": believed}
        return ours.model_copy(update=claimed)
    at = None if submitted.at is None else min(submitted.at, now)
    return Receipt(
        received_on=day,
        received_at=at,
        precision="day" if at is None else "minute",
        said_by=said_by,
        doubtful=day < a_year_before(today),
    )


def instant_of(receipt: Receipt) -> datetime:
    """When the receipt happened, as exactly as it is known: a day alone gives its first instant."""
    return start_of(receipt.received_on) if receipt.received_at is None else receipt.received_at
