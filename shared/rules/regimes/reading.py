"""From the text of a file of rules to its model: every key known, every name one that is given."""

from __future__ import annotations

from typing import TypeVar

from shared.rules.regimes.checking import faults
from shared.rules.regimes.rules import Ladders, Regime
from shared.rules.regulators import load_regulators
from shared.rules.tables import RuleFileError, Table, parse, read

M = TypeVar("M", bound=Table)


def read_rules(where: str, text: str, model: type[M]) -> M:
    """A file whose clocks name its ladders. `where` names the file in errors. Raises `RuleFileError`."""
    told = parse(where, text)
    ladders = read(where, {"ladders": told.pop("ladders", {})}, Ladders).ladders
    return read(where, told, model, {"ladder": ladders, "regulator": load_regulators()})


def read_regime(where: str, text: str) -> Regime:
    """A regime from its file. `where` names the file in errors. Raises `RuleFileError`."""
    regime = read_rules(where, text, Regime)
    if wrong := [f"{where}: {fault}" for fault in faults(regime)]:
        raise RuleFileError("\n".join(wrong))
    return regime
