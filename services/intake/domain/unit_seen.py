"""Units as a decision sees them: by code, as they are today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from shared.kit.decider import Refused


@dataclass(frozen=True, slots=True)
class UnitSeen:
    """A unit as it is today: its name goes into events, so that they say what it was called.

    `officers` are those who work there today, of the people that the command names.
    """

    unit_id: UUID
    name: str
    officers: frozenset[UUID] = frozenset()


def with_code(units: Mapping[str, UnitSeen], code: str) -> UnitSeen:
    """The unit with that code, of those that were looked up.

    Raises:
        Refused: `no-such-unit`.
    """
    found = units.get(code)
    if found is None:
        raise Refused("no-such-unit", f"There is no unit {code!r}.")
    return found
