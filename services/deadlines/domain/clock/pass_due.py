"""A timer: a due date is over."""

from __future__ import annotations

from datetime import date
from typing import Final

from services.deadlines.domain.clock.command import Events, TimerCommand
from services.deadlines.domain.clock.extensions import without_notice
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.state import Clocks
from services.deadlines.domain.clock.still_running import still_running
from shared.contracts.deadlines import Missed
from shared.kit.decider import Refused, Slice
from shared.rules.regimes.working import long


class PassDue(TimerCommand):
    """The day `due_on` is over."""

    verb = "pass-due"
    clock: str
    occurrence: int
    due_on: date


def decide(command: PassDue, state: Clocks, given: Given) -> Events:
    """Nothing known has met the clock; extensions whose notice never left go with its date.

    Raises:
        Refused: as `still_running`; `too-early`.
    """
    run = still_running(state, command.clock, command.occurrence, command.due_on)
    if run.missed_on == run.due_on:
        return ()
    if given.today <= run.due_on:
        raise Refused("too-early", f"{long(run.due_on)} isn't over.")
    missed = Missed(clock=run.clock, occurrence=run.occurrence, due_on=run.due_on)
    return (*without_notice(state, run, given), missed)


PASS_DUE: Final = Slice(PassDue, decide)
