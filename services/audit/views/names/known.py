"""The names that some lines need, as they were when each was recorded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from shared.contracts.ids import person_stream
from shared.kit import sql
from shared.kit.events import SealedValue
from shared.kit.eventstore import Pool
from shared.kit.keyring import Place, SourceEvent

_UNITS: Final = sql.load(__package__, "units.sql")
_STAFF: Final = sql.load(__package__, "staff.sql")


@dataclass(frozen=True, slots=True)
class Named:
    """A name and since when it held: a unit's as text, a person's sealed, with where it was sealed."""

    since: datetime
    name: str | SealedValue
    place: Place | None = None


@dataclass(slots=True)
class KnownNames:
    """Names by unit id, and of staff by the person's id."""

    units: dict[UUID, list[Named]] = field(default_factory=dict)
    staff: dict[UUID, list[Named]] = field(default_factory=dict)

    def sealed(self) -> list[tuple[SealedValue, Place]]:
        return [
            (named.name, named.place)
            for found in self.staff.values()
            for named in found
            if isinstance(named.name, SealedValue) and named.place is not None
        ]


def as_it_was(names: Sequence[Named], at: datetime) -> str | SealedValue | None:
    """The name that held then; the first one for what is older than all, None where there is none."""
    held = [named.name for named in names if named.since <= at]
    if held:
        return held[-1]
    return names[0].name if names else None


async def names_of(pool: Pool, units: Collection[UUID], staff: Collection[UUID]) -> KnownNames:
    known = KnownNames()
    if units:
        for row in await pool.fetch(_UNITS, list(units)):
            known.units.setdefault(row["unit_id"], []).append(Named(row["since"], row["name"]))
    if staff:
        for row in await pool.fetch(_STAFF, list(staff)):
            person, name = row["person_id"], SealedValue.model_validate_json(row["name"])
            registered = SourceEvent.at(person_stream(person), row["version"], person)
            known.staff.setdefault(person, []).append(Named(row["since"], name, registered.field("name")))
    return known
