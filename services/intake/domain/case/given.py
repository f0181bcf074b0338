"""What a decision about a case is given besides command and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from services.intake.domain.rulebook import Rulebook
from services.intake.domain.unit_seen import UnitSeen, with_code
from shared.rules.calendar.london import london_day


@dataclass(frozen=True, slots=True)
class Given:
    """The circumstances of a decision.

    Attributes:
        now: the instant of the decision.
        who: the principal, such as `person:<uuid>`.
        rules: the regimes of this release.
        units: those that the command names, by code; one that isn't here isn't there.
    """

    now: datetime
    who: str
    rules: Rulebook
    units: Mapping[str, UnitSeen] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return london_day(self.now)

    def unit(self, code: str) -> UnitSeen:
        """The unit with that code.

        Raises:
            Refused: `no-such-unit`.
        """
        return with_code(self.units, code)
