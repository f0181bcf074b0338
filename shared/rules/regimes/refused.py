"""A date that the law doesn't give, or a change to a clock that it doesn't allow."""

from __future__ import annotations

from typing import Final

from shared.kit.decider import Refused

OUTSIDE_CALENDAR: Final = "outside-calendar"
NO_SUCH_SCHOOL: Final = "no-such-school"
NO_TERM_DATES: Final = "no-term-dates"
"""Codes of dates that can't be worked out for want of data."""


class ClockRefused(Refused):
    """There is no such date. The citation says where that is written.

    Codes: `unknown-regime`, `unknown-clock`, `not-in-force`, `no-pause`, `pause-not-in-force`, `pause-reversed`,
    `pause-before-base`, `pause-after-end`, `pause-lapsed`, `pause-open`, `outside-calendar`, `no-such-school`,
    `no-term-dates`, `no-extension`, `extension-incomplete`, `extension-not-later`, `extension-too-long`,
    `extension-too-late`, `no-given-date`.
    """
