"""The bodies of an officer's commands to the clocks of a case. Dates are London dates."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.deadlines.application.dependencies import Text
from services.deadlines.domain.clock import commands as c
from services.deadlines.domain.clock.circumstances import Circumstances
from shared.kit.decider import Word
from shared.kit.events import Plain
from shared.rules.regimes.rules import Means

Clock = Word
OCCURRENCE = Field(default=None, ge=1, description="Which run of the clock; without it, the last.")


class Body(BaseModel, ABC):
    """What every command says."""

    model_config = ConfigDict(extra="forbid")
    command_kind: ClassVar[str]

    @abstractmethod
    def command(self, now: Circumstances, owner: UUID) -> c.OfficerCommand:
        """The command that this body asks for; texts are `owner`'s."""

    @property
    def happened_on(self) -> date | None:
        """The day on which it happened, where that isn't the day of the command."""
        return None


class ProposeExtension(Body):
    """More time for a clock: in force once the customer has been told in time. `/actions` says what it takes."""

    command_kind = c.ProposeExtension.kind
    clock: Clock
    occurrence: int | None = OCCURRENCE
    new_due_on: date
    reason: Text | None = None
    ombudsman_details: bool = Field(default=False, description="The notice says how to reach the Ombudsman.")
    agreed_on: date | None = Field(default=None, description="The day on which the customer agreed.")
    notice_sent_on: date | None = Field(
        default=None, description="For a notice that has left already; without it, one is written and sent."
    )
    means: Means | None = Field(
        default=None,
        description="`email`: it is written and sent from here. Anything else: record it when it has left.",
    )
    beyond_guidance: bool = Field(
        default=False, description="The new date is later than guidance allows; the law names no latest day."
    )

    def command(self, now: Circumstances, owner: UUID) -> c.ProposeExtension:
        """The command."""
        return c.ProposeExtension(
            now=now,
            clock=self.clock,
            occurrence=self.occurrence,
            new_due_on=self.new_due_on,
            reason=_plain(self.reason, owner),
            ombudsman_details=self.ombudsman_details,
            agreed_on=self.agreed_on,
            notice_sent_on=self.notice_sent_on,
            means=self.means,
            beyond_guidance=self.beyond_guidance,
        )


class RecordNotice(Body):
    """The notice of an extension left by post, or another way that this system didn't see."""

    command_kind = c.RecordNotice.kind
    clock: Clock
    occurrence: int | None = OCCURRENCE
    proposal: int | None = Field(default=None, ge=1, description="Without it, the last of this clock.")
    sent_on: date
    means: Word = Means.POST.value

    @property
    def happened_on(self) -> date:
        """The day on which it left."""
        return self.sent_on

    def command(self, now: Circumstances, owner: UUID) -> c.RecordNotice:  # noqa: ARG002  it has no text
        """The command."""
        return c.RecordNotice(
            now=now,
            clock=self.clock,
            occurrence=self.occurrence,
            proposal=self.proposal,
            sent_on=self.sent_on,
            means=self.means,
        )


class Pause(Body):
    """The clock stands still from `on`, that day included, for a reason that the regime has. `until` if it is over."""

    command_kind = c.Pause.kind
    kind: Word
    on: date
    until: date | None = None
    reason: Text | None = None

    @property
    def happened_on(self) -> date:
        """Its first day."""
        return self.on

    def command(self, now: Circumstances, owner: UUID) -> c.Pause:
        """The command."""
        return c.Pause(
            now=now, pause=self.kind, on=self.on, until=self.until, reason=_plain(self.reason, owner)
        )


class Resume(Body):
    """The pause ended on `on`, that day included."""

    command_kind = c.Resume.kind
    kind: Word
    on: date

    @property
    def happened_on(self) -> date:
        """Its last day."""
        return self.on

    def command(self, now: Circumstances, owner: UUID) -> c.Resume:  # noqa: ARG002  it has no text
        """The command."""
        return c.Resume(now=now, pause=self.kind, on=self.on)


class Restart(Body):
    """What had been asked for came in on `on`: the regime starts its clocks anew.

    With `asked_on` alone it is asked for, and the clocks stand still until it comes in or a `resume` ends the wait.
    """

    command_kind = c.Restart.kind
    kind: Word
    on: date | None = None
    asked_on: date | None = None
    reason: Text | None = None

    @property
    def happened_on(self) -> date | None:
        """The day on which it came in, or was asked for."""
        return self.on or self.asked_on

    def command(self, now: Circumstances, owner: UUID) -> c.Restart:
        """The command."""
        return c.Restart(
            now=now,
            restart=self.kind,
            on=self.on,
            asked_on=self.asked_on,
            reason=_plain(self.reason, owner),
        )


class ChangeGivenDate(Body):
    """Whoever named the date of a clock (an Ombudsman's letter, the officer who asked) named another one."""

    command_kind = c.ChangeGivenDate.kind
    clock: Clock
    occurrence: int | None = OCCURRENCE
    due_on: date
    reason: Text | None = None

    def command(self, now: Circumstances, owner: UUID) -> c.ChangeGivenDate:
        """The command."""
        return c.ChangeGivenDate(
            now=now,
            clock=self.clock,
            occurrence=self.occurrence,
            due_on=self.due_on,
            reason=_plain(self.reason, owner),
        )


BODIES: tuple[type[Body], ...] = (ProposeExtension, RecordNotice, Pause, Resume, Restart, ChangeGivenDate)


def _plain(text: str | None, owner: UUID) -> Plain | None:
    return None if text is None else Plain(text, owner)
