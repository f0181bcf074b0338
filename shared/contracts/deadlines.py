"""What deadlines decides: the clocks of a case, and the calendar.

`clock` is the regime's name for a clock, `occurrence` counts its runs in one case from 1 (a second panel, a
second regime). A contribution's clock is named `contribution` and its occurrence is the contribution's number.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from shared.kit.events import Event, Personal, event, upcast

CONTRIBUTION: Final = "contribution"
"""The clock of a department's part of one answer; its occurrence is the contribution's number."""


@event("redress.deadlines.fact-noted.v1")
class FactNoted(Event):
    """What another service recorded and the dates of this case rest on: the clocks follow in events of their own.

    `fact`: `opened`, `triaged`, `corrected` (the day of receipt), `referred` (to the Ombudsman, whose clocks then
    apply too), `happened` (`trigger` names it as the regimes do), `asked` (somebody wants an answer by a day), `ended`
    or `reopened`. `origin` and `sequence` are the stream and version it was recorded at: of two records of the same
    thing the later prevails, in whatever order they are heard. `school` is whose days may be counted. `about` tells
    apart what a case can have several of: contributions, enquiries.
    """

    fact: str
    origin: str
    sequence: int
    on: date
    trigger: str = ""
    about: str = ""
    stage: str = ""
    regime: str = ""
    regime_version: str = ""
    school: str = ""
    clock: str = ""
    number: int | None = None
    due_on: date | None = None
    department_id: UUID | None = None
    cause: str = ""
    reference: str = ""
    person_id: UUID | None = None
    historic: bool = False


@event("redress.deadlines.clock-started.v1")
class ClockStarted(Event):
    """A clock runs. `working` says how the date came about, complete enough to be printed on its own.

    `role` is `duty` (timer and reminders), `backstop` (the same, until the clock that it stands behind starts) or
    `limit` (checked). `given` marks a date that somebody named (in a letter, to a department) instead of arithmetic.
    `department_id` is who owes it where that isn't the department that the case is assigned to. `about` is what it is
    for, where a case can have several. In a `historic` case the clock is shown and nothing is armed.
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
    about: str = ""
    historic: bool = False


@event("redress.deadlines.due-date-moved.v1")
class DueDateMoved(Event):
    """A clock's date is another one. `cause`: `paused`, `extended`, `restarted`, `rebased`, `recalculated`, `given`.

    The end of a pause records one for each clock, even where the date stays: its timers start again from here.
    """

    clock: str
    occurrence: int
    cause: str
    base_event: str
    base_date: date
    previous_due_on: date
    due_on: date
    working: dict[str, Any]
    calendar_version: str
    historic: bool = False
    reason: Personal | None = None


@event("redress.deadlines.clock-paused.v1")
class ClockPaused(Event):
    """The regime's pause of this kind began on `paused_on` for these clocks: until it ends they have no date."""

    regime: str
    kind: str
    paused_on: date
    clocks: tuple[str, ...]
    citation: str
    reason: Personal | None = None


@event("redress.deadlines.clock-resumed.v1")
class ClockResumed(Event):
    """The pause ended on `resumed_on`, that day included; each clock's new date is an event of its own."""

    regime: str
    kind: str
    paused_on: date
    resumed_on: date
    clocks: tuple[str, ...]


@event("redress.deadlines.clock-restarted.v1")
class ClockRestarted(Event):
    """The regime starts these clocks anew from `base_date`, for a reason of its own (`kind`).

    `asked_on` is the day on which the council asked for what came on `base_date`.
    """

    regime: str
    kind: str
    base_date: date
    asked_on: date | None = None
    clocks: tuple[str, ...]
    citation: str
    reason: Personal | None = None


@event("redress.deadlines.extension-proposed.v2")
class ExtensionProposed(Event):
    """An officer wants more time: lawful only once the customer has been told by `notice_by`, that day included.

    `ceiling` is the latest day that the regime allows, none where only agreement limits it. `letter` is the regime's
    name of the notice, which has to tell how to reach the Ombudsman where `ombudsman_details` says so. `agreed_on` is
    the day on which the customer agreed, where the regime wants that. `means` is how the notice leaves: `email` is
    written and sent by notifications, anything else (`post`) by an officer, who records its day. In a `historic` case
    nothing is armed.
    """

    regime: str
    clock: str
    occurrence: int
    stage: str
    proposal: int
    due_on: date
    new_due_on: date
    ceiling: date | None = None
    notice_by: date
    letter: str | None = None
    means: str = "email"
    ombudsman_details: bool = False
    agreed_on: date | None = None
    reason: Personal | None = None
    citation: str
    historic: bool = False


@upcast("redress.deadlines.extension-proposed.v1", to="redress.deadlines.extension-proposed.v2")
def _without_ceiling(proposed: dict[str, Any]) -> dict[str, Any]:
    """The first version's schema wanted a ceiling; where there is none, it was left out all the same."""
    return proposed


@event("redress.deadlines.extended.v1")
class Extended(Event):
    """The notice left in time, on `notice_sent_on`: the extension holds. The new date is an event of its own.

    `means` is `email`, `post` or another word of the officer's; `agreement` where the regime wants no notice.
    """

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
    """The clock ends without being met: `cause` such as `closed`, `refused`, `retriaged`, `withdrawn`.

    `superseded` ends a backstop: the clock that it stands behind has started, or turned out to have started before
    what had met the backstop. One that was missed by then stays on record as missed.
    """

    clock: str
    occurrence: int
    cause: str


ClockEvent = (
    FactNoted
    | ClockStarted
    | DueDateMoved
    | ClockPaused
    | ClockResumed
    | ClockRestarted
    | ExtensionProposed
    | Extended
    | ExtensionLapsed
    | ReminderDue
    | Missed
    | Met
    | FoundMet
    | ClockStopped
)
"""Every event of the stream of a case's clocks, `clock-<uuid>`."""


@event("redress.deadlines.bank-holiday-proclaimed.v1")
class BankHolidayProclaimed(Event):
    """A day was proclaimed a bank holiday in one nation (`england`, `wales`, `scotland`, `northern-ireland`)."""

    on: date
    nation: str
    source: str
    calendar_version: str
