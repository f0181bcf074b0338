"""What every timer looks at when it goes off: whatever has changed since it was armed makes it stale."""

from __future__ import annotations

from datetime import date

from services.deadlines.domain.clock import case_history
from services.deadlines.domain.clock.checks import refuse_if_over, run_of
from services.deadlines.domain.clock.state import Clocks, Run
from shared.kit.decider import Refused
from shared.rules.regimes.working import long


def still_running(state: Clocks, clock: str, occurrence: int, due_on: date) -> Run:
    """The run, if it still runs towards the date that the timer was armed for.

    Raises:
        Refused: `historic`, `no-clock`, `already-met`, `stopped`, `paused`, `date-moved`.
    """
    if case_history.historic(state):
        raise Refused("historic", "A historic case's clocks are shown; nothing fires.")
    run = run_of(state, clock, occurrence)
    refuse_if_over(run)
    if run.paused_on is not None:
        raise Refused("paused", f"{run.clock} stands still since {long(run.paused_on)}.")
    if run.due_on != due_on:
        raise Refused("date-moved", f"{run.clock} is due on {long(run.due_on)} now.")
    return run
