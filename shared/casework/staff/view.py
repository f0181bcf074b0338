"""The view `staff`, which every service of cases folds: what each person of staff is, with the days."""

from __future__ import annotations

from uuid import UUID

from shared.casework.staff.facts import StaffFacts, evolve
from shared.contracts import staff
from shared.kit import sql
from shared.kit.events import Envelope, Event, SealedValue, UnknownEvent
from shared.kit.log import Received, Row, Rows, RowView, sealed


class StaffRow(StaffFacts, Row):
    """A person of staff; name and address as they came, sealed, with the event that brought them.

    `version` is that of the person's stream.
    """

    version: int
    registered_by: UUID
    name: SealedValue | None
    email: SealedValue | None


def row_after(row: StaffRow | None, envelope: Envelope, event: Event | UnknownEvent) -> StaffRow | None:
    """The person's row after an event of their stream; None as long as they aren't of the staff."""
    if isinstance(event, staff.StaffRegistered):
        known = {"person_id": event.person_id} if row is None else dict(row)
        registered = {
            "version": envelope.version,
            "registered_by": envelope.event_id,
            "name": sealed(event.name),
            "email": sealed(event.email),
        }
        return evolve(StaffRow(**{**known, **registered}), event)
    if row is None or not isinstance(event, staff.StaffEvent):
        return row
    return evolve(row.model_copy(update={"version": envelope.version}), event)


def _evolve(rows: Rows[StaffRow], received: Received) -> None:
    key = received.envelope.key
    row = row_after(rows.get(key), received.envelope, received.event)
    if row is not None:
        rows[key] = row


STAFF = RowView(
    "staff",
    StaffRow,
    primary_key=("person_id",),
    indexes=sql.load(__package__, "indexes.sql"),
    kinds=(
        staff.StaffRegistered,
        staff.RoleGiven,
        staff.RoleEnded,
        staff.JoinedUnit,
        staff.LeftUnit,
        staff.JoinedGroup,
        staff.LeftGroup,
        staff.AbsenceRecorded,
        staff.AbsenceEnded,
        staff.StaffLeft,
    ),
    evolve=_evolve,
)
"""The view `staff`."""
