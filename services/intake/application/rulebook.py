"""The regimes of this release as the rules of a case ask for them."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from shared.rules.regimes import Regime, Regimes, load_regimes
from shared.rules.regimes.rules import Kind


class RegimeRulebook:
    """A `Rulebook` over the regimes as data and the bodies that a refusal can be taken to."""

    def __init__(self, regimes: Regimes, ombudsmen: dict[str, str]) -> None:
        """`ombudsmen`: full names by regime. Raises ValueError for a regime that there isn't."""
        unknown = set(ombudsmen) - set(regimes)
        if unknown:
            raise ValueError(f"no such regimes: {', '.join(sorted(unknown))}")
        self._regimes = regimes
        self._ombudsmen = ombudsmen

    def triable(self) -> tuple[str, ...]:
        """Every regime but the Ombudsmen's own procedures."""
        return tuple(name for name, regime in self._regimes.items() if regime.kind is not Kind.OMBUDSMAN)

    def refusable(self) -> tuple[str, ...]:
        """Those under which somebody may be asked about a refusal."""
        return tuple(name for name in self.triable() if name in self._ombudsmen)

    def in_force(self, name: str, day: date) -> Regime:
        """The version for a case received that day."""
        return self._regimes.in_force(name, day)

    def version(self, name: str, version: str) -> Regime:
        """The version that a case was triaged to."""
        return self._regimes.version(name, version)

    def ombudsman(self, name: str) -> str:
        """Who may be asked about a refusal under this regime."""
        return self._ombudsmen[name]


@cache
def load_rulebook() -> RegimeRulebook:
    """The rulebook of this release."""
    text = (files("services.intake.data") / "ombudsmen.toml").read_text(encoding="utf-8")
    return RegimeRulebook(load_regimes(), tomllib.loads(text))
