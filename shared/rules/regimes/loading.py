"""Reads the regimes: one TOML file a version, any number of versions a regime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from shared.rules.regimes.reading import read_regime
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.rules import Regime
from shared.rules.tables import RuleFileError


class Regimes(Mapping[str, Regime]):
    """Every regime by its name, in its newest version; older versions by name and version."""

    def __init__(self, regimes: Iterable[Regime]) -> None:
        self._versions: dict[str, dict[str, Regime]] = {}
        for regime in sorted(regimes, key=lambda found: (found.name, found.effective_from)):
            versions = self._versions.setdefault(regime.name, {})
            if regime.version in versions:
                raise RuleFileError(f"{regime.name} version {regime.version} stands twice")
            versions[regime.version] = regime

    def __getitem__(self, name: str) -> Regime:
        return list(self._versions[name].values())[-1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._versions)

    def __len__(self) -> int:
        return len(self._versions)

    def named(self, name: str) -> Regime:
        """The newest version. Raises `ClockRefused` (`unknown-regime`)."""
        if name not in self:
            raise ClockRefused(
                "unknown-regime", f"there is no regime {name!r}", f"the regimes are {', '.join(self)}"
            )
        return self[name]

    def version(self, name: str, version: str) -> Regime:
        """The version that a case started under. Raises `ClockRefused` (`unknown-regime`)."""
        found = self._versions.get(name, {}).get(version)
        if found is None:
            raise ClockRefused(
                "unknown-regime", f"there is no version {version!r} of {name!r}", self.named(name).citation
            )
        return found

    def in_force(self, name: str, day: date) -> Regime:
        """The version for a case that is received that day; the oldest for anything before it."""
        self.named(name)
        versions = list(self._versions[name].values())
        return next((found for found in reversed(versions) if found.effective_from <= day), versions[0])


@cache
def load_regimes() -> Regimes:
    """The regimes of this release. Raises `RuleFileError`."""
    entries = sorted(files("shared.rules.regimes").iterdir(), key=lambda entry: entry.name)
    return Regimes(
        read_regime(entry.name, entry.read_text(encoding="utf-8"))
        for entry in entries
        if entry.name.endswith(".toml")
    )
