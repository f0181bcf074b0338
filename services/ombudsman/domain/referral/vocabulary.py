"""What each Ombudsman calls things: their procedures, and the words of their decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from shared.kit.decider import Refused
from shared.rules.regimes.rules import Regime


class Procedures(Protocol):
    """Regimes by name, in the version of a day or of a number."""

    def in_force(self, name: str, day: date) -> Regime:
        """The version for what begins that day."""
        ...

    def version(self, name: str, version: str) -> Regime:
        """The version that something started under."""
        ...


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The Ombudsmen that there are: `outcomes` has the words of their decisions, by name."""

    procedures: Procedures
    outcomes: Mapping[str, tuple[str, ...]]

    def names(self) -> tuple[str, ...]:
        return tuple(self.outcomes)

    def procedure(self, ombudsman: str, day: date) -> Regime:
        """An Ombudsman's procedure as it stood on a day.

        Raises:
            Refused: there is no such Ombudsman.
        """
        if ombudsman not in self.outcomes:
            known = ", ".join(self.names())
            raise Refused(
                "no-such-ombudsman", f"There is no Ombudsman {ombudsman!r} here; there are {known}."
            )
        return self.procedures.in_force(ombudsman, day)

    def letters(self, ombudsman: str, version: str) -> tuple[str, ...]:
        """The letters that ask for an answer: the procedure's clocks whose date a letter names."""
        clocks = self.procedures.version(ombudsman, version).clocks
        return tuple(clock.name for clock in clocks if clock.given_date)
