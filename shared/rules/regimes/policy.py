"""What the council has set itself where the law leaves it: `policy.toml`, beside the law."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from shared.rules.regimes.arithmetic import corresponding
from shared.rules.regimes.reading import read_rules
from shared.rules.regimes.rules import Clock
from shared.rules.tables import Several, Some, Table, Words


class Policy(Table):
    """The council's own choices.

    Attributes:
        doubtful_after_months: a believed day of receipt further back is put before a person.
        closing_grounds: why a case may be closed before it has come under a regime.
        clocks: those that every case may have, whatever its regime.
    """

    doubtful_after_months: int
    closing_grounds: Some[Words]
    clocks: Several[Clock]

    def doubtful_before(self, today: date) -> date:
        return corresponding(today, -self.doubtful_after_months)


@cache
def load_policy() -> Policy:
    """The policy of this installation. Raises `RuleFileError`."""
    where = "policy.toml"
    return read_rules(where, (files("shared.rules") / where).read_text(encoding="utf-8"), Policy)
