"""How the list of units follows from intake's events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.intake.views.patches import Patches, sealed
from shared.contracts import intake
from shared.kit import sql
from shared.kit.log import Connection, Received

_UPSERT_UNITS: Final = sql.load(__package__, "upsert_units.sql")


class UnitList:
    """One row a unit."""

    name = "units"
    version = 1
    tables = ("units",)
    schema_sql = sql.load(__package__, "tables.sql")

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """One statement a batch."""
        units = Patches()
        for received in events:
            event = received.event
            version = {"version": received.envelope.version}
            match event:
                case intake.UnitRegistered():
                    named = {"code": event.code, "name": event.name, "kind": event.kind}
                    units.set(event.unit_id, {**named, "email": sealed(event.email), **version})
                case intake.UnitRenamed():
                    units.set(event.unit_id, {"name": event.name, **version})
                case _:
                    continue
        if units:
            await connection.execute(_UPSERT_UNITS, *units.arguments())
