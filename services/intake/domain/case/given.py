"""What a decision about a case is given besides command and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from services.intake.domain.rulebook import Rulebook
from shared.kit.decider import Refused
from shared.rules.calendar.london import london_day


@dataclass(frozen=True, slots=True)
class UnitSeen:
    """A unit as it is today: its name goes into events, so that they say what it was called.

    `officers` are those who work there today, of the people that the command names.
    """

    unit_id: UUID
    name: str
    officers: frozenset[UUID] = frozenset()


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
        """The London day of the decision."""
        return london_day(self.now)

    def unit(self, code: str) -> UnitSeen:
        """The unit with that code.

        Raises:
            Refused: `no-such-unit`.
        """
        found = self.units.get(code)
        if found is None:
            raise Refused("no-such-unit", f"There is no unit {code!r}.")
        return found
