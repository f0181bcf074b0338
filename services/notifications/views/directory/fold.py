"""Folds intake's events of a unit into its row."""

from __future__ import annotations

from uuid import UUID

from shared.contracts.intake import OfficerLeft, OfficerRegistered, UnitRegistered, UnitRenamed
from shared.kit.events import SealedValue
from shared.kit.log import Received, Row, Rows, RowView, sealed


class OfficerEntry(Row):
    """An officer of a unit; `role` is `officer` or `head-of-service`."""

    officer_id: UUID
    role: str
    email: SealedValue | None


class UnitRow(Row):
    """A unit and its officers, oldest first; those who left are out."""

    unit_id: UUID
    name: str
    email: SealedValue | None
    officers: tuple[OfficerEntry, ...] = ()

    def officer(self, officer_id: UUID | None) -> OfficerEntry | None:
        """The officer with that id, if they are still there."""
        return next((entry for entry in self.officers if entry.officer_id == officer_id), None)

    def first(self, role: str) -> OfficerEntry | None:
        """Who has had that role for longest."""
        return next((entry for entry in self.officers if entry.role == role), None)


def evolve(rows: Rows[UnitRow], received: Received) -> None:
    """The unit's row after the event."""
    match received.event:
        case UnitRegistered() as event:
            rows[event.unit_id] = UnitRow(unit_id=event.unit_id, name=event.name, email=sealed(event.email))
        case UnitRenamed() as event if event.unit_id in rows:
            rows[event.unit_id] = rows[event.unit_id].model_copy(update={"name": event.name})
        case OfficerRegistered() as event if event.unit_id in rows:
            entry = OfficerEntry(officer_id=event.officer_id, role=event.role, email=sealed(event.email))
            _replace(rows, event.unit_id, event.officer_id, (entry,))
        case OfficerLeft() as event if event.unit_id in rows:
            _replace(rows, event.unit_id, event.officer_id, ())
        case _:
            return


def _replace(rows: Rows[UnitRow], unit_id: UUID, officer_id: UUID, entries: tuple[OfficerEntry, ...]) -> None:
    kept = tuple(entry for entry in rows[unit_id].officers if entry.officer_id != officer_id)
    rows[unit_id] = rows[unit_id].model_copy(update={"officers": (*kept, *entries)})


DIRECTORY = RowView(
    "directory",
    __package__,
    UnitRow,
    identity=lambda row: row.unit_id,
    key_of=lambda row: row.unit_id,
    kinds=(UnitRegistered, UnitRenamed, OfficerRegistered, OfficerLeft),
    evolve=evolve,
)
"""The view `directory`."""
