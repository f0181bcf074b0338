"""A timer: the day of a rung of the ladder has come."""

from __future__ import annotations

from datetime import date
from typing import Final

from services.deadlines.domain.clock.command import Events, TimerCommand
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.state import Clocks
from services.deadlines.domain.clock.still_running import still_running
from shared.contracts.deadlines import ReminderDue
from shared.kit.decider import Refused, Slice
from shared.rules.regimes.ladder import reached, rung_dates
from shared.rules.regimes.working import long


class Remind(TimerCommand):
    """The rung `offset` days from `due_on` is reached."""

    verb = "remind"
    clock: str
    occurrence: int
    due_on: date
    offset: int


def decide(command: Remind, state: Clocks, given: Given) -> Events:
    """The rung is reached; nothing where it was reached before.

    Raises:
        Refused: as `still_running`; `superseded` (a higher rung has come, too: only that one fires), `too-early`.
    """
    run = still_running(state, command.clock, command.occurrence, command.due_on)
    if (run.due_on, command.offset) in run.reminded:
        return ()
    clock = given.regime(run.regime, run.regime_version).clock(run.clock)
    last = reached(rung_dates(clock, run.due_on, given.calendar), given.today)
    if last is None or last.rung.offset < command.offset:
        raise Refused("too-early", f"This reminder's day hasn't come for {long(run.due_on)}.")
    if last.rung.offset > command.offset:
        raise Refused("superseded", "A higher rung of the ladder has come: only that one is sent.")
    return (
        ReminderDue(
            clock=run.clock,
            occurrence=run.occurrence,
            stage=run.stage,
            rung=last.rung.to,
            offset=last.rung.offset,
            due_on=run.due_on,
            department_id=run.department_id,
        ),
    )


REMIND: Final = Slice(Remind, decide)
