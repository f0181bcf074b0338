"""Another date for a clock whose date somebody names: a letter's, a contribution's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.deadlines.domain.clock import case_history
from services.deadlines.domain.clock.checks import live_run_of, live_runs, reason_of
from services.deadlines.domain.clock.command import Events, Occurrence, OfficerCommand
from services.deadlines.domain.clock.dates import as_recorded
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.names import MovedBy
from services.deadlines.domain.clock.new_dates import with_new_dates
from services.deadlines.domain.clock.state import Clocks
from shared.contracts.deadlines import DueDateMoved
from shared.kit.decider import Choice, Refused, Slice, Text, Word
from shared.rules.calendar.days import ONE_DAY
from shared.rules.regimes.working import long


class ChangeGivenDate(OfficerCommand):
    """Whoever named the date of a clock (an Ombudsman's letter, the officer who asked) named another one."""

    verb = "change-given-date"
    clock: Word
    occurrence: Occurrence = None
    due_on: date
    reason: Text | None = None


def decide(command: ChangeGivenDate, state: Clocks, given: Given) -> Events:
    """The date is another one; nothing where it is that one already.

    Raises:
        Refused: `no-clock`, `already-met`, `stopped`, `no-given-date`, `before-base`.
    """
    run = live_run_of(state, command.clock, command.occurrence)
    regime = given.regime(run.regime, run.regime_version)
    working = as_recorded(regime, run.clock, (run.base_event, run.base_date), command.due_on, given.calendar)
    if command.due_on < run.base_date:
        raise Refused(
            "before-base",
            f"The clock only runs since {long(run.base_date)}: it can't be due on {long(command.due_on)}.",
            working.citation,
        )
    if command.due_on == run.due_on:
        return ()
    return (
        DueDateMoved(
            clock=run.clock,
            occurrence=run.occurrence,
            cause=MovedBy.GIVEN.value,
            base_event=run.base_event,
            base_date=run.base_date,
            previous_due_on=run.due_on,
            due_on=command.due_on,
            working=working.as_dict(),
            calendar_version=working.calendar_version,
            historic=case_history.historic(state),
            reason=reason_of(command.reason, state, given),
        ),
    )


def tries(state: Clocks, _given: Given) -> Iterator[tuple[Choice, ChangeGivenDate]]:
    """Each clock that runs, a day later than it is due. Raises `Refused` (`no-clock`)."""
    for run in live_runs(state):
        named = {"clock": run.clock, "occurrence": run.occurrence}
        choice = Choice({name: (value,) for name, value in named.items()}, {"due_on": run.due_on})
        yield choice, ChangeGivenDate(**named, due_on=run.due_on + ONE_DAY)


CHANGE_GIVEN_DATE: Final = with_new_dates(Slice(ChangeGivenDate, decide, tries=tries), MovedBy.GIVEN)
