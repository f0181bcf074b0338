"""What intake records of the council's staff, in `person-<uuid>` streams: who they are, and what, from when until when.

Days are London days. `from_on` is the first day on which something holds and `until_on` the last, none where no end is
known. `ended_on`, `left_on` and `back_on` are the first day on which it holds no more.
The id is `ids.staff_id`: nothing of a name is in it. Name and address are sealed under the person's own key.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shared.kit.events import Event, Personal, event


@event("redress.intake.staff-registered.v1")
class StaffRegistered(Event):
    """Somebody works for the council, or does so again."""

    person_id: UUID
    name: Personal
    email: Personal | None = None


@event("redress.intake.role-given.v1")
class RoleGiven(Event):
    """They may do what the role allows, such as `supervisor`, on these days."""

    person_id: UUID
    role: str
    from_on: date
    until_on: date | None = None


@event("redress.intake.role-ended.v1")
class RoleEnded(Event):
    """From `ended_on` on they have the role no more."""

    person_id: UUID
    role: str
    ended_on: date


@event("redress.intake.joined-unit.v1")
class JoinedUnit(Event):
    """They belong to a team or a department, as `officer` or as `head-of-service`; its name as it was that day."""

    person_id: UUID
    unit_id: UUID
    unit_name: str
    position: str
    from_on: date
    until_on: date | None = None


@event("redress.intake.left-unit.v1")
class LeftUnit(Event):
    """From `left_on` on they don't belong to the unit: no reminder goes to them there, and no case."""

    person_id: UUID
    unit_id: UUID
    left_on: date


@event("redress.intake.joined-group.v1")
class JoinedGroup(Event):
    """They belong to a group that cuts across units, such as `safeguarding`."""

    person_id: UUID
    group: str
    from_on: date
    until_on: date | None = None


@event("redress.intake.left-group.v1")
class LeftGroup(Event):
    """From `left_on` on they don't belong to the group."""

    person_id: UUID
    group: str
    left_on: date


@event("redress.intake.absence-recorded.v1")
class AbsenceRecorded(Event):
    """They are away; `deputy` (another person of staff) stands in. Why they are away is nobody's business here."""

    person_id: UUID
    from_on: date
    until_on: date | None = None
    deputy: UUID | None = None


@event("redress.intake.absence-ended.v1")
class AbsenceEnded(Event):
    """They are back from the absence that began on `from_on`; `back_on` is their first day."""

    person_id: UUID
    from_on: date
    back_on: date


@event("redress.intake.staff-left.v1")
class StaffLeft(Event):
    """They work for the council no more: every role, unit and group ends with it."""

    person_id: UUID
    left_on: date


StaffEvent = (
    StaffRegistered
    | RoleGiven
    | RoleEnded
    | JoinedUnit
    | LeftUnit
    | JoinedGroup
    | LeftGroup
    | AbsenceRecorded
    | AbsenceEnded
    | StaffLeft
)
