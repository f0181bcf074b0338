"""The bodies of commands about staff. A day that isn't given is today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.intake.api.asking import Line, Word
from services.intake.application.staff import Staff
from services.intake.application.units import Units
from services.intake.domain import staff as s
from shared.casework.staff import SCOPES_OF_ROLE


@dataclass(frozen=True, slots=True)
class Given:
    """What a command takes besides its body."""

    today: date
    units: Units
    staff: Staff


def _known(role: str) -> str:
    if role not in SCOPES_OF_ROLE:
        raise ValueError(f"there is no such role; there are {', '.join(SCOPES_OF_ROLE)}")
    return role


Role = Annotated[str, AfterValidator(_known), Field(examples=["officer"])]
Position = Literal["officer", "head-of-service"]
Subject = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00-\x20\x7f@]+$")]
FIRST_DAY = Field(default=None, description="The first day on which it holds; today, if none is given.")
LAST_DAY = Field(default=None, description="The last day on which it holds, if that is known.")
END_DAY = Field(default=None, description="The first day on which it holds no more; today, if none is given.")


class StaffBody(BaseModel):
    """What is said about one person of staff."""

    model_config = ConfigDict(extra="forbid")
    kind: ClassVar[str]

    async def command(self, given: Given) -> s.StaffCommand:
        """The command that this body asks for.

        Raises:
            Refused: a unit or a person that it names isn't there.
        """
        raise NotImplementedError


class GiveRole(StaffBody):
    """They may do what the role allows."""

    kind = "give-role"
    role: Role
    from_on: date | None = FIRST_DAY
    until_on: date | None = LAST_DAY

    async def command(self, given: Given) -> s.StaffCommand:
        """For these days."""
        return s.GiveRole(role=self.role, from_on=self.from_on or given.today, until_on=self.until_on)


class EndRole(StaffBody):
    """They have the role no more: today it stops within seconds."""

    kind = "end-role"
    role: Role
    ended_on: date | None = END_DAY

    async def command(self, given: Given) -> s.StaffCommand:
        """From that day on."""
        return s.EndRole(role=self.role, ended_on=self.ended_on or given.today)


class JoinUnit(StaffBody):
    """They belong to a team or a department."""

    kind = "join-unit"
    unit: Line = Field(description="The unit's code.")
    position: Position = "officer"
    from_on: date | None = FIRST_DAY
    until_on: date | None = LAST_DAY

    async def command(self, given: Given) -> s.JoinUnit:
        """With the unit's name as it is today."""
        unit_id, name = await given.units.named(self.unit)
        return s.JoinUnit(
            unit_id=unit_id,
            unit_name=name,
            position=self.position,
            from_on=self.from_on or given.today,
            until_on=self.until_on,
        )


class LeaveUnit(StaffBody):
    """They don't belong to the unit any more: no reminder goes to them there, and no case."""

    kind = "leave-unit"
    unit: Line = Field(description="The unit's code.")
    left_on: date | None = END_DAY

    async def command(self, given: Given) -> s.StaffCommand:
        """From that day on."""
        unit_id, _ = await given.units.named(self.unit)
        return s.LeaveUnit(unit_id=unit_id, left_on=self.left_on or given.today)


class JoinGroup(StaffBody):
    """They belong to a group that cuts across units."""

    kind = "join-group"
    group: Word
    from_on: date | None = FIRST_DAY
    until_on: date | None = LAST_DAY

    async def command(self, given: Given) -> s.StaffCommand:
        """For these days."""
        return s.JoinGroup(group=self.group, from_on=self.from_on or given.today, until_on=self.until_on)


class LeaveGroup(StaffBody):
    """They don't belong to the group any more."""

    kind = "leave-group"
    group: Word
    left_on: date | None = END_DAY

    async def command(self, given: Given) -> s.StaffCommand:
        """From that day on."""
        return s.LeaveGroup(group=self.group, left_on=self.left_on or given.today)


class RecordAbsence(StaffBody):
    """They are away, and who stands in. Why is not asked."""

    kind = "record-absence"
    from_on: date | None = FIRST_DAY
    until_on: date | None = LAST_DAY
    deputy: UUID | None = Field(default=None, description="The person of staff who stands in.")

    async def command(self, given: Given) -> s.StaffCommand:
        """With a deputy who works here."""
        from_on = self.from_on or given.today
        if self.deputy is not None:
            await given.staff.check_deputy(self.deputy, from_on)
        return s.RecordAbsence(from_on=from_on, until_on=self.until_on, deputy=self.deputy)


class EndAbsence(StaffBody):
    """They are back."""

    kind = "end-absence"
    from_on: date = Field(description="The day on which the absence began.")
    back_on: date | None = END_DAY

    async def command(self, given: Given) -> s.StaffCommand:
        """From that day on."""
        return s.EndAbsence(from_on=self.from_on, back_on=self.back_on or given.today)


class Leave(StaffBody):
    """They work for the council no more: every role, unit and group ends with it."""

    kind = "leave"
    left_on: date | None = END_DAY

    async def command(self, given: Given) -> s.StaffCommand:
        """From that day on."""
        return s.LeaveStaff(left_on=self.left_on or given.today)


BODIES: tuple[type[StaffBody], ...] = (
    GiveRole,
    EndRole,
    JoinUnit,
    LeaveUnit,
    JoinGroup,
    LeaveGroup,
    RecordAbsence,
    EndAbsence,
    Leave,
)


class Place(BaseModel):
    """A unit, and as what somebody belongs to it."""

    model_config = ConfigDict(extra="forbid")
    unit: Line = Field(description="The unit's code.")
    position: Position = "officer"


class NewStaff(BaseModel):
    """Somebody whom an identity provider knows; name and address are sealed under a key of their own."""

    model_config = ConfigDict(extra="forbid")
    issuer: Line = Field(description="The identity provider, as it calls itself (`iss`).")
    subject: Subject = Field(
        description="What it calls the person for ever (`sub`). It must say nothing of them: no e-mail address."
    )
    name: Line
    email: Line | None = None
    begins_on: date | None = FIRST_DAY
    roles: tuple[Role, ...] = ()
    units: tuple[Place, ...] = ()

    async def command(self, person_id: UUID, given: Given) -> s.RegisterStaff:
        """With what they are from their first day on.

        Raises:
            Refused: a unit isn't there.
        """
        day = self.begins_on or given.today
        joins = [JoinUnit(unit=each.unit, position=each.position, from_on=day) for each in self.units]
        return s.RegisterStaff(
            person_id=person_id,
            name=self.name,
            email=self.email,
            begins_on=day,
            roles=tuple(s.GiveRole(role=role, from_on=day) for role in self.roles),
            units=tuple([await join.command(given) for join in joins]),
        )
