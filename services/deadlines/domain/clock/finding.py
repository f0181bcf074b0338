"""The run and the regime that a command means, or why there is none."""

from __future__ import annotations

from datetime import date

from services.deadlines.domain.clock import facts
from services.deadlines.domain.clock.circumstances import Circumstances
from services.deadlines.domain.clock.plan import regime_of
from services.deadlines.domain.clock.state import Clocks, Run
from shared.kit.decider import Refused
from shared.rules.regimes.rules import Regime
from shared.rules.regimes.working import long


def regime_of_case(state: Clocks, now: Circumstances) -> Regime:
    """The regime that the case goes under. Raises `Refused` (`not-triaged`)."""
    triaged = facts.triaged(state)
    if triaged is None:
        raise Refused("not-triaged", "The case has to be triaged first: until then no clock runs.")
    return regime_of(now, triaged.regime, triaged.regime_version)


def run_of(state: Clocks, clock: str, occurrence: int | None) -> Run:
    """The run of that clock: the one named, or the last. Raises `Refused` (`no-clock`)."""
    runs = [run for run in state.runs.values() if run.clock == clock and occurrence in (None, run.occurrence)]
    if not runs:
        raise Refused("no-clock", f"This case has no clock {clock}{_numbered(occurrence)}.")
    return max(runs, key=lambda run: run.occurrence)


def live_run_of(state: Clocks, clock: str, occurrence: int | None) -> Run:
    """The run of that clock, which nothing has met or stopped.

    Raises:
        Refused: `no-clock`, `already-met`, `stopped`.
    """
    run = run_of(state, clock, occurrence)
    refuse_if_over(run)
    return run


def refuse_if_over(run: Run) -> None:
    """Raises `Refused` (`already-met`, `stopped`) for a run that waits for nothing any more."""
    if run.met_on is not None:
        raise Refused("already-met", f"{run.clock} was met on {long(run.met_on)}.")
    if run.stopped is not None:
        raise Refused("stopped", f"{run.clock} was stopped: {run.stopped}.")


def refuse_future(day: date, now: Circumstances) -> None:
    """Raises `Refused` (`in-the-future`) for a day that hasn't come: only what has happened is recorded."""
    if day > now.today:
        raise Refused("in-the-future", f"{long(day)} hasn't come yet: record it when it has happened.")


def _numbered(occurrence: int | None) -> str:
    return "" if occurrence is None else f" number {occurrence}"
