"""What the rules of a case ask of the regimes. Nothing here knows a regime by its name."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from shared.kit.decider import Refused
from shared.rules.regimes.policy import Policy
from shared.rules.regimes.rules import Regime


class Rulebook(Protocol):
    """The regimes as data: `services.intake.rulebook` reads them, specs make their own."""

    @property
    def policy(self) -> Policy:
        """What the council has set itself."""
        ...

    def triable(self) -> tuple[str, ...]:
        """The names of the regimes that a case can be triaged to."""
        ...

    def in_force(self, name: str, day: date) -> Regime:
        """The version for a case received that day. Only for names out of `triable`."""
        ...

    def version(self, name: str, version: str) -> Regime:
        """The version that a case was triaged to."""
        ...

    def limit(self, regime: Regime, clock: str, base: date) -> date:
        """The last day of a time limit that counts months from a recorded day: no bank holiday moves it."""
        ...

    def schools(self) -> tuple[str, ...]:
        """The words for the schools whose term dates are known."""
        ...

    def without_days(self, regime: Regime, school: str | None, received_on: date) -> Refused | None:
        """Why the regime's clocks have no dates at that school, and what to add; None where they have."""
        ...


def first_stage(regime: Regime) -> str:
    """The stage in which a case of this regime begins."""
    return regime.stages[0].name
