"""The regimes of this release as the rules of a case ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from shared.rules.calendar import load_calendar
from shared.rules.regimes import Regime, Regimes, due, load_regimes
from shared.rules.regimes.rules import Kind


@dataclass(frozen=True, slots=True)
class RegimeRulebook:
    """A `Rulebook` over the regimes as data."""

    regimes: Regimes

    def triable(self) -> tuple[str, ...]:
        """Every regime but the Ombudsmen's own procedures."""
        return tuple(name for name, regime in self.regimes.items() if regime.kind is not Kind.OMBUDSMAN)

    def in_force(self, name: str, day: date) -> Regime:
        """The version for a case received that day."""
        return self.regimes.in_force(name, day)

    def version(self, name: str, version: str) -> Regime:
        """The version that a case was triaged to."""
        return self.regimes.version(name, version)

    def limit(self, regime: Regime, clock: str, base: date) -> date:
        """The last day of a time limit; the calendar that ships will do, since no holiday counts."""
        return due(regime, clock, base, (), load_calendar()).due


@cache
def load_rulebook() -> RegimeRulebook:
    """The rulebook of this release."""
    return RegimeRulebook(load_regimes())
