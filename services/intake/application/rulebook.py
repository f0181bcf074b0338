"""The regimes of this release as the rules of a case ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from shared.kit.decider import Refused
from shared.rules.calendar import Calendar, load_calendar
from shared.rules.calendar.schools import load_schools
from shared.rules.regimes import ClockRefused, Regime, Regimes, Trigger, due, load_regimes
from shared.rules.regimes.checking import RECEIVED
from shared.rules.regimes.policy import Policy, load_policy
from shared.rules.regimes.refused import NO_SUCH_SCHOOL, NO_TERM_DATES
from shared.rules.regimes.rules import Kind


@dataclass(frozen=True, slots=True)
class RegimeRulebook:
    """A `Rulebook` over the regimes as data, and the calendar that ships with the council's schools."""

    regimes: Regimes
    calendar: Calendar
    policy: Policy

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
        return due(regime, clock, base, (), self.calendar).due

    def schools(self) -> tuple[str, ...]:
        """The schools whose terms are known."""
        return tuple(school.school for school in self.calendar.schools)

    def without_days(self, regime: Regime, school: str | None, received_on: date) -> Refused | None:
        """Why the school's days aren't known for the clocks that count from the receipt; None where they are."""
        for clock in regime.started_by(Trigger(RECEIVED)):
            try:
                due(regime, clock.name, received_on, (), self.calendar, school=school)
            except ClockRefused as refused:
                if refused.code in {NO_SUCH_SCHOOL, NO_TERM_DATES}:
                    return refused
        return None


@cache
def load_rulebook(schools: Path | None = None) -> RegimeRulebook:
    """The rulebook of this release, with the schools of that folder. Raises `RuleFileError`."""
    calendar = load_calendar().with_schools(load_schools(schools))
    return RegimeRulebook(load_regimes(), calendar, load_policy())
