"""Reading all units with their officers; a council has some hundreds."""

from __future__ import annotations

import json
from typing import Any, Final

from services.intake.views.unsealing import unseal_columns
from shared.casework.staff import everybody
from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.keyring import Sealer

_UNITS: Final = sql.load(__package__, "all_units.sql")


async def everything(pool: Pool, sealer: Sealer) -> list[dict[str, Any]]:
    """The units by name, each with `officers`, one for each time that somebody belongs to it; texts unsealed."""
    units = [_opened(dict(row)) for row in await pool.fetch(_UNITS)]
    officers = [
        {
            "person_id": person.person_id,
            "name": None if person.name is None else person.name.model_dump(),
            "email": None if person.email is None else person.email.model_dump(),
            **term.model_dump(),
        }
        for person in await everybody(pool)
        for term in person.units
    ]
    await unseal_columns(sealer, units, ("email",))
    await unseal_columns(sealer, officers, ("name", "email"))
    for unit in units:
        unit["officers"] = [one for one in officers if one["unit_id"] == unit["unit_id"]]
    return units


def _opened(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "email": json.loads(row["email"]) if row["email"] else None}
