"""Folds the names of units and staff: each name is a row, none is written over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.contracts.intake import UnitRegistered, UnitRenamed
from shared.contracts.staff import StaffRegistered
from shared.kit import sql
from shared.kit.events import SealedValue
from shared.kit.log import Connection, Received

_ADD_UNIT_NAME: Final = sql.load(__package__, "add_unit_name.sql")
_ADD_STAFF_NAME: Final = sql.load(__package__, "add_staff_name.sql")


class Names:
    """The names that units have had, and those of staff, sealed under their own keys."""

    name = "names"
    version = 1
    tables = ("unit_names", "staff_names")
    schema_sql = sql.load(__package__, "tables.sql")

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """A row for each name."""
        for received in events:
            envelope = received.envelope
            match received.event:
                case UnitRegistered() | UnitRenamed() as event:
                    await connection.execute(
                        _ADD_UNIT_NAME, envelope.key, envelope.version, envelope.recorded_at, event.name
                    )
                case StaffRegistered(name=SealedValue() as name):
                    await connection.execute(
                        _ADD_STAFF_NAME,
                        envelope.key,
                        envelope.version,
                        envelope.recorded_at,
                        name.model_dump_json(),
                    )
                case _:
                    continue
