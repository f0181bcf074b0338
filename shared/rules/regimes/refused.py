"""A date that the law doesn't give, or a change to a clock that it doesn't allow."""

from __future__ import annotations

from shared.kit.decider import Refused


class ClockRefused(Refused):
    """There is no such date. The citation says where that is written.

    Codes: `unknown-regime`, `unknown-clock`, `not-in-force`, `no-pause`, `pause-not-in-force`, `pause-reversed`,
    `pause-before-base`, `pause-after-end`, `pause-lapsed`, `pause-open`, `outside-calendar`, `no-such-school`,
    `no-term-dates`, `no-extension`, `extension-incomplete`, `extension-not-later`, `extension-too-long`,
    `extension-too-late`, `no-given-date`.
    """
