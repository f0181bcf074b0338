"""What several commands look at: the run and the regime that they mean, their days, their words."""

from __future__ import annotations

from datetime import date

from services.deadlines.domain.clock import case_history
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.state import Clocks, Run
from shared.kit.decider import Refused
from shared.kit.events import Plain
from shared.rules.regimes.rules import Regime
from shared.rules.regimes.working import long


def regime_of_case(state: Clocks, given: Given) -> Regime:
    """The regime that the case goes under. Raises `Refused` (`not-triaged`)."""
    triaged = case_history.triaged(state)
    if triaged is None:
        raise Refused("not-triaged", "The case has to be triaged first: until then no clock runs.")
    return given.regime(triaged.regime, triaged.regime_version)


def live_runs(state: Clocks) -> tuple[Run, ...]:
    """The runs that wait for something, one at least. Raises `Refused` (`no-clock`)."""
    runs = tuple(state.live())
    if not runs:
        raise Refused("no-clock", "No clock of this case runs.")
    return runs


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


def refuse_future(day: date, given: Given) -> None:
    """Raises `Refused` (`in-the-future`) for a day that hasn't come: only what has happened is recorded."""
    if day > given.today:
        raise Refused("in-the-future", f"{long(day)} hasn't come yet: record it when it has happened.")


def text_of(text: str, state: Clocks, given: Given) -> Plain:
    """An officer's words, sealed for whoever the matter belongs to; the case, while nobody has said."""
    return Plain(text, case_history.customer(state) or given.case_id)


def reason_of(reason: str | None, state: Clocks, given: Given) -> Plain | None:
    """A reason, where one was given."""
    return None if reason is None else text_of(reason, state, given)


def _numbered(occurrence: int | None) -> str:
    return "" if occurrence is None else f" number {occurrence}"
