"""What several commands to a referral look at."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.ombudsman.domain.referral.state import ReferralState
from shared.kit.decider import Refused


def open_referral_of(state: ReferralState) -> UUID:
    """The referral, if it was opened and isn't decided.

    Raises:
        Refused: `no-referral`, `decided`.
    """
    if state.referral is None:
        raise Refused("no-referral", "No such referral has been recorded: open it first.")
    if state.outcome is not None:
        raise Refused("decided", "The Ombudsman has decided this referral.")
    return state.referral


def check_day(day: date, today: date, since: date | None = None) -> None:
    """A London day that an officer gives.

    Raises:
        Refused: `in-the-future`; `too-early`, before it began.
    """
    if day > today:
        raise Refused("in-the-future", f"{day.isoformat()} is still in the future.")
    if since is not None and day < since:
        raise Refused("too-early", f"{day.isoformat()} is before {since.isoformat()}, when it began.")
