"""Another date for a clock whose date somebody names: a letter's, a contribution's."""

from __future__ import annotations

from services.deadlines.domain.clock import facts
from services.deadlines.domain.clock.commands import ChangeGivenDate
from services.deadlines.domain.clock.finding import live_run_of
from services.deadlines.domain.clock.names import Cause
from services.deadlines.domain.clock.plan import regime_of
from services.deadlines.domain.clock.state import ClockEvent, Clocks, Run
from shared.contracts.deadlines import DueDateMoved
from shared.kit.decider import Refused
from shared.rules.regimes.due_date import given
from shared.rules.regimes.working import Working, long


def changed(command: ChangeGivenDate, state: Clocks) -> tuple[ClockEvent, ...]:
    """The date is another one; nothing where it is that one already.

    Raises:
        Refused: `no-clock`, `already-met`, `stopped`, `no-given-date`, `before-base`.
    """
    run = live_run_of(state, command.clock, command.occurrence)
    working = _working(command, run)
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
            cause=Cause.GIVEN.value,
            base_event=run.base_event,
            base_date=run.base_date,
            previous_due_on=run.due_on,
            due_on=command.due_on,
            working=working.as_dict(),
            calendar_version=working.calendar_version,
            historic=facts.historic(state),
            reason=command.reason,
        ),
    )


def _working(command: ChangeGivenDate, run: Run) -> Working:
    regime = regime_of(command.now, run.regime, run.regime_version)
    note = f"An officer recorded {long(command.due_on)} as the date that was given."
    return given(
        regime,
        run.clock,
        run.base_date,
        command.due_on,
        note=note,
        calendar=command.now.calendar,
        base_event=run.base_event,
    )
