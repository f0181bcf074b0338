"""The bodies of an officer's commands. `happened_at` may say that it happened earlier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.intake.api.asking import Line, Text, Word
from services.intake.application.staff import Staff
from services.intake.application.units import Units
from services.intake.domain.case import commands as c

Means = Literal["email", "post"]
SENT_ON = Field(default=None, description="For `post`: the day on which it was posted.")


@dataclass(frozen=True, slots=True)
class Given:
    """What a command takes besides its body."""

    now: datetime
    happened_at: datetime
    who: str
    units: Units
    staff: Staff

    @property
    def base(self) -> dict[str, Any]:
        """The fields that every command has."""
        return {"now": self.now, "happened_at": self.happened_at, "who": self.who}


class Body(BaseModel):
    """What every command may say. `looks_up`: what it names is looked up before the case is decided on."""

    model_config = ConfigDict(extra="forbid")
    kind: ClassVar[str]
    looks_up: ClassVar[bool] = False
    happened_at: AwareDatetime | None = Field(
        default=None, description="When it happened, if that was earlier; never before the receipt."
    )

    async def command(self, given: Given) -> c.OfficerCommand:
        """The command that this body asks for.

        Raises:
            Refused: a unit or an officer isn't there.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields if name != "happened_at"}
        built: c.OfficerCommand = COMMANDS[self.kind](**given.base, **fields)
        return built


class Triage(Body):
    """Under which regime the case goes. A second triage moves it; `restricted` hides it from most."""

    kind = "triage"
    regime: Word
    restricted: bool = False
    reason: Text | None = None


class Refuse(Body):
    """The council doesn't accept the matter; the answer names the Ombudsman that may be asked about it."""

    kind = "refuse"
    regime: Word
    ground: Word
    reason: Text


class Assign(Body):
    """The department that answers for the case, and perhaps one of its officers."""

    kind = "assign"
    looks_up = True
    department: Line = Field(description="The unit's code.")
    officer: UUID | None = None

    async def command(self, given: Given) -> c.OfficerCommand:
        """With the department's name as it is today."""
        unit, name = await given.units.named(self.department)
        if self.officer is not None:
            await given.staff.check_member(self.officer, self.department, name)
        return c.Assign(**given.base, department_id=unit, department_name=name, officer_id=self.officer)


class Acknowledge(Body):
    """The acknowledgement of the current stage. It counts when it has left."""

    kind = "acknowledge"
    means: Means
    subject: Text
    text: Text
    sent_on: date | None = SENT_ON


class Respond(Body):
    """The answer of the current stage. It counts when it has left."""

    kind = "respond"
    outcome: Word
    means: Means
    subject: Text
    text: Text
    sent_on: date | None = SENT_ON


class RequestContribution(Body):
    """A department is asked for its part of the answer, by a day."""

    kind = "request-contribution"
    looks_up = True
    department: Line = Field(description="The unit's code.")
    question: Text
    due_on: date

    async def command(self, given: Given) -> c.OfficerCommand:
        """With the department's name as it is today."""
        unit, name = await given.units.named(self.department)
        return c.RequestContribution(
            **given.base,
            department_id=unit,
            department_name=name,
            question=self.question,
            due_on=self.due_on,
        )


class ReceiveContribution(Body):
    """A department's part came in."""

    kind = "receive-contribution"
    contribution: int
    text: Text
    received_on: date


class WithdrawContribution(Body):
    """A department's part isn't needed any more."""

    kind = "withdraw-contribution"
    contribution: int
    reason: Text | None = None


class RequestEscalation(Body):
    """The customer asks for the next stage; nobody may demand a reason."""

    kind = "request-escalation"
    requested_on: date
    reason: Text | None = None


class RecordBaseDate(Body):
    """A day from which the regime counts and that only an officer knows."""

    kind = "record-base-date"
    base: Word
    on: date
    reason: Text | None = None


class SetContactPlan(Body):
    """The only channels by which the customer may be reached; none: nobody writes."""

    kind = "set-contact-plan"
    safe_channels: tuple[Word, ...]
    reason: Text | None = None


class Note(Body):
    """A note on the case."""

    kind = "note"
    text: Text


class Close(Body):
    """The case ends. `answered` is a ground only once the answer has left."""

    kind = "close"
    ground: Word
    reason: Text | None = None


class Reopen(Body):
    """The case goes on."""

    kind = "reopen"
    reason: Text | None = None


BODIES: tuple[type[Body], ...] = (
    Triage,
    Refuse,
    Assign,
    Acknowledge,
    RequestContribution,
    ReceiveContribution,
    WithdrawContribution,
    Respond,
    RequestEscalation,
    RecordBaseDate,
    SetContactPlan,
    Note,
    Close,
    Reopen,
)
COMMANDS: dict[str, Any] = {
    c.Triage.kind: c.Triage,
    c.Refuse.kind: c.Refuse,
    c.Acknowledge.kind: c.Acknowledge,
    c.Respond.kind: c.Respond,
    c.ReceiveContribution.kind: c.ReceiveContribution,
    c.WithdrawContribution.kind: c.WithdrawContribution,
    c.RequestEscalation.kind: c.RequestEscalation,
    c.RecordBaseDate.kind: c.RecordBaseDate,
    c.SetContactPlan.kind: c.SetContactPlan,
    c.AddNote.kind: c.AddNote,
    c.Close.kind: c.Close,
    c.Reopen.kind: c.Reopen,
}
"""The commands whose fields are those of their bodies."""
