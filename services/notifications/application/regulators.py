"""The Ombudsman or Commissioner whom a regime's letters name, with their public addresses. Data, not code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Regulator:
    """Whom a customer may turn to, outside the council."""

    name: str
    website: str
    phone: str


def regulator_of(regime: str) -> Regulator | None:
    """Whom this regime's letters name; None where nobody outside the council decides such matters."""
    return _by_regime().get(regime)


@cache
def _by_regime() -> dict[str, Regulator]:
    text = (files("services.notifications.data") / "regulators.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    known = {name: Regulator(**entry) for name, entry in table["regulators"].items()}
    return {regime: known[name] for regime, name in table["named_by"].items()}
