"""What deadlines decides: the clocks of a case, and the calendar.

`clock` is the regime's name for a clock, `occurrence` counts its runs in one case from 1 (a second panel, a
restart). A contribution's clock is named `contribution` and its occurrence is the contribution's number.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from shared.contracts.event import Event
from shared.contracts.registry import event
from shared.contracts.sealed import Personal


@event("redress.deadlines.clock-started.v1")
class ClockStarted(Event):
    """A clock runs. `working` says how the date came about, complete enough to be printed on its own.

    `role` is `duty` (timer and reminders), `backstop` (shown) or `limit` (checked). `given` marks a date that
    somebody named (in a letter, to a department) instead of arithmetic. `department_id` is who owes it
    where that isn't the department that the case is assigned to.
    """

    regime: str
    regime_version: str
    clock: str
    occurrence: int
    stage: str
    role: str
    base_event: str
    base_date: date
    due_on: date
    given: bool
    working: dict[str, Any]
    calendar_version: str
    department_id: UUID | None = None


@event("redress.deadlines.due-date-moved.v1")
class DueDateMoved(Event):
    """A clock's date is another one. `cause`: `paused`, `extended`, `restarted`, `rebased`, `recalculated`, `given`."""

    clock: str
    occurrence: int
    cause: str
    base_date: date
    previous_due_on: date
    due_on: date
    working: dict[str, Any]
    calendar_version: str


@event("redress.deadlines.clock-paused.v1")
class ClockPaused(Event):
    """The regime's pause of this kind began on `paused_on` for these clocks: until it ends they have no date."""

    kind: str
    paused_on: date
    clocks: tuple[str, ...]
    citation: str
    reason: Personal | None = None


@event("redress.deadlines.clock-resumed.v1")
class ClockResumed(Event):
    """The pause ended on `resumed_on`, that day included; each clock's new date is an event of its own."""

    kind: str
    paused_on: date
    resumed_on: date
    clocks: tuple[str, ...]


@event("redress.deadlines.clock-restarted.v1")
class ClockRestarted(Event):
    """The regime starts these clocks anew from `base_date`, for a reason of its own (`kind`)."""

    kind: str
    base_date: date
    clocks: tuple[str, ...]
    citation: str
    reason: Personal | None = None


@event("redress.deadlines.extension-proposed.v1")
class ExtensionProposed(Event):
    """An officer wants more time: lawful only once the customer has been told by `notice_by`, that day included.

    `notice_to_customer` is the text of the notice; `ceiling` is the latest day that the regime allows.
    """

    clock: str
    occurrence: int
    proposal: int
    new_due_on: date
    ceiling: date
    notice_by: date
    reason: Personal
    citation: str


@event("redress.deadlines.extended.v1")
class Extended(Event):
    """The notice left in time, on `notice_sent_on`: the extension holds. The new date is an event of its own."""

    clock: str
    occurrence: int
    proposal: int
    notice_sent_on: date
    means: str


@event("redress.deadlines.extension-lapsed.v1")
class ExtensionLapsed(Event):
    """The notice did not leave in time: the old date stands."""

    clock: str
    occurrence: int
    proposal: int
    notice_by: date


@event("redress.deadlines.reminder-due.v1")
class ReminderDue(Event):
    """A rung of the ladder is reached. `offset` is in working days before (negative) or after the due date.

    `rung` is the role that is reminded, such as `officer` or `head-of-service`.
    """

    clock: str
    occurrence: int
    stage: str
    rung: str
    offset: int
    due_on: date
    department_id: UUID | None = None


@event("redress.deadlines.missed.v1")
class Missed(Event):
    """The due date passed and nothing known then had met it. `found-met` may follow."""

    clock: str
    occurrence: int
    due_on: date


@event("redress.deadlines.met.v1")
class Met(Event):
    """What the clock waited for happened on `met_on`; `late` says whether after the date."""

    clock: str
    occurrence: int
    due_on: date
    met_on: date
    late: bool


@event("redress.deadlines.found-met.v1")
class FoundMet(Event):
    """A clock recorded as missed had been met in time after all: what met it was recorded late."""

    clock: str
    occurrence: int
    due_on: date
    met_on: date


@event("redress.deadlines.clock-stopped.v1")
class ClockStopped(Event):
    """The clock ends without being met or missed: `cause` such as `closed`, `refused`, `retriaged`, `withdrawn`."""

    clock: str
    occurrence: int
    cause: str


@event("redress.deadlines.bank-holiday-proclaimed.v1")
class BankHolidayProclaimed(Event):
    """A day was proclaimed a bank holiday in one nation (`england`, `wales`, `scotland`, `northern-ireland`)."""

    on: date
    nation: str
    source: str
    calendar_version: str
