"""The Ombudsman or Commissioner whom a regime's letters name, with their public addresses. Data, not code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Body:
    """Whom a customer may turn to, outside the council."""

    name: str
    website: str
    phone: str


def body_for(regime: str) -> Body | None:
    """The body that this regime's letters name; None where nobody outside the council decides such matters."""
    return _bodies().get(regime)


@cache
def _bodies() -> dict[str, Body]:
    table = tomllib.loads((files(__package__) / "bodies.toml").read_text(encoding="utf-8"))
    known = {name: Body(**entry) for name, entry in table["bodies"].items()}
    return {regime: known[name] for regime, name in table["named_by"].items()}
