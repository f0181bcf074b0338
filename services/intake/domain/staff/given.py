"""What a decision about a person of staff is given besides command and state, and what every such command says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from pydantic import Field

from services.intake.domain.unit_seen import UnitSeen, with_code
from shared.kit.decider import Command

FIRST_DAY = Field(default=None, description="The first day on which it holds; today, if none is given.")
LAST_DAY = Field(default=None, description="The last day on which it holds, if that is known.")
END_DAY = Field(default=None, description="The first day on which it holds no more; today, if none is given.")


class StaffCommand(Command):
    """What is asked about one person of staff."""

    @property
    def names_units(self) -> tuple[str, ...]:
        """The codes of the units that it names: they are looked up before it is decided."""
        return ()

    @property
    def names_people(self) -> tuple[UUID, ...]:
        """The other people of staff that it names: they are looked up, too."""
        return ()


@dataclass(frozen=True, slots=True)
class StaffGiven:
    """The circumstances of a decision.

    Attributes:
        person_id: whose stream it is.
        today: the London day.
        roles: those that there are.
        units: those that the command names, by code; one that isn't here isn't there.
        people: the other people that it names and that work here today.
    """

    person_id: UUID
    today: date
    roles: frozenset[str]
    units: Mapping[str, UnitSeen] = field(default_factory=dict)
    people: frozenset[UUID] = frozenset()

    def unit(self, code: str) -> UnitSeen:
        """The unit with that code.

        Raises:
            Refused: `no-such-unit`.
        """
        return with_code(self.units, code)
