"""Folds intake's events of a unit into its row."""

from __future__ import annotations

from uuid import UUID

from shared.contracts.ids import unit_stream
from shared.contracts.intake import UnitRegistered, UnitRenamed
from shared.kit.events import SealedValue
from shared.kit.keyring import Place, SourceEvent
from shared.kit.log import Received, Row, Rows, RowView


class UnitRow(Row):
    """A unit, with the address that its mail goes to. Who works there stands in the view `staff`."""

    unit_id: UUID
    name: str
    email: SealedValue | None


def places_of(row: UnitRow) -> dict[str, Place]:
    """Where the sealed column of a row comes from: the unit's registration."""
    registered = SourceEvent.at(unit_stream(row.unit_id), 1, row.unit_id)
    return {"email": registered.field("email")}


def evolve(rows: Rows[UnitRow], received: Received) -> None:
    match received.event:
        case UnitRegistered() as event:
            rows[event.unit_id] = UnitRow.said_by(event)
        case UnitRenamed() as event if event.unit_id in rows:
            rows[event.unit_id] = rows[event.unit_id].model_copy(update={"name": event.name})
        case _:
            return


DIRECTORY = RowView(
    "directory",
    UnitRow,
    primary_key=("unit_id",),
    kinds=(UnitRegistered, UnitRenamed),
    evolve=evolve,
)
