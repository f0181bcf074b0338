"""What can be asked of the clocks of a case. `now` brings the day, the calendar and the regimes.

Texts are plain here and say whose they are; dates are London dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.deadlines.domain.clock.circumstances import Circumstances
from shared.contracts.deadlines import FactNoted
from shared.kit.events import Personal


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What every command to the clocks carries."""

    now: Circumstances


@dataclass(frozen=True, slots=True, kw_only=True)
class Hear(Command):
    """Another service recorded something that dates rest on."""

    fact: FactNoted


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeExtension(Command):
    """More time for a clock, until `new_due_on`; in force once the notice has left in time.

    Attributes:
        occurrence: which run of the clock; none: the one that runs.
        ombudsman_details: the notice says how to reach the Ombudsman.
        agreed_on: when the customer agreed, where the regime asks for that.
        means: how the notice leaves; without it `email`, which notifications sends, or `post` if it has left already.
        notice_sent_on: a notice that has left already, by `means`.
        beyond_guidance: the officer knows that guidance names an earlier latest day.
    """

    kind: ClassVar[str] = "propose-extension"
    clock: str
    new_due_on: date
    occurrence: int | None = None
    reason: Personal | None = None
    ombudsman_details: bool = False
    agreed_on: date | None = None
    notice_sent_on: date | None = None
    means: str | None = None
    beyond_guidance: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNotice(Command):
    """The notice of an extension left on `sent_on`; without `proposal`, the last one of the clock."""

    kind: ClassVar[str] = "record-notice"
    clock: str
    sent_on: date
    means: str
    occurrence: int | None = None
    proposal: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Command):
    """The regime's pause of this kind began on `on`; it ended on `until`, where that is known already."""

    kind: ClassVar[str] = "pause"
    pause: str
    on: date
    until: date | None = None
    reason: Personal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Command):
    """The pause of this kind ended on `on`, that day included."""

    kind: ClassVar[str] = "resume"
    pause: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Restart(Command):
    """What the regime starts clocks anew for came in on `on`; the council had asked for it on `asked_on`.

    Without `on` it was only asked for: until it comes in (or the council goes on without it) the clocks stand still.
    """

    kind: ClassVar[str] = "restart"
    restart: str
    on: date | None = None
    asked_on: date | None = None
    reason: Personal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGivenDate(Command):
    """Whoever named the date of a clock named another one."""

    kind: ClassVar[str] = "change-given-date"
    clock: str
    due_on: date
    occurrence: int | None = None
    reason: Personal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind(Command):
    """Timer: the day of a rung has come."""

    clock: str
    occurrence: int
    due_on: date
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PassDue(Command):
    """Timer: the due date is over."""

    clock: str
    occurrence: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse(Command):
    """Timer: the last day for the notice of an extension is over."""

    clock: str
    occurrence: int
    proposal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalculate(Command):
    """The calendar, or a school's terms, have changed."""


OfficerCommand = ProposeExtension | RecordNotice | Pause | Resume | Restart | ChangeGivenDate
Timer = Remind | PassDue | Lapse
ClockCommand = Hear | OfficerCommand | Timer | Recalculate
