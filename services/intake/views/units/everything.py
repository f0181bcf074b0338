"""Reading all units with their officers; a council has some hundreds."""

from __future__ import annotations

import json
from typing import Any, Final

from services.intake.views.unsealing import unseal_columns
from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.keyring import Sealer

_UNITS: Final = sql.load(__package__, "all_units.sql")
_OFFICERS: Final = sql.load(__package__, "all_officers.sql")


async def everything(pool: Pool, sealer: Sealer) -> list[dict[str, Any]]:
    """The units by name, each with `officers`; names and addresses unsealed."""
    units = [_opened(dict(row), ("email",)) for row in await pool.fetch(_UNITS)]
    officers = [_opened(dict(row), ("name", "email")) for row in await pool.fetch(_OFFICERS)]
    await unseal_columns(sealer, units, ("email",))
    await unseal_columns(sealer, officers, ("name", "email"))
    for unit in units:
        unit["officers"] = [one for one in officers if one["unit_id"] == unit["unit_id"]]
    return units


def _opened(row: dict[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    return {**row, **{name: json.loads(row[name]) if row[name] else None for name in columns}}
