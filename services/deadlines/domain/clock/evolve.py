"""The state after an event. It copies what the event says and computes no dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, assert_never

from services.deadlines.domain.clock.names import Fact, MovedBy
from services.deadlines.domain.clock.state import Clocks, Proposal, Restarted, Run, RunKey, Span
from shared.contracts import deadlines as e


def evolve(state: Clocks, event: e.ClockEvent) -> Clocks:  # noqa: C901, PLR0911, PLR0912  a table, one event a row
    """The state after the event."""
    match event:
        case e.FactNoted():
            return _noted(state, event)
        case e.ClockStarted():
            run = _started(event)
            return replace(state, runs={**state.runs, run.key: run})
        case e.DueDateMoved():
            return _run(state, event, lambda run: _moved(run, event))
        case e.ClockPaused():
            return _paused(state, event)
        case e.ClockResumed():
            return _resumed(state, event)
        case e.ClockRestarted():
            return _restarted(state, event)
        case e.ExtensionProposed():
            return replace(state, proposals=(*state.proposals, _proposed(event)))
        case e.Extended():
            return _proposal(state, event, notice_sent_on=event.notice_sent_on, lapsed=False)
        case e.ExtensionLapsed():
            return _proposal(state, event, lapsed=True)
        case e.ReminderDue():
            fired = (event.due_on, event.offset)
            return _run(state, event, lambda run: replace(run, reminded=run.reminded | {fired}))
        case e.Missed():
            return _run(state, event, lambda run: replace(run, missed_on=event.due_on))
        case e.Met():
            return _run(state, event, lambda run: _ended(run, met_on=event.met_on, late=event.late))
        case e.FoundMet():
            return _run(state, event, lambda run: _ended(run, met_on=event.met_on))
        case e.ClockStopped():
            return _run(state, event, lambda run: _ended(run, stopped=event.cause))
        case _:
            assert_never(event)


def _noted(state: Clocks, fact: e.FactNoted) -> Clocks:
    runs = state.runs
    if fact.fact == Fact.ASKED:
        runs = {
            key: replace(run, given_due=None) if run.about == fact.about else run for key, run in runs.items()
        }
    return replace(state, facts=(*state.facts, fact), runs=runs)


def _started(event: e.ClockStarted) -> Run:
    return Run(
        regime=event.regime,
        regime_version=event.regime_version,
        clock=event.clock,
        occurrence=event.occurrence,
        about=event.about,
        stage=event.stage,
        role=event.role,
        base_event=event.base_event,
        base_date=event.base_date,
        due_on=event.due_on,
        given=event.given,
        working=event.working,
        calendar_version=event.calendar_version,
        department_id=event.department_id,
    )


def _moved(run: Run, event: e.DueDateMoved) -> Run:
    return replace(
        run,
        base_event=event.base_event,
        base_date=event.base_date,
        due_on=event.due_on,
        working=event.working,
        calendar_version=event.calendar_version,
        given_due=event.due_on if event.cause == MovedBy.GIVEN else run.given_due,
    )


def _ended(run: Run, *, met_on: date | None = None, late: bool = False, stopped: str | None = None) -> Run:
    """A run is met or stopped, whatever was known of its end before."""
    return replace(run, met_on=met_on, late=late, stopped=stopped)


def _paused(state: Clocks, event: e.ClockPaused) -> Clocks:
    span = Span(event.regime, event.kind, event.paused_on, citation=event.citation)
    spans = state.spans if span in state.spans else (*state.spans, span)
    state = replace(state, spans=spans)
    return _named(state, event, event.clocks, lambda run: replace(run, paused_on=event.paused_on))


def _resumed(state: Clocks, event: e.ClockResumed) -> Clocks:
    open_span = Span(event.regime, event.kind, event.paused_on)
    spans = tuple(replace(span, end=event.resumed_on) if span == open_span else span for span in state.spans)
    return _named(replace(state, spans=spans), event, event.clocks, lambda run: replace(run, paused_on=None))


def _restarted(state: Clocks, event: e.ClockRestarted) -> Clocks:
    restart = Restarted(event.regime, event.kind, event.base_date, event.asked_on)
    return replace(state, restarts=(*state.restarts, restart))


def _named(
    state: Clocks,
    event: e.ClockPaused | e.ClockResumed,
    clocks: Iterable[str],
    change: Callable[[Run], Run],
) -> Clocks:
    """Changes the last run of each of the regime's clocks."""
    runs = dict(state.runs)
    for clock in clocks:
        run = state.latest(event.regime, clock, "")
        if run is not None:
            runs[run.key] = change(run)
    return replace(state, runs=runs)


def _proposed(event: e.ExtensionProposed) -> Proposal:
    return Proposal(
        event.clock, event.occurrence, event.proposal, event.new_due_on, event.notice_by, event.citation
    )


def _proposal(state: Clocks, event: e.Extended | e.ExtensionLapsed, **changes: Any) -> Clocks:
    proposals = tuple(
        replace(found, **changes)
        if (found.clock, found.occurrence, found.number) == (event.clock, event.occurrence, event.proposal)
        else found
        for found in state.proposals
    )
    return replace(state, proposals=proposals)


def _run(
    state: Clocks,
    event: e.DueDateMoved | e.ReminderDue | e.Missed | e.Met | e.FoundMet | e.ClockStopped,
    change: Callable[[Run], Run],
) -> Clocks:
    key: RunKey = (event.clock, event.occurrence)
    return replace(state, runs={**state.runs, key: change(state.runs[key])})
