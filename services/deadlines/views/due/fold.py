"""Folds the runs of every clock, from deadlines' own events."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from shared.contracts.deadlines import (
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DueDateMoved,
    FoundMet,
    Met,
    Missed,
)
from shared.kit import sql
from shared.kit.log import Received, Row, Rows, RowView
from shared.rules.regimes.arithmetic import ARITHMETICS


class State(StrEnum):
    """Where a run stands. A missed one still waits for what meets it."""

    RUNNING = "running"
    PAUSED = "paused"
    MISSED = "missed"
    MET = "met"
    STOPPED = "stopped"


class RunRow(Row):
    """A run of a clock. `region`: whose holidays its arithmetic counts."""

    case_id: UUID
    clock: str
    occurrence: int
    regime: str
    stage: str
    role: str
    base_date: date
    due_on: date
    given: bool
    region: str | None
    state: State = State.RUNNING
    met_on: date | None = None
    late: bool = False
    calendar_version: str
    department_id: UUID | None


def evolve(rows: Rows[RunRow], received: Received) -> None:
    """The case's runs after the event."""
    event = received.event
    match event:
        case ClockStarted():
            rows[event.clock, event.occurrence] = _started(received.envelope.key, event)
        case ClockPaused():
            _each(rows, event, {State.RUNNING, State.MISSED}, State.PAUSED)
        case ClockResumed():
            _each(rows, event, {State.PAUSED}, State.RUNNING)
        case DueDateMoved() | Missed() | Met() | FoundMet() | ClockStopped():
            run = rows[event.clock, event.occurrence]
            rows[event.clock, event.occurrence] = run.model_copy(update=_change(run, event))
        case _:
            return


def _started(case_id: UUID, event: ClockStarted) -> RunRow:
    return RunRow(
        case_id=case_id,
        clock=event.clock,
        occurrence=event.occurrence,
        regime=event.regime,
        stage=event.stage,
        role=event.role,
        base_date=event.base_date,
        due_on=event.due_on,
        given=event.given,
        region=_region(event.working),
        calendar_version=event.calendar_version,
        department_id=event.department_id,
    )


def _change(run: RunRow, event: DueDateMoved | Missed | Met | FoundMet | ClockStopped) -> dict[str, Any]:
    match event:
        case DueDateMoved():
            return {
                "base_date": event.base_date,
                "due_on": event.due_on,
                "region": _region(event.working),
                "calendar_version": event.calendar_version,
                "state": State.RUNNING if run.state == State.MISSED else run.state,
            }
        case Missed():
            return {"state": State.MISSED}
        case Met():
            return {"state": State.MET, "met_on": event.met_on, "late": event.late}
        case FoundMet():
            return {"state": State.MET, "met_on": event.met_on, "late": False}
        case ClockStopped():
            return {"state": State.STOPPED, "met_on": None, "late": False}


def _each(
    rows: Rows[RunRow], event: ClockPaused | ClockResumed, before: Collection[State], after: State
) -> None:
    """Moves the last run of each clock that the event names, if it stands where it would."""
    last: dict[str, RunRow] = {}
    for run in rows.values():
        if run.clock in event.clocks and run.regime == event.regime:
            found = last.get(run.clock)
            last[run.clock] = run if found is None or run.occurrence > found.occurrence else found
    for run in last.values():
        if run.state in before:
            rows[run.clock, run.occurrence] = run.model_copy(update={"state": after})


def _region(working: dict[str, Any]) -> str | None:
    arithmetic = ARITHMETICS.get(working["arithmetic"])
    return None if arithmetic is None or arithmetic.region is None else arithmetic.region.value


DUE = RowView(
    "due",
    RunRow,
    primary_key=("case_id", "clock", "occurrence"),
    indexes=sql.load(__package__, "indexes.sql"),
    kinds=(ClockStarted, DueDateMoved, ClockPaused, ClockResumed, Missed, Met, FoundMet, ClockStopped),
    evolve=evolve,
)
"""The view `due`."""
