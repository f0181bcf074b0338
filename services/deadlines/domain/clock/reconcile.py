"""From the clocks that a case has to those that it ought to have: the events between."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import reduce
from typing import Any

from services.deadlines.domain.clock import case_history
from services.deadlines.domain.clock.evolve import evolve
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.names import RETRIAGED, SUPERSEDED, MovedBy
from services.deadlines.domain.clock.plan import plan
from services.deadlines.domain.clock.planned import Beyond, Planned, identity
from services.deadlines.domain.clock.state import Clocks, Run, RunKey
from shared.contracts.deadlines import (
    ClockEvent,
    ClockPaused,
    ClockStarted,
    ClockStopped,
    DueDateMoved,
    FoundMet,
    Met,
)


def recalculated(state: Clocks, given: Given) -> tuple[ClockEvent, ...]:
    """What today's calendar changes in clocks that were worked out with an older one."""
    return tuple(_differences(state, given, MovedBy.RECALCULATED, ()))


def with_clocks(
    state: Clocks,
    told: tuple[ClockEvent, ...],
    given: Given,
    cause: MovedBy,
    resumed: Collection[RunKey] = (),
) -> tuple[ClockEvent, ...]:
    """What was told, and what follows for the clocks.

    `resumed` clocks get their date said again, even where it stays.
    """
    return (*told, *_differences(reduce(evolve, told, state), given, cause, resumed))


def _differences(
    state: Clocks, given: Given, cause: MovedBy, resumed: Collection[RunKey]
) -> Iterator[ClockEvent]:
    planned = plan(state, given)
    wanted = {clock.identity for clock in planned}
    for run in tuple(state.live()):
        if identity(run.regime, run.clock, run.about) not in wanted:
            yield ClockStopped(clock=run.clock, occurrence=run.occurrence, cause=RETRIAGED)
    for clock in planned:
        if isinstance(clock, Beyond):
            continue
        for event in _difference(state, clock, cause, resumed):
            state = evolve(state, event)
            yield event


def _difference(
    state: Clocks, clock: Planned, cause: MovedBy, resumed: Collection[RunKey]
) -> Iterator[ClockEvent]:
    run = state.latest(clock.regime, clock.clock, clock.about)
    if run is None or _runs_again(run, clock):
        if clock.end is not None:
            return
        started = _start(state, clock)
        yield started
        state = evolve(state, started)
        run = state.runs[(started.clock, started.occurrence)]
    elif _moved(run, clock, run.key in resumed):
        moved = _move(state, run, clock, cause)
        yield moved
        run = evolve(state, moved).runs[run.key]
    if clock.paused is not None and clock.met_on is None and run.live and run.paused_on is None:
        yield _pause(clock)
    yield from _outcome(run, clock)


def _runs_again(run: Run, clock: Planned) -> bool:
    """A stopped clock that nothing has met runs again, and one that was met before its new base date.

    A backstop that was met stops where the clock that it stands behind turns out to have started before that.
    """
    if clock.met_on is not None or clock.end == SUPERSEDED:
        return False
    return run.met_on is not None or (run.stopped is not None and clock.end is None)


def _moved(run: Run, clock: Planned, resumed: bool) -> bool:
    """Whether the clock's date is another one; that of a met clock moves only with what it follows from.

    A clock that was stopped keeps its date.
    """
    if run.stopped is not None and clock.met_on is None:
        return False
    if resumed and run.live:
        return True
    if (run.base_date, run.due_on) == (clock.working.base_date, clock.working.due):
        return False
    settled = run.met_on is not None or clock.paused is not None
    return not settled or _follows_from(run.working) != _follows_from(clock.working.as_dict())


def _follows_from(working: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(working[name] for name in ("base_date", "pauses", "note"))


def _start(state: Clocks, clock: Planned) -> ClockStarted:
    working = clock.working
    return ClockStarted(
        regime=clock.regime,
        regime_version=clock.regime_version,
        clock=clock.clock,
        occurrence=clock.number or state.next_occurrence(clock.clock),
        stage=clock.stage,
        role=clock.role.value,
        base_event=working.base_event,
        base_date=working.base_date,
        due_on=working.due,
        given=clock.given,
        working=working.as_dict(),
        calendar_version=working.calendar_version,
        department_id=clock.department_id,
        about=clock.about,
        historic=case_history.historic(state),
    )


def _move(state: Clocks, run: Run, clock: Planned, cause: MovedBy) -> DueDateMoved:
    working = clock.working
    return DueDateMoved(
        clock=run.clock,
        occurrence=run.occurrence,
        cause=cause.value,
        base_event=working.base_event,
        base_date=working.base_date,
        previous_due_on=run.due_on,
        due_on=working.due,
        working=working.as_dict(),
        calendar_version=working.calendar_version,
        historic=case_history.historic(state),
    )


def _pause(clock: Planned) -> ClockPaused:
    """A clock that starts while the regime's pause lasts stands still from the first."""
    assert clock.paused is not None
    return ClockPaused(
        regime=clock.regime,
        kind=clock.paused.kind,
        paused_on=clock.paused.start,
        clocks=(clock.clock,),
        citation=clock.paused.citation,
    )


def _outcome(run: Run, clock: Planned) -> Iterator[ClockEvent]:
    if clock.met_on is not None:
        if (run.met_on, run.late) != (clock.met_on, clock.late):
            yield _met(run, clock.met_on, clock.late)
    elif clock.end is not None and run.stopped is None:
        yield ClockStopped(clock=run.clock, occurrence=run.occurrence, cause=clock.end)


def _met(run: Run, met_on: date, late: bool) -> Met | FoundMet:
    """`found-met` where it had been recorded as missed and wasn't."""
    if run.missed_on is not None and not late:
        return FoundMet(clock=run.clock, occurrence=run.occurrence, due_on=run.due_on, met_on=met_on)
    return Met(clock=run.clock, occurrence=run.occurrence, due_on=run.due_on, met_on=met_on, late=late)
