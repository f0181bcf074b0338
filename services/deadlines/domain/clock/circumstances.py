"""What every decision is told about the world: the day, the calendar, the regimes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from shared.rules.calendar.days import Calendar
from shared.rules.regimes.rules import Regime


class RegimeBook(Protocol):
    """Every version of every regime."""

    def version(self, name: str, version: str, /) -> Regime:
        """That version. Raises `ClockRefused` (`unknown-regime`)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """The London day of the decision, today's calendar and the regimes."""

    today: date
    calendar: Calendar
    regimes: RegimeBook
