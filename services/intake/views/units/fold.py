"""How the list of units follows from intake's events."""

from __future__ import annotations

from typing import get_args
from uuid import UUID

from shared.contracts import intake
from shared.kit.events import SealedValue
from shared.kit.log import Received, Row, Rows, RowView


class UnitRow(Row):
    """A unit, with the address that its mail goes to."""

    unit_id: UUID
    version: int
    code: str
    name: str
    kind: str
    email: SealedValue | None


def evolve(rows: Rows[UnitRow], received: Received) -> None:
    key, version = received.envelope.key, received.envelope.version
    match received.event:
        case intake.UnitRegistered() as event:
            rows[key] = UnitRow.said_by(event, version=version)
        case intake.UnitRenamed() as event:
            rows[key] = rows[key].model_copy(update={"name": event.name, "version": version})
        case _:
            return


UNITS = RowView("units", UnitRow, primary_key=("unit_id",), kinds=get_args(intake.UnitEvent), evolve=evolve)
