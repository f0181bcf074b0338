"""How the list of units follows from intake's events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.intake.views.patches import Patches, sealed, text
from shared.contracts import intake
from shared.kit import sql
from shared.kit.log import Connection, Received

_UPSERT_UNITS: Final = sql.load(__package__, "upsert_units.sql")
_UPSERT_OFFICERS: Final = sql.load(__package__, "upsert_officers.sql")


class UnitList:
    """One row a unit and one an officer; both belong to the unit's key."""

    name = "units"
    version = 1
    tables = ("units", "officers")
    schema_sql = sql.load(__package__, "tables.sql")

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """Two statements a batch."""
        units, officers = Patches(), Patches()
        for received in events:
            event = received.event
            version = {"version": received.envelope.version}
            match event:
                case intake.UnitRegistered():
                    named = {"code": event.code, "name": event.name, "kind": event.kind}
                    units.set(event.unit_id, {**named, "email": sealed(event.email), **version})
                case intake.UnitRenamed():
                    units.set(event.unit_id, {"name": event.name, **version})
                case intake.OfficerRegistered():
                    units.set(event.unit_id, version)
                    officers.set(
                        event.officer_id,
                        {
                            "unit_id": text(event.unit_id),
                            "role": event.role,
                            "principal": event.principal,
                            "name": sealed(event.name),
                            "email": sealed(event.email),
                            "has_left": False,
                        },
                    )
                case intake.OfficerLeft():
                    units.set(event.unit_id, version)
                    officers.set(event.officer_id, {"has_left": True})
                case _:
                    continue
        if units:
            await connection.execute(_UPSERT_UNITS, *units.arguments())
        if officers:
            await connection.execute(_UPSERT_OFFICERS, *officers.arguments())
