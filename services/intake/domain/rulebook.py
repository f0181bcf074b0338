"""What the rules of a case ask of the regimes. Nothing here knows a regime by its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.kit.decider import Refused
from shared.rules.calendar.days import Calendar
from shared.rules.regimes import ClockRefused, Regime, Regimes, Trigger, due
from shared.rules.regimes.checking import RECEIVED
from shared.rules.regimes.policy import Policy
from shared.rules.regimes.refused import NO_SUCH_SCHOOL, NO_TERM_DATES
from shared.rules.regimes.rules import Kind


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The regimes as data, what the council has set itself, and the calendar that ships with its schools."""

    regimes: Regimes
    calendar: Calendar
    policy: Policy

    def triable(self) -> tuple[str, ...]:
        """The regimes that a case can be triaged to: all but the Ombudsmen's own procedures."""
        return tuple(name for name, regime in self.regimes.items() if regime.kind is not Kind.OMBUDSMAN)

    def in_force(self, name: str, day: date) -> Regime:
        """The version for a case received that day. Only for names out of `triable`."""
        return self.regimes.in_force(name, day)

    def version(self, name: str, version: str) -> Regime:
        return self.regimes.version(name, version)

    def limit(self, regime: Regime, clock: str, base: date) -> date:
        """The last day of a time limit that counts months from a recorded day: no holiday moves it."""
        return due(regime, clock, base, (), self.calendar).due

    def schools(self) -> tuple[str, ...]:
        """The words for the schools whose term dates are known."""
        return tuple(school.school for school in self.calendar.schools)

    def without_days(self, regime: Regime, school: str | None, received_on: date) -> Refused | None:
        """Why the clocks that count from the receipt have no dates at that school; None where they have."""
        for clock in regime.started_by(Trigger(RECEIVED)):
            try:
                due(regime, clock.name, received_on, (), self.calendar, school=school)
            except ClockRefused as refused:
                if refused.code in {NO_SUCH_SCHOOL, NO_TERM_DATES}:
                    return refused
        return None


def first_stage(regime: Regime) -> str:
    """The stage in which a case of this regime begins."""
    return regime.stages[0].name
