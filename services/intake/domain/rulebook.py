"""What the rules of a case ask of the regimes. Nothing here knows a regime by its name."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from shared.rules.regimes.policy import Policy
from shared.rules.regimes.rules import LetterKind, Regime


class Rulebook(Protocol):
    """The regimes as data: `services.intake.rulebook` reads them, specs make their own."""

    @property
    def policy(self) -> Policy:
        """What the council has set itself."""
        ...

    def triable(self) -> tuple[str, ...]:
        """The names of the regimes that a case can be triaged to."""
        ...

    def refusable(self) -> tuple[str, ...]:
        """The names of those under which a matter can be refused: somebody may be asked about it."""
        ...

    def in_force(self, name: str, day: date) -> Regime:
        """The version for a case received that day. Only for names out of `triable`."""
        ...

    def version(self, name: str, version: str) -> Regime:
        """The version that a case was triaged to."""
        ...


def first_stage(regime: Regime) -> str:
    """The stage in which a case of this regime begins."""
    return regime.stages[0].name


def refusal_citation(regime: Regime) -> str:
    """The rule that says how a matter is refused: the refusal letter's, else the regime's own."""
    letters = (letter for letter in regime.letters if letter.kind is LetterKind.REFUSAL)
    return next((letter.citation for letter in letters), regime.citation)
