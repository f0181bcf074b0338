"""What a decision about clocks is given besides command and state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from shared.rules.calendar.days import Calendar
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.rules import Regime


class RegimeBook(Protocol):
    """Every version of every regime."""

    def version(self, name: str, version: str, /) -> Regime:
        """That version. Raises `ClockRefused` (`unknown-regime`)."""
        ...


class UnknownRegime(LookupError):
    """A case goes under a regime that this program doesn't have: an older release runs beside a newer one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The circumstances of a decision.

    Attributes:
        today: the London day.
        calendar: today's.
        case_id: whose key seals texts while nobody has said whose matter it is.
    """

    today: date
    calendar: Calendar
    regimes: RegimeBook
    case_id: UUID

    def regime(self, name: str, version: str) -> Regime:
        """The version of a regime that a fact or a run names. Raises `UnknownRegime`."""
        try:
            return self.regimes.version(name, version)
        except ClockRefused as refused:
            raise UnknownRegime(refused.title) from refused
