"""From the text of a regime file to a `Regime`: every key known, every citation there, every name one that is given."""

from __future__ import annotations

from shared.rules.regimes.checking import faults
from shared.rules.regimes.rules import Ladders, Regime
from shared.rules.tables import RuleFileError, parse, read


def read_regime(where: str, text: str) -> Regime:
    """A regime from its file. `where` names the file in errors. Raises `RuleFileError`."""
    told = parse(where, text)
    ladders = read(where, {"ladders": told.pop("ladders", {})}, Ladders).ladders
    regime = read(where, told, Regime, ladders)
    if wrong := [f"{where}: {fault}" for fault in faults(regime)]:
        raise RuleFileError("\n".join(wrong))
    return regime
