"""Folds the names of units and staff: each name is a row, none is written over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.contracts.intake import UnitRegistered, UnitRenamed
from shared.contracts.staff import StaffRegistered
from shared.kit.events import SealedValue
from shared.kit.log import Received, Row, Rows, RowView


class UnitName(Row):
    """What a unit was called from `since` on; the version is that of the event that said so."""

    unit_id: UUID
    version: int
    since: datetime
    name: str


class StaffName(Row):
    """The name of a person of staff from `since` on, sealed under their own key."""

    person_id: UUID
    version: int
    since: datetime
    name: SealedValue


def _unit_named(rows: Rows[UnitName], received: Received) -> None:
    envelope, event = received.envelope, received.event
    assert isinstance(event, UnitRegistered | UnitRenamed)
    rows[envelope.version] = UnitName(
        unit_id=envelope.key, version=envelope.version, since=envelope.recorded_at, name=event.name
    )


def _person_named(rows: Rows[StaffName], received: Received) -> None:
    envelope, event = received.envelope, received.event
    assert isinstance(event, StaffRegistered)
    if isinstance(event.name, SealedValue):
        rows[envelope.version] = StaffName(
            person_id=envelope.key, version=envelope.version, since=envelope.recorded_at, name=event.name
        )


UNIT_NAMES = RowView(
    "unit_names",
    UnitName,
    primary_key=("unit_id", "version"),
    kinds=(UnitRegistered, UnitRenamed),
    evolve=_unit_named,
)
STAFF_NAMES = RowView(
    "staff_names",
    StaffName,
    primary_key=("person_id", "version"),
    kinds=(StaffRegistered,),
    evolve=_person_named,
)
