"""Reading all units with their officers; a council has some hundreds."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final
from uuid import UUID

from services.intake.views.units.fold import UnitRow
from shared.casework.staff import everybody, places_of
from shared.contracts.ids import unit_stream
from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.keyring import Place, Sealer, SourceEvent

_UNITS: Final = sql.load(__package__, "everything.sql")


async def everything(pool: Pool, sealer: Sealer) -> list[dict[str, Any]]:
    """The units by name, each with `officers`, one for each time that somebody belongs to it; texts unsealed."""
    rows = [UnitRow.model_validate_json(row["row"]) for row in await pool.fetch(_UNITS)]
    units = await sealer.unseal_rows(rows, _places)
    officers = defaultdict[UUID, list[dict[str, Any]]](list)
    staff = await everybody(pool)
    for person, shown in zip(staff, await sealer.unseal_rows(staff, places_of), strict=True):
        for term in person.units:
            named = {name: shown[name] for name in ("person_id", "name", "email")}
            officers[term.unit_id].append({**named, **term.model_dump()})
    return [{**unit, "officers": officers[row.unit_id]} for row, unit in zip(rows, units, strict=True)]


def _places(row: UnitRow) -> dict[str, Place]:
    return {"email": SourceEvent.at(unit_stream(row.unit_id), 1, row.unit_id).field("email")}
